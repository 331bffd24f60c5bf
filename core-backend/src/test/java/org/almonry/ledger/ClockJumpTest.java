package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Issue;
import org.almonry.testing.Measured;
import org.almonry.testing.Scale;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;

/// Clocks of cores jump by hours and differ by hours. The time of the books only goes on,
/// and who owns them is decided by the clock of the database alone (X-014, X-020, X-021,
/// K-017, K-084).
class ClockJumpTest {
    /// Each in hours.
    private static final long[] JUMPS = {5, -10, 48, -100, 1, 70};

    private static final int TURNS = Scale.of("almonry.turns", 1, 3);
    private static final Duration APART = Duration.ofHours(6);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// An owner that lives signs twice in a second, and counts as dead after three.
    private static final Duration LONGER_THAN_DEAD = Duration.ofSeconds(5);

    /// Batches that are older than the one before them, transactions that are older than the
    /// one before them, and transactions whose time is not that of their batch.
    private static final String DISORDER = """
            select (select count(*)
                      from (select recorded_at < lag(recorded_at) over (order by number) as is_older
                              from ledger.batch) b
                     where is_older)
                 + (select count(*)
                      from (select recorded_at < lag(recorded_at) over (order by id) as is_older
                              from ledger.transaction) t
                     where is_older)
                 + (select count(*)
                      from ledger.batch b
                      join ledger.transaction t on t.id >= b.first_transaction_id
                                               and t.id < b.first_transaction_id + b.transactions
                     where t.recorded_at <> b.recorded_at)
            """;

    private static final String SPAN = """
            select min(recorded_at) as first, max(recorded_at) as last, count(distinct epoch) as epochs
              from ledger.batch
            """;

    private record Span(Instant first, Instant last, int epochs) {
        static Span of(Jdbi accounting) {
            return accounting.withHandle(handle -> handle.createQuery(SPAN)
                    .map((row, _) -> new Span(
                            row.getObject("first", OffsetDateTime.class).toInstant(),
                            row.getObject("last", OffsetDateTime.class).toInstant(),
                            row.getInt("epochs")))
                    .one());
        }
    }

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock(Instant.now().toString());

    @Test
    void theTimeOfTheBooksNeverGoesBack() throws Exception {
        var start = clock.instant();
        try (var books = new Books(TestDatabase.fresh(), clock);
                var load = new PostingLoad(books.bank, books.project, books.ledger)) {
            for (long jump : JUMPS) {
                load.awaitAnswers(100);
                clock.advance(Duration.ofHours(jump));
            }
            load.awaitAnswers(100);
            load.close();
            var accounting = books.database.accounting();
            long batches = load.acknowledged().check(accounting);
            assertEquals(0, load.unavailable());
            assertEquals(0, disorder(accounting));
            // As late as the clock ever was, although it went back afterwards.
            long latest = LongStream.of(5, 5 - 10 + 48).max().orElseThrow();
            var span = Span.of(accounting);
            assertEquals(micros(start), span.first());
            assertEquals(micros(start.plus(Duration.ofHours(latest))), span.last());
            Measured.tell("jumps", load.answered() + " in " + batches + " batches");
        }
    }

    /// The core that is ahead owns the books. Another one, which is twelve hours behind, does
    /// not think it dead; and the next, ahead again, does not think that of the second.
    @Test
    void coresWithClocksApartTakeTurns() throws Exception {
        try (var books = new Books()) {
            books.ledger.close();
            var database = books.database;
            var cores = new CoreProcesses(
                    folder,
                    List.of(
                            database.accountingUrl(),
                            database.identityUrl(),
                            String.valueOf(books.bank),
                            String.valueOf(books.project)),
                    PATIENCE);
            var slowest = Duration.ZERO;
            var owner = cores.start(APART);
            for (int turn = 0; turn < TURNS; turn++) {
                owner.awaitAnswer(0);
                var heir = cores.start(turn % 2 == 0 ? APART.negated() : APART);
                Thread.sleep(LONGER_THAN_DEAD);
                assertEquals(0, heir.answers(), "two cores write the same books");
                owner.awaitAnswer(owner.answers());
                long start = System.nanoTime();
                owner.kill();
                heir.awaitAnswer(0);
                var took = Duration.ofNanos(System.nanoTime() - start);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                // Beyond what it only repeats.
                heir.awaitAnswer(2 * KilledCore.CALLERS);
                owner = heir;
            }
            owner.kill();
            long batches = cores.acknowledged().check(database.accounting());
            assertEquals(0, disorder(database.accounting()));
            var span = Span.of(database.accounting());
            assertEquals(TURNS + 1, span.epochs());
            Measured.tell(
                    "turns",
                    cores.acknowledged().size() + " acknowledged in " + batches
                            + " batches, taken over within " + slowest);
        }
    }

    /// A hold ends by the time of the batch that would use it, not by the core's clock.
    @Test
    void aHoldEndsByTheTimeOfTheBooks() {
        try (var books = new Books(TestDatabase.fresh(), clock)) {
            books.post(new Issue(books.bank, books.project, 100));
            long soon = hold(books, Duration.ofHours(1));
            long later = hold(books, Duration.ofHours(3));
            clock.advance(Duration.ofHours(2));
            books.post(new Issue(books.bank, books.project, 1));
            clock.advance(Duration.ofHours(-12));
            var late = books.post(new Capture(soon, 0, 10, false));
            assertEquals(
                    Rejection.HOLD_EXPIRED,
                    assertInstanceOf(PostResult.Rejected.class, late).rejection());
            assertTrue(books.post(new Capture(later, 0, 10, false)).isInTheBooks());
            assertEquals(0, disorder(books.database.accounting()));
        }
    }

    private static long hold(Books books, Duration span) {
        var end = books.clock.instant().plus(span);
        var posted = books.post(new Authorize(books.project, books.other, 10, end));
        return assertInstanceOf(PostResult.Posted.class, posted)
                .transactionIds()
                .getFirst();
    }

    /// A core that is days ahead cannot close days that are not over, and one that is behind
    /// finds closed what another has closed.
    @Test
    void aPeriodClosesByTheDatabasesClockAndStaysClosed() {
        var today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        try (var books = new Books(TestDatabase.fresh(), clock)) {
            clock.advance(Duration.ofDays(5));
            var early = assertThrows(
                    Failure.class,
                    () -> books.ledger.closePeriod(books.issuer, today.plusDays(4), "ada"));
            assertEquals(Reason.INVALID_ARGUMENT, early.reason());
            assertTrue(issue(books, today.plusDays(4)).isInTheBooks());
            books.ledger.closePeriod(books.issuer, today, "ada");
            clock.advance(Duration.ofDays(-9));
            assertFalse(issue(books, today).isInTheBooks());
            assertTrue(issue(books, today.plusDays(1)).isInTheBooks());
            assertThrows(
                    Failure.class,
                    () -> books.ledger.closePeriod(books.issuer, today.minusDays(1), "ada"));
            assertEquals(0, disorder(books.database.accounting()));
        }
    }

    private static PostResult issue(Books books, LocalDate effectiveOn) {
        return books.ledger.post(new PostRequest(
                books.requestId(),
                null,
                effectiveOn,
                List.of(new Issue(books.bank, books.project, 1)),
                List.of(),
                List.of(),
                List.of(),
                false));
    }

    private static long disorder(Jdbi accounting) {
        return accounting.withHandle(
                handle -> handle.createQuery(DISORDER).mapTo(Long.class).one());
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
