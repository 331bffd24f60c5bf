package org.almonry.gateway.admin;

import com.google.protobuf.ByteString;

import io.helidon.http.HeaderNames;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Visit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Function;

/// A file that comes from the core in pieces and goes on to the reader as it comes.
final class Download {

    private Download() {}

    /// Sends it.
    static <T> Answer send(
            Visit visit, String name, String type, Iterator<T> pieces, Function<T, ByteString> of) {
        // Asked before the answer begins, so that a refusal is still a page.
        boolean more = pieces.hasNext();
        var response = visit.response();
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        try {
            // Closed only when all is written: a file that breaks off must not look
            // complete.
            var out = response.outputStream();
            while (more) {
                of.apply(pieces.next()).writeTo(out);
                more = pieces.hasNext();
            }
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the reader has left", e);
        }
        return new Answer.Streamed();
    }
}
