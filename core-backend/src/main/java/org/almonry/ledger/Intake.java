package org.almonry.ledger;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Journal.Fault;
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

/// Where callers wait for the writer: a bounded queue of tickets, taken in batches.
final class Intake {
    /// Requests in one commit: beyond some thousand the commit is no longer what costs.
    static final int BATCH_MAX = 4096;
    /// Rows in one commit, so that large requests do not make it slow for all others.
    static final int BATCH_WEIGHT_MAX = 4 * BATCH_MAX;
    /// Requests that wait, so that the writer never starves and memory stays small.
    static final int QUEUE_MAX = 4 * BATCH_MAX;
    /// How long a caller waits for its answers, and for a place in the queue.
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HALTED =
            "Nothing moves: the books failed their check. An administrator lifts the halt.";
    private static final String UNAVAILABLE =
            "The ledger cannot write now. It is safe to send the same request again.";

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
        var answers = new ArrayList<CompletableFuture<PostResult>>(requests.size());
        try {
            for (var request : requests) {
                var ticket = new Ticket(request);
                boolean isIn =
                        !closed && queue.offer(ticket, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (!isIn || closed) { // what came in last may be taken by nobody
                    throw new TimeoutException("closed or full");
                }
                answers.add(ticket.answer());
            }
            // All have come to an end before it is told that one failed.
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        } catch (TimeoutException | ExecutionException e) {
            throw failure(e);
        }
    }

    /// What a caller is told of a reason, with a trace that shows who asked.
    static Failure failure(Exception reason) {
        var kind = reason.getCause() instanceof Fault it ? it.kind() : Fault.Kind.PASSING;
        var failure = switch (kind) {
            case OTHER -> new Failure(Reason.INTERNAL, "The ledger could not write this request.");
            case HALTED -> new Failure(Reason.WRONG_STATE, HALTED);
            default -> new Failure(Reason.UNAVAILABLE, UNAVAILABLE);
        };
        failure.initCause(reason);
        return failure;
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
    static void refuse(List<Ticket> tickets, Throwable reason) {
        tickets.forEach(each -> each.answer().completeExceptionally(reason));
    }
}
