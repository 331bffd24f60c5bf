package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.proof.RequestDigest;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where callers wait for the writer: a bounded queue of tickets, and the batches taken
/// from it.
final class Intake {
    /// Requests in one commit: beyond some thousand the commit is no longer what costs.
    static final int BATCH_MAX = 4096;

    /// Rows in one commit, so that large requests do not make a batch slow for everybody in
    /// it.
    static final int BATCH_WEIGHT_MAX = 4 * BATCH_MAX;

    /// Requests that wait: four batches, so that the writer never starves and memory stays
    /// small.
    static final int QUEUE_MAX = 4 * BATCH_MAX;

    /// How long a caller waits for its next answer, and for a place in the queue.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A request on its way through the writer, and the caller that waits for it.
    static final class Ticket {
        private final PostRequest request;
        private final byte[] digest;
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable PostResult result;
        private @Nullable Failure failure;

        Ticket(PostRequest request) {
            this.request = request;
            this.digest = RequestDigest.of(request);
        }

        PostRequest request() {
            return request;
        }

        byte[] digest() {
            return digest;
        }

        void answer(PostResult answer) {
            result = answer;
            done.countDown();
        }

        void fail(Failure reason) {
            failure = reason;
            done.countDown();
        }

        PostResult await() {
            try {
                if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw unavailable();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable();
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

    private final BlockingQueue<Ticket> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private volatile boolean stopping;
    private volatile boolean open;

    /// From here on requests are taken.
    void open() {
        open = true;
    }

    /// What waits is still written, nothing more is taken.
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /// Nobody writes now: whoever waits is told.
    void shut() {
        open = false;
        refuseAll();
    }

    /// Whether the writer has reason to go on.
    boolean hasWork() {
        return !stopping || !queue.isEmpty();
    }

    /// Waits until each request has its answer.
    List<PostResult> post(List<PostRequest> requests) {
        var tickets = new ArrayList<Ticket>(requests.size());
        for (var request : requests) {
            var ticket = new Ticket(request);
            enqueue(ticket);
            tickets.add(ticket);
        }
        // A request that cannot be written must not hide the answers of those after it: all
        // are awaited first.
        var results = new ArrayList<PostResult>(requests.size());
        Failure failure = null;
        for (var ticket : tickets) {
            try {
                results.add(ticket.await());
            } catch (Failure e) {
                failure = failure == null ? e : failure;
                if (e.isRetryable()) {
                    break;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private void enqueue(Ticket ticket) {
        try {
            if (!open
                    || stopping
                    || !queue.offer(ticket, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
        if (!open) {
            refuseAll();
        }
    }

    /// The next batch: what waits, or the first that comes within the pause, or nothing.
    List<Ticket> take(Duration pause) throws InterruptedException {
        var tickets = new ArrayList<Ticket>();
        var next = queue.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        int weight = 0;
        while (next != null) {
            tickets.add(next);
            weight += next.request().weight();
            next = tickets.size() < BATCH_MAX && weight < BATCH_WEIGHT_MAX ? queue.poll() : null;
        }
        return tickets;
    }

    private void refuseAll() {
        var left = new ArrayList<Ticket>();
        queue.drainTo(left);
        left.forEach(each -> each.fail(unavailable()));
    }

    static Failure halted() {
        return new Failure(
                Reason.WRONG_STATE,
                "Nothing moves: the books failed their check. An administrator lifts the halt.");
    }

    static Failure unavailable() {
        return new Failure(
                Reason.UNAVAILABLE,
                "The ledger cannot write now. It is safe to send the same request again.");
    }
}
