package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditEntry;
import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a request gets for an answer, over the real database.
class PostingTest {
    private final Books books = new Books();

    @AfterEach
    void close() {
        books.close();
    }

    /// L7
    @Test
    void theSameRequestAgainIsAReplayEvenIfItWouldBeRejectedNow() {
        books.post(new Issue(books.bank, books.project, 100));
        var request = books.request(new Transfer(books.project, books.other, 100));
        var posted = assertInstanceOf(PostResult.Posted.class, books.ledger.post(request));
        assertEquals(new PostResult.Replayed(posted.transactionIds()), books.ledger.post(request));
        assertEquals(100, books.balance(books.other));
    }

    /// L7
    @Test
    void theSameIdWithOtherInputIsAConflict() {
        var id = books.requestId();
        books.ledger.post(books.request(id, new Issue(books.bank, books.project, 100)));
        assertEquals(
                new PostResult.Conflict(id),
                books.ledger.post(books.request(id, new Issue(books.bank, books.project, 101))));
        assertEquals(100, books.balance(books.project));
    }

    /// L7: duplicates that meet in one batch.
    @Test
    void twinsInOneBatchArePostedOnce() {
        var id = books.requestId();
        var request = books.request(id, new Issue(books.bank, books.project, 100));
        var other = books.request(id, new Issue(books.bank, books.project, 7));
        var results = books.ledger.postAll(List.of(request, request, other));
        var posted = assertInstanceOf(PostResult.Posted.class, results.get(0));
        assertEquals(new PostResult.Replayed(posted.transactionIds()), results.get(1));
        assertEquals(new PostResult.Conflict(id), results.get(2));
    }

    /// K-005: failure leaves no trace, and the id may be tried again.
    @Test
    void aRejectedRequestLeavesNoTraceAndMayBeTriedAgain() {
        var process = books.ids.next("prc");
        var request = new PostRequest(
                books.requestId(),
                process,
                Books.TODAY,
                List.of(
                        new Issue(books.bank, books.incoming, 50),
                        new Transfer(books.project, books.other, 100)),
                List.of(new ProcessChange.Open(process, "BOOKING", "DONE", "inc_1", "{}", "usr_1")),
                List.of(new DomainEvent.FetchAlarm("bank", books.clock.instant())),
                List.of(new AuditEntry("usr_1", "", "Book", "inc_1", "ok", "")),
                true);
        var rejected = assertInstanceOf(PostResult.Rejected.class, books.ledger.post(request));
        assertEquals(Rejection.INSUFFICIENT_FUNDS, rejected.rejection());
        assertEquals(0, books.balance(books.incoming));
        assertTrue(books.processes.find(process).isEmpty());
        assertTrue(books.audit.page("inc_1", "", Long.MAX_VALUE, 10).isEmpty());
        assertTrue(books.outbox.about("bank").isEmpty());
        books.post(new Issue(books.bank, books.project, 100));
        assertInstanceOf(PostResult.Posted.class, books.ledger.post(request));
        assertEquals("DONE", books.processes.find(process).orElseThrow().state());
        assertEquals(1, books.audit.page("inc_1", "", Long.MAX_VALUE, 10).size());
        assertEquals(1, books.outbox.about("bank").size());
    }

    /// A stale guard rejects that request alone; those beside it in the batch go through.
    @Test
    void aStaleProcessRejectsOnlyItsRequest() {
        var process = books.ids.next("prc");
        var open = books.request(
                books.requestId(),
                process,
                List.of(new ProcessChange.Open(
                        process, "INCOMING", "WAITING", "inc_1", "{}", "job:test")),
                new Issue(books.bank, books.incoming, 100));
        var first = book(process, "WAITING", "BOOKED", books.project);
        var second = book(process, "WAITING", "BOOKED", books.other);
        var unrelated = books.request(new Issue(books.bank, books.incoming, 1));
        var results = books.ledger.postAll(List.of(open, first, second, unrelated));
        assertInstanceOf(PostResult.Posted.class, results.get(0));
        assertInstanceOf(PostResult.Posted.class, results.get(1));
        assertEquals(
                Rejection.STALE_PROCESS,
                assertInstanceOf(PostResult.Rejected.class, results.get(2)).rejection());
        assertInstanceOf(PostResult.Posted.class, results.get(3));
        assertEquals(0, books.balance(books.other));
        var steps = books.processes.steps(process);
        assertEquals(
                List.of("WAITING", "BOOKED"),
                steps.stream().map(each -> each.toState()).toList());
        assertEquals(List.of(1, 2), steps.stream().map(each -> each.place()).toList());
        // And in a later batch, back to waiting and on again.
        assertInstanceOf(
                PostResult.Posted.class, books.ledger.post(advance(process, "BOOKED", "WAITING")));
        assertInstanceOf(
                PostResult.Posted.class, books.ledger.post(advance(process, "WAITING", "IGNORED")));
        assertEquals(4, books.processes.steps(process).size());
        assertEquals("IGNORED", books.processes.find(process).orElseThrow().state());
        assertEquals(
                Rejection.STALE_PROCESS,
                assertInstanceOf(
                                PostResult.Rejected.class,
                                books.ledger.post(advance(process, "WAITING", "BOOKED")))
                        .rejection());
    }

    /// K-014: a debit of the bank that comes before its credit.
    @Test
    void anIncomingCoinMayGoBelowZero() {
        assertInstanceOf(
                PostResult.Posted.class, books.post(new Redeem(books.incoming, books.bank, 500)));
        assertEquals(-500, books.balance(books.incoming));
        assertEquals(500, books.balance(books.bank));
    }

