package org.almonry.ledger.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Reverse;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.testing.SetClock;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// K-017, K-021: a reservation whose time is over is given back, once, by itself.
class HoldExpiryTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void whatIsOverIsGivenBackOnceAndTheRestStays() {
        var clock = past();
        try (var books = filled(clock)) {
            var expiry = new HoldExpiry(books.database.accounting(), books.ledger, clock);
            var end = clock.instant().plus(HOUR);
            long due = hold(books, end);
            long later = hold(books, end.plus(HOUR));
            long partly = hold(books, end);
            long captured = hold(books, end);
            books.post(new Capture(partly, books.other, 10, true));
            books.post(new Capture(captured, books.other, 100, false));
            hold(books, null);
            assertEquals(0, expiry.run());
            clock.advance(HOUR);
            assertEquals(2, expiry.run());
            assertEquals("EXPIRED", state(books, due));
            assertEquals("OPEN", state(books, later));
            assertEquals("EXPIRED", state(books, partly));
            assertEquals("CAPTURED", state(books, captured));
            assertEquals(0, expiry.run());
            // It belongs to the process that reserved.
            assertEquals("1", books.value("""
                    select count(distinct process_id)::text from ledger.transaction where hold_id = %d
                    """.formatted(due)));
            assertEquals(List.of(), books.check.run().faults());
        }
    }

    /// A crash after the commit: the same request again, and the answer is the same.
    @Test
    void aDoubtIsResolvedByTheSameRequest() {
        var clock = past();
        try (var books = filled(clock)) {
            var end = clock.instant().plus(HOUR);
            var reservation = books.request(new Authorize(books.project, 0, 100, end));
            long hold = posted(books.ledger.post(reservation));
            clock.advance(HOUR);
            var again = new PostRequest(
                    HoldExpiry.requestId(reservation.requestId(), hold),
                    reservation.processId(),
                    end.atZone(ZoneOffset.UTC).toLocalDate(),
                    List.of(new Reverse(hold)),
                    List.of(),
                    List.of(),
                    List.of(),
                    true);
            assertEquals(1, new HoldExpiry(books.database.accounting(), books.ledger, clock).run());
            assertInstanceOf(PostResult.Replayed.class, books.ledger.post(again));
        }
    }

    /// The core's clock jumps ahead, the database's does not: nobody loses a reservation. It
    /// jumps back: what is over waits.
    @Test
    void aClockThatJumpsTakesNoReservation() {
        var clock = new SetClock(Instant.now().toString());
        try (var books = filled(clock)) {
            var expiry = new HoldExpiry(books.database.accounting(), books.ledger, clock);
            long hold = hold(books, clock.instant().plus(HOUR));
            clock.advance(HOUR.multipliedBy(48));
            assertEquals(0, expiry.run());
            clock.advance(HOUR.multipliedBy(-96));
            assertEquals(0, expiry.run());
            assertEquals("OPEN", state(books, hold));
        }
    }

    @Test
    void aFrozenCoinAndAHaltedLedgerWait() {
        var clock = past();
        try (var books = filled(clock)) {
            var expiry = new HoldExpiry(books.database.accounting(), books.ledger, clock);
            long hold = hold(books, clock.instant().plus(HOUR));
            clock.advance(HOUR);
            books.ledger.freeze(books.project, true);
            assertEquals(0, expiry.run());
            books.ledger.freeze(books.project, false);
            books.tamper("update ledger.coin set balance = 1 where kind = 'OVERHEAD'");
            books.check.run();
            assertEquals(0, expiry.run());
            books.tamper("update ledger.coin set balance = 0 where kind = 'OVERHEAD'");
            books.check.lift("usr_1", "", "mended", false);
            assertEquals(1, expiry.run());
            assertEquals("EXPIRED", state(books, hold));
        }
    }

    @Test
    void manyAreGivenBackInBoundedBatches() {
        var clock = past();
        try (var books = filled(clock)) {
            var end = clock.instant().plus(HOUR);
            int many = 2 * HoldExpiry.AT_ONCE + 1;
            var requests = new ArrayList<PostRequest>();
            for (int i = 0; i < many; i++) {
                requests.add(books.request(new Authorize(books.project, 0, 1, end)));
            }
            books.ledger.postAll(requests);
            clock.advance(HOUR);
            assertEquals(
                    many, new HoldExpiry(books.database.accounting(), books.ledger, clock).run());
            assertEquals("0", books.value("select sum(held)::text from ledger.coin"));
        }
    }

    /// The database's clock is the real one, so the test plays before now.
    private static SetClock past() {
        return new SetClock(
                Clock.systemUTC().instant().minus(Duration.ofDays(2)).toString());
    }

    private static CheckedBooks filled(SetClock clock) {
        var books = new CheckedBooks(clock);
        books.post(new Issue(books.bank, books.project, 100_000));
        return books;
    }

    private static long hold(CheckedBooks books, Instant end) {
        return posted(books.post(new Authorize(books.project, 0, 100, end)));
    }

    private static long posted(PostResult result) {
        return assertInstanceOf(PostResult.Posted.class, result)
                .transactionIds()
                .getFirst();
    }

    private static String state(CheckedBooks books, long hold) {
        return books.value("select state from ledger.hold where id = " + hold);
    }
}
