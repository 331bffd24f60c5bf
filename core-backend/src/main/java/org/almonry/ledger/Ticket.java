package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A request on its way through the writer, and the caller that waits for it.
final class Ticket {
    private final PostRequest request;
    private final byte[] digest;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable PostResult result;
    private @Nullable Failure failure;

    Ticket(PostRequest request) {
        this.request = requireNonNull(request, "request is null");
        this.digest = InputDigest.of(request);
    }

    PostRequest request() {
        return request;
    }

    UUID id() {
        return request.requestId();
    }

    byte[] digest() {
        return digest;
    }

    /// How many rows it makes at most, to keep batches in bounds.
    int weight() {
        return request.operations().size()
                + request.processes().size()
                + request.events().size()
                + request.audit().size();
    }

    void answer(PostResult answer) {
        result = answer;
        done.countDown();
    }

    void fail(Failure reason) {
        failure = reason;
        done.countDown();
    }

    /// The answer, once there is one; fails with UNAVAILABLE if that takes too long.
    PostResult await(Duration patience) {
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Failure(
                        Reason.UNAVAILABLE,
                        "The ledger did not answer in time. It is safe to send the same request again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(
                    Reason.UNAVAILABLE, "The call was interrupted. It is safe to repeat it.");
        }
        if (failure != null) {
            // Thrown anew, so that the trace shows who asked.
            var thrown = new Failure(failure.reason(), failure.safeText());
            thrown.initCause(failure);
            throw thrown;
        }
        return requireNonNull(result, "an answered ticket has a result");
    }
}
