package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.wire.Failure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Callers who post without a pause through one or more ledgers of the same books, and who
/// send again what was not answered, as they are told to.
final class PostingLoad implements AutoCloseable {
    static final int CALLERS = 16;

    /// More than a caller waits for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /// So long a caller waits before it asks again.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Acknowledged acknowledged = new Acknowledged();
    private final AtomicLong next = new AtomicLong(1);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Ledger> ledgers;
    private final long bank;
    private final long wallet;
    private volatile boolean done;

    PostingLoad(long bank, long wallet, Ledger... ledgers) {
        this.ledgers = List.of(ledgers);
        this.bank = bank;
        this.wallet = wallet;
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                while (!done) {
                    postUntilAnswered(next.getAndIncrement());
                }
            });
        }
    }

    private void postUntilAnswered(long number) {
        var request = KilledCore.request(number, bank, wallet);
        while (!done) {
            var ledger = ledgers.get(ThreadLocalRandom.current().nextInt(ledgers.size()));
            try {
                switch (ledger.post(request)) {
                    case PostResult.Posted it ->
                        acknowledged.answer(number, it.transactionIds().getFirst());
                    case PostResult.Replayed it ->
                        acknowledged.answer(number, it.transactionIds().getFirst());
                    case PostResult.Rejected it ->
                        acknowledged.wrong(number + " was rejected: " + it.text());
                    case PostResult.Conflict it ->
                        acknowledged.wrong(number + " met another: " + it.requestId());
                }
                answered.incrementAndGet();
                return;
            } catch (Failure e) {
                if (!e.isRetryable()) {
                    acknowledged.wrong(number + " failed for good: " + e.safeText());
                    return;
                }
                unavailable.incrementAndGet();
                pause();
            }
        }
    }

    long answered() {
        return answered.get();
    }

    long unavailable() {
        return unavailable.get();
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /// Waits for more answers and tells how long they took.
    Duration awaitAnswers(int more) {
        return await(answered, more);
    }

    /// Waits until so many more callers were told to come again.
    Duration awaitUnavailable(int more) {
        return await(unavailable, more);
    }

    private static Duration await(AtomicLong count, int more) {
        long start = System.nanoTime();
        long goal = count.get() + more;
        while (count.get() < goal) {
            assertTrue(
                    System.nanoTime() - start < PATIENCE.toNanos(),
                    () -> "only " + count.get() + " of " + goal);
            pause();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Callers who wait are still answered, but nobody asks again.
    @Override
    public void close() {
        done = true;
        callers.close();
    }
}
