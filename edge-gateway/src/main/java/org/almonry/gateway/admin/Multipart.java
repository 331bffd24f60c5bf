package org.almonry.gateway.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import org.almonry.webkit.Problem;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A `multipart/form-data` body whose small fields come first and whose file comes last,
/// read as it arrives: nothing is kept but one buffer.
final class Multipart {

    /// The form has sixteen fields.
    private static final int FIELDS_MAX = 40;

    /// The longest field is the CSRF token.
    private static final int FIELD_BYTES_MAX = 1000;

    private static final int HEADER_BYTES_MAX = 2048;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MultipartInput input;
    private final Map<String, String> fields = new HashMap<>();

    private Multipart(MultipartInput input) {
        this.input = input;
    }

    /// A file: its name as the browser says it, and its bytes.
    record Upload(String filename, InputStream bytes) {}

    static Multipart of(ServerRequest request) throws IOException {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String boundary = parameters(type).getOrDefault("boundary", "");
        if (!type.startsWith("multipart/form-data")
                || boundary.isEmpty()
                || boundary.length() > 70) {
            throw Problem.of(415, "bad-request");
        }
        return new Multipart(MultipartInput.builder()
                .setInputStream(request.content().inputStream())
                .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                .setBufferSize(BUFFER_BYTES)
                .setPartHeaderSizeMax(HEADER_BYTES_MAX)
                .get());
    }

    /// Reads the fields up to the file. Empty when there is none, or none was chosen.
    Optional<Upload> readToFile() throws IOException {
        boolean more = input.skipPreamble();
        for (int i = 0; more; i++) {
            if (i == FIELDS_MAX) {
                throw Problem.of(413, "too-large");
            }
            Map<String, String> disposition = disposition(input.readHeaders());
            String name = disposition.getOrDefault("name", "");
            String filename = disposition.get("filename");
            if (filename != null) {
                return filename.isBlank()
                        ? Optional.empty()
                        : Optional.of(new Upload(baseName(filename), input.newInputStream()));
            }
            byte[] value;
            try (InputStream in = input.newInputStream()) {
                value = in.readNBytes(FIELD_BYTES_MAX + 1);
            }
            if (value.length > FIELD_BYTES_MAX) {
                throw Problem.of(413, "too-large");
            }
            fields.put(name, clean(new String(value, StandardCharsets.UTF_8)));
            more = input.readBoundary();
        }
        return Optional.empty();
    }

    /// A field that came before the file.
    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    private static Map<String, String> disposition(String headers) {
        for (String line : headers.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Disposition:", 0, 20)) {
                return parameters(utf8(line.substring(20)));
            }
        }
        throw Problem.badRequest();
    }

    private static Map<String, String> parameters(String text) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(text, ';');
    }

    /// Part headers come byte by byte; browsers write names in UTF-8.
    private static String utf8(String bytes) {
        return bytes.chars().allMatch(c -> c < 256)
                ? new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                : bytes;
    }

    /// Some browsers send a path; only the name is anybody's business.
    private static String baseName(String filename) {
        String name = filename.substring(
                Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
        String shown = clean(name);
        return shown.substring(0, Math.min(shown.length(), 200));
    }

    /// A tab is a field separator that people choose; every other control character is
    /// dropped.
    private static String clean(String text) {
        String kept = text.replaceAll("[\\p{Cntrl}&&[^\t]]", "");
        return kept.equals("\t") ? kept : kept.strip();
    }
}
