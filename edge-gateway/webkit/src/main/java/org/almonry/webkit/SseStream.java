package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;

import java.io.UncheckedIOException;
import java.time.Duration;

/// A stream of server-sent events to one reader. `live.js` listens; without a script the
/// same page refreshes itself.
public final class SseStream implements AutoCloseable {

    /// How long a browser waits before it comes back after a broken stream.
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final SseSink sink;

    private SseStream(SseSink sink) {
        this.sink = sink;
    }

    /// Opens the stream; the browser must have asked for one.
    public static SseStream open(ServerRequest request, ServerResponse response) {
        String accepted =
                request.headers().first(io.helidon.http.HeaderNames.ACCEPT).orElse("");
        if (!accepted.contains("text/event-stream")) {
            throw Problem.of(406, "bad-request");
        }
        response.header("X-Accel-Buffering", "no");
        return new SseStream(response.sink(SseSink.TYPE));
    }

    /// Sends one event. False when the reader has gone; the caller then stops watching.
    public boolean send(String name, String data) {
        requireNonNull(data, "data is null");
        return emit(
                SseEvent.builder().name(name).data(data).reconnectDelay(RETRY).build());
    }

    /// Sends a comment, so that proxies keep the stream open and a lost reader is noticed.
    public boolean ping() {
        return emit(SseEvent.builder().comment("ping").build());
    }

    private synchronized boolean emit(SseEvent event) {
        try {
            sink.emit(event);
            return true;
        } catch (UncheckedIOException | IllegalStateException gone) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        try {
            sink.close();
        } catch (UncheckedIOException | IllegalStateException gone) {
            // Nothing is owed to a reader who has left.
            return;
        }
    }
}
