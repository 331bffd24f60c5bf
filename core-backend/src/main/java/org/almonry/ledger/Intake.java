package org.almonry.ledger;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.proof.RequestDigest;
import org.almonry.wire.Failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /// A request on its way through the writer, and the answer that its caller waits for.
    record Ticket(PostRequest request, byte[] digest, CompletableFuture<PostResult> answer) {
        Ticket(PostRequest request) {
            this(request, RequestDigest.of(request), new CompletableFuture<>());
        }
    }

    private final BlockingQueue<Ticket> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private volatile boolean closed;

    /// What waits is still written, nothing more is taken.
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /// Whether the writer has reason to go on.
    boolean hasWork() {
        return !closed || !queue.isEmpty();
    }

    /// Waits until each request has its answer.
    List<PostResult> post(List<PostRequest> requests) {
        try {
            var tickets = new ArrayList<Ticket>(requests.size());
            for (var request : requests) {
                var ticket = new Ticket(request);
                if (closed || !queue.offer(ticket, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw unavailable();
                }
                tickets.add(ticket);
            }
            var results = new ArrayList<PostResult>(requests.size());
            Throwable failure = null;
            for (var ticket : tickets) {
                try {
                    results.add(ticket.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
                } catch (ExecutionException e) {
                    // All have come to an end before it is told that one failed.
                    failure = e.getCause();
                }
            }
            if (failure instanceof Failure told) {
                // Thrown anew, so that the trace shows who asked.
                var thrown = new Failure(told.reason(), told.safeText());
                thrown.initCause(told);
                throw thrown;
            }
            return results;
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
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

    /// Tells those that have no answer yet why they get none.
    static void refuse(List<Ticket> tickets, Failure reason) {
        tickets.forEach(each -> each.answer().completeExceptionally(reason));
    }

    static Failure unavailable() {
        return new Failure(
                Reason.UNAVAILABLE,
                "The ledger cannot write now. It is safe to send the same request again.");
    }
}
