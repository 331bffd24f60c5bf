package org.almonry.gateway.admin;

import io.grpc.Context;
import io.grpc.Status;

import org.almonry.webkit.SseStream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Beats through an event stream, so that a reader who has left is noticed while the core
/// has nothing to say; the call to the core is then ended.
final class Pulse implements AutoCloseable {

    /// Below the patience of proxies, which is half a minute at the least.
    private static final int EVERY_SECONDS = 15;

    private final CountDownLatch over = new CountDownLatch(1);

    private Pulse() {}

    static Pulse of(SseStream stream, Context.CancellableContext call) {
        var pulse = new Pulse();
        Thread.ofVirtual().name("sse-pulse").start(() -> pulse.beat(stream, call));
        return pulse;
    }

    private void beat(SseStream stream, Context.CancellableContext call) {
        try {
            while (!over.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
                if (!stream.ping()) {
                    call.cancel(Status.CANCELLED
                            .withDescription("the reader has left")
                            .asException());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