    /// The writer remembers coins; that one was closed meanwhile it learns from the
    /// database.
    @Test
    void aCoinClosedBehindTheWritersBackIsRejected() {
        long pot = books.coin(CoinKind.POT, "pot");
        books.post(new Issue(books.bank, pot, 5));
        assertFalse(books.ledger.closeCoin(pot));
        books.post(new Redeem(pot, books.bank, 5));
        assertTrue(books.ledger.closeCoin(pot));
        var results = books.ledger.postAll(List.of(
                books.request(new Issue(books.bank, pot, 5)),
                books.request(new Issue(books.bank, books.project, 5))));
        assertEquals(
                Rejection.COIN_CLOSED,
                assertInstanceOf(PostResult.Rejected.class, results.get(0)).rejection());
        assertInstanceOf(PostResult.Posted.class, results.get(1));
    }

    @Test
    void everyRejectionComesThroughTheWholeLedger() {
        long usd = books.ledger
                .openCoin(new NewCoin(
                        books.issuer,
                        org.almonry.money.Currency.of("USD"),
                        CoinKind.PROJECT,
                        "usd",
                        "usd"))
                .id();
        long elsewhere = books.ledger.openIssuer("elsewhere", "Elsewhere");
        long foreign = books.ledger
                .openCoin(new NewCoin(elsewhere, books.eur, CoinKind.PROJECT, "foreign", "foreign"))
                .id();
        books.post(new Issue(books.bank, books.project, 100));
        assertRejected(Rejection.AMOUNT_NOT_POSITIVE, new Transfer(books.project, books.other, 0));
        assertRejected(Rejection.SAME_COIN, new Transfer(books.project, books.project, 1));
        assertRejected(Rejection.COIN_UNKNOWN, new Transfer(books.project, 999_999, 1));
        assertRejected(Rejection.ISSUER_MISMATCH, new Transfer(books.project, foreign, 1));
        assertRejected(Rejection.CURRENCY_MISMATCH, new Transfer(books.project, usd, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Issue(books.project, books.other, 1));
        assertRejected(Rejection.OVERFLOW, new Issue(books.bank, books.project, Long.MAX_VALUE));
        assertRejected(Rejection.INSUFFICIENT_FUNDS, new Transfer(books.project, books.other, 101));
        assertEquals(100, books.balance(books.project));
    }

    @Test
    void openingACoinTwiceFindsTheFirst() {
        assertEquals(books.project, books.coin(CoinKind.PROJECT, "prj_otters"));
        assertEquals(books.issuer, books.ledger.openIssuer("hoster", "Another name"));
    }

    /// A request that the database cannot store fails alone.
    @Test
    void aRequestThatCannotBeWrittenFailsAlone() {
        var process = books.ids.next("prc");
        var broken = books.request(
                books.requestId(),
                process,
                List.of(new ProcessChange.Open(
                        process, "BOOKING", "DONE", "inc_1", "{no json", "usr_1")),
                new Issue(books.bank, books.project, 1000));
        var good = books.request(new Issue(books.bank, books.project, 1));
        var also = books.request(new Issue(books.bank, books.project, 2));
        var failure = assertThrows(
                Failure.class, () -> books.ledger.postAll(List.of(good, broken, also)));
        assertEquals(Reason.INTERNAL, failure.reason());
        assertEquals(3, books.balance(books.project));
        assertInstanceOf(PostResult.Replayed.class, books.ledger.post(good));
        assertInstanceOf(PostResult.Replayed.class, books.ledger.post(also));
    }

    @Test
    void aClosedLedgerRefusesAndSaysThatARepetitionIsSafe() {
        var second = books.ledger();
        var failure = assertThrows(
                Failure.class,
                () -> second.post(books.request(new Issue(books.bank, books.project, 1))));
        assertEquals(Reason.UNAVAILABLE, failure.reason());
        assertTrue(failure.isRetryable());
    }

    /// Two cores: while the owner is alive the other stands by; when it ends the other
    /// takes over.
    @Test
    void anotherCoreStandsByUntilTheOwnerIsGone() throws Exception {
        try (var second = books.ledger()) {
            second.start();
            var request = books.request(new Issue(books.bank, books.project, 5));
            var refused = assertThrows(Failure.class, () -> second.post(request));
            assertEquals(Reason.UNAVAILABLE, refused.reason());
            assertInstanceOf(PostResult.Posted.class, books.ledger.post(request));
            books.ledger.close();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (true) {
                try {
                    assertInstanceOf(PostResult.Replayed.class, second.post(request));
                    return;
                } catch (Failure e) {
                    assertTrue(System.nanoTime() < end, "the second core never took over");
                    Thread.sleep(20);
                }
            }
        }
    }

    private PostRequest book(String process, String from, String to, long coin) {
        return books.request(
                books.requestId(),
                process,
                List.of(new ProcessChange.Advance(process, from, to, "")),
                new Transfer(books.incoming, coin, 40));
    }

    private PostRequest advance(String process, String from, String to) {
        return books.request(
                books.requestId(),
                process,
                List.of(new ProcessChange.Advance(process, from, to, "because")));
    }

    private void assertRejected(Rejection rejection, Operation operation) {
        assertEquals(
                rejection,
                assertInstanceOf(PostResult.Rejected.class, books.post(operation))
                        .rejection());
    }
}
