package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Many callers at once, and a database that goes away under them.
class LedgerFaultTest {
    private static final String KILL = """
            select pg_terminate_backend(pid)
              from pg_stat_activity
             where datname = current_database()
               and usename = 'accounting_app'
            """;

    private static final String COUNT = "select count(*) from ledger.request where id = any (:ids)";

    /// Acknowledged requests between two ends of the connections.
    private static final int KILL_AFTER = 60;

    /// More than a pool holds connections.
    private static final int BROKEN_READS = 50;

    private final Books books = new Books();

    @AfterEach
    void close() {
        books.close();
    }

    /// K-024: funds for one hundred, five hundred who want them.
    @Test
    void parallelWithdrawalsTakeExactlyWhatIsThere() throws Exception {
        books.post(new Issue(books.bank, books.project, 10_000));
        var results = new ArrayList<Future<PostResult>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                results.add(callers.submit(
                        () -> books.post(new Transfer(books.project, books.other, 100))));
            }
        }
        int posted = 0;
        for (var result : results) {
            posted += result.get() instanceof PostResult.Posted ? 1 : 0;
        }
        assertEquals(100, posted);
        assertEquals(0, books.balance(books.project));
        assertEquals(10_000, books.balance(books.other));
    }

    /// A core that stops answers what it took and refuses what comes later; no caller is
    /// left waiting for a writer that is gone.
    @Test
    void aLedgerThatClosesLeavesNobodyWaiting() throws Exception {
        books.post(new Issue(books.bank, books.project, 1_000_000));
        books.ledger.close();
        int posted = 0;
        // What a caller does not know of may be in the books, and is found there.
        var unknown = new ConcurrentLinkedQueue<UUID>();
        for (int round = 0; round < 10; round++) {
            var ledger = books.ledger();
            ledger.start();
            var callers = new ArrayList<Future<Integer>>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 32; caller++) {
                    callers.add(pool.submit(() -> postUntilRefused(ledger, unknown)));
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                ledger.close();
                for (var caller : callers) {
                    posted += caller.get(15, TimeUnit.SECONDS);
                }
            }
        }
        var late = books.database
                .accounting()
                .withHandle(handle -> handle.createQuery(COUNT)
                        .bind("ids", unknown.toArray(UUID[]::new))
                        .mapTo(Integer.class)
                        .one());
        assertEquals(posted + late, books.balance(books.other));
        assertTrue(posted > 100, "only " + posted + " were posted");
    }

    private int postUntilRefused(Ledger ledger, Collection<UUID> unknown) {
        int posted = 0;
        while (true) {
            var request = books.request(new Transfer(books.project, books.other, 1));
            try {
                ledger.post(request);
                posted++;
            } catch (Failure e) {
                unknown.add(request.requestId());
                return posted;
            }
        }
    }

    /// The connections of the core are ended again and again while callers post and repeat
    /// what was not answered. Each request is in the books once, and nothing that was
    /// acknowledged is missing.
    @Test
    void aDatabaseThatHangsUpLosesNothingAndDoublesNothing() throws Exception {
        int callers = 16;
        int each = 60;
        var acknowledged = new ConcurrentLinkedQueue<Long>();
        var unanswered = new AtomicInteger();
        var done = new AtomicBoolean();
        var kills = new AtomicInteger();
        var killer = Thread.ofPlatform().start(() -> killUntil(done, acknowledged, kills));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        acknowledged.addAll(postUntilAnswered(unanswered));
                    }
                }));
            }
            for (var future : all) {
                future.get();
            }
        } finally {
            done.set(true);
            killer.join();
        }
        assertTrue(kills.get() > 2, "the connections were ended " + kills.get() + " times");
        int expected = callers * each;
        assertEquals(expected, acknowledged.stream().distinct().count());
        var coin = readThroughTheLastHangUp();
        assertEquals(expected * 10L, coin.balance());
        assertEquals(expected, coin.sequence());
    }

    /// The pool may still hold connections that the last kill ended: each read meets one and
    /// throws it away.
    private Coin readThroughTheLastHangUp() {
        for (int read = 0; ; read++) {
            try {
                return books.state(books.project);
            } catch (JdbiException e) {
                assertTrue(read < BROKEN_READS, e.toString());
            }
        }
    }

    private List<Long> postUntilAnswered(AtomicInteger unanswered) {
        var request = books.request(new Issue(books.bank, books.project, 10));
        while (true) {
            try {
                return switch (books.ledger.post(request)) {
                    case PostResult.Posted it -> it.transactionIds();
                    case PostResult.Replayed it -> it.transactionIds();
                    case PostResult.Rejected it -> throw new AssertionError(it.text());
                    case PostResult.Conflict it -> throw new AssertionError(it.toString());
                };
            } catch (Failure e) {
                assertTrue(e.isRetryable(), e.safeText());
                unanswered.incrementAndGet();
            }
        }
    }

    /// Ends the connections each time that some callers got through, so that a slow machine
    /// gets through too.
    private void killUntil(AtomicBoolean done, Collection<Long> acknowledged, AtomicInteger kills) {
        int next = KILL_AFTER;
        try (var handle = books.database.superuserJdbi().open()) {
            while (!done.get()) {
                if (acknowledged.size() >= next) {
                    handle.createQuery(KILL).mapTo(Boolean.class).list();
                    kills.incrementAndGet();
                    next = acknowledged.size() + KILL_AFTER;
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
