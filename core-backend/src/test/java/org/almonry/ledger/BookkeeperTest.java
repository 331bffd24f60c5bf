package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Split;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The judge without a database: every rejection, and that the first of the documented
/// order is the answer.
class BookkeeperTest {
    private static final String PROCESS = "prc_0197f2d0c0de70008000000000000001";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Currency EUR = Currency.of("EUR");

    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    BookkeeperTest() {
        add(1, 1, EUR, CoinKind.ISSUING, -1000, false);
        add(2, 1, EUR, CoinKind.INCOMING, 500, false);
        add(3, 1, EUR, CoinKind.PROJECT, 500, false);
        add(4, 1, EUR, CoinKind.OVERHEAD, 0, false);
        add(5, 1, EUR, CoinKind.POT, 0, true);
        add(6, 2, EUR, CoinKind.PROJECT, 100, false);
        add(7, 1, Currency.of("USD"), CoinKind.PROJECT, 100, false);
        add(8, 2, Currency.of("USD"), CoinKind.ISSUING, 0, true);
        add(9, 1, EUR, CoinKind.PROJECT, Long.MAX_VALUE - 10, false);
    }

    /// K-011
    @Test
    void anAmountIsPositive() {
        assertRejected(Rejection.AMOUNT_NOT_POSITIVE, new Transfer(2, 3, 0));
        assertRejected(Rejection.AMOUNT_NOT_POSITIVE, new Transfer(2, 3, -5));
        assertRejected(Rejection.AMOUNT_NOT_POSITIVE, new Transfer(2, 3, Long.MIN_VALUE));
    }

    @Test
    void aCoinDoesNotPayItself() {
        assertRejected(Rejection.SAME_COIN, new Transfer(3, 3, 1));
    }

    @Test
    void bothCoinsExist() {
        assertRejected(Rejection.COIN_UNKNOWN, new Transfer(3, 99, 1));
        assertRejected(Rejection.COIN_UNKNOWN, new Transfer(99, 3, 1));
    }

    @Test
    void aClosedCoinTakesAndGivesNothing() {
        assertRejected(Rejection.COIN_CLOSED, new Transfer(3, 5, 1));
        assertRejected(Rejection.COIN_CLOSED, new Transfer(5, 3, 1));
    }

    /// K-005
    @Test
    void coinsOfDifferentIssuersAreRefused() {
        assertRejected(Rejection.ISSUER_MISMATCH, new Transfer(3, 6, 1));
    }

    @Test
    void coinsOfDifferentCurrenciesAreRefused() {
        assertRejected(Rejection.CURRENCY_MISMATCH, new Transfer(3, 7, 1));
    }

    /// K-010, K-014, K-016: only issuing coins issue and take back; only an overhead coin
    /// takes a commission.
    @Test
    void theKindsOfTheCoinsDecideTheTypes() {
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Issue(3, 2, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Redeem(3, 2, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Transfer(1, 3, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Transfer(3, 1, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Commission(3, 2, 1));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Commission(1, 4, 1));
    }

    @Test
    void aBalanceStaysInTheRangeOfANumber() {
        assertRejected(Rejection.OVERFLOW, new Transfer(2, 9, 11));
        assertRejected(Rejection.OVERFLOW, new Issue(1, 3, Long.MAX_VALUE));
        coins.put(2L, coin(2, 1, EUR, CoinKind.INCOMING, Long.MIN_VALUE + 5, false));
        assertRejected(Rejection.OVERFLOW, new Transfer(2, 3, 6));
    }

    /// K-024
    @Test
    void aProjectDoesNotSpendWhatItHasNot() {
        assertRejected(Rejection.INSUFFICIENT_FUNDS, new Transfer(3, 4, 501));
        assertAccepted(new Transfer(3, 4, 500));
        // What is held is not available, a credit limit is.
        coins.put(
                3L,
                new Coin(
                        3,
                        1,
                        EUR,
                        CoinKind.PROJECT,
                        "c",
                        "c",
                        "",
                        500,
                        200,
                        50,
                        7,
                        false,
                        false,
                        null));
        assertRejected(Rejection.INSUFFICIENT_FUNDS, new Transfer(3, 4, 351));
        assertAccepted(new Transfer(3, 4, 350));
    }

    @Test
    void issuingAndIncomingCoinsMayGoBelowZero() {
        assertAccepted(new Issue(1, 3, 10_000));
        assertAccepted(new Redeem(2, 1, 10_000));
    }

    @Test
    void aProcessThatMovedOnMakesTheRequestStale() {
        states.put(PROCESS, "BOOKED");
        assertEquals(Rejection.STALE_PROCESS, rejection(advance("WAITING")));
        assertNull(judge(List.of(), advance("BOOKED")));
        assertEquals(
                Rejection.STALE_PROCESS,
                rejection(new ProcessChange.Open(
                        PROCESS, "INCOMING", "WAITING", "inc_1", "{}", "job:test")));
        states.clear();
        assertEquals(Rejection.STALE_PROCESS, rejection(advance("WAITING")));
    }

    /// Each operation has several faults; the answer is the first of the order in
    /// [Rejection].
    @Test
    void rejectionsHaveAnOrder() {
        assertRejected(Rejection.AMOUNT_NOT_POSITIVE, new Transfer(99, 99, 0));
        assertRejected(Rejection.SAME_COIN, new Transfer(99, 99, 1));
        assertRejected(Rejection.COIN_UNKNOWN, new Transfer(8, 99, 1));
        assertRejected(Rejection.COIN_CLOSED, new Transfer(3, 8, 1));
        coins.put(8L, coin(8, 2, Currency.of("USD"), CoinKind.ISSUING, 0, false));
        assertRejected(Rejection.ISSUER_MISMATCH, new Transfer(3, 8, Long.MAX_VALUE));
        coins.put(8L, coin(8, 1, Currency.of("USD"), CoinKind.ISSUING, 0, false));
        assertRejected(Rejection.CURRENCY_MISMATCH, new Transfer(3, 8, Long.MAX_VALUE));
        coins.put(8L, coin(8, 1, EUR, CoinKind.ISSUING, 0, false));
        assertRejected(Rejection.TYPE_NOT_ALLOWED, new Transfer(3, 8, Long.MAX_VALUE));
        assertRejected(Rejection.OVERFLOW, new Transfer(3, 9, 1000));
        // An operation's fault goes before a stale process.
        var refusal = judge(List.of(new Transfer(3, 4, 501)), advance("WAITING"));
        assertEquals(Rejection.INSUFFICIENT_FUNDS, refusal.rejection());
    }

    /// The second operation stands on what the first made, and one that fails takes all
    /// with it.
    @Test
    void operationsOfARequestBuildOnEachOther() {
        var books = books();
        var batch = new Batch(1000, NOW);
        var bookkeeper = new Bookkeeper(books, batch);
        bookkeeper.judge(ticket(
                1,
                List.of(
                        new Transfer(2, 3, 100),
                        new Transfer(3, 4, 500),
                        new Commission(3, 4, 1))));
        assertEquals(99, books.coins.get(3L).balance());
        assertEquals(501, books.coins.get(4L).balance());
        assertEquals(coins.get(3L).sequence() + 3, books.coins.get(3L).sequence());
        assertEquals(3, batch.size());
        var refused = List.<Operation>of(new Transfer(2, 3, 100), new Transfer(3, 4, 1000));
        assertInstanceOf(PostResult.Rejected.class, bookkeeper.judge(ticket(2, refused)));
        assertEquals(3, batch.size());
        assertEquals(99, books.coins.get(3L).balance());
        books.undo(0);
        assertEquals(coins.get(3L), books.coins.get(3L));
    }

    /// K-012: a coin is told from others by its key, not by what it is called.
    @Test
    void aCoinIsSplitOffOnce() {
        var one = new NewCoin(1, EUR, CoinKind.POT, "One", "owner", "label");
        var same = new NewCoin(1, EUR, CoinKind.POT, "Other", "owner", "label");
        assertAccepted(new Split(3, one, 10));
        assertEquals(
                Rejection.COIN_EXISTS,
                judge(List.of(new Split(3, one, 10), new Split(3, same, 10))).rejection());
    }

    private static ProcessChange advance(String expected) {
        return new ProcessChange.Advance(PROCESS, expected, "IGNORED", "");
    }

    private void assertRejected(Rejection rejection, Operation operation) {
        assertEquals(rejection, judge(List.of(operation)).rejection());
    }

    private void assertAccepted(Operation operation) {
        assertNull(judge(List.of(operation)));
    }

    private Rejection rejection(ProcessChange change) {
        return judge(List.of(), change).rejection();
    }

    /// Why it was rejected; null: it was not.
    private PostResult.Rejected judge(List<Operation> operations, ProcessChange... changes) {
        var batch = new Batch(1000, NOW);
        var ticket = ticket(1, operations, changes);
        var result = new Bookkeeper(books(), batch).judge(ticket);
        return result instanceof PostResult.Rejected it ? it : null;
    }

    private static Intake.Ticket ticket(
            long id, List<Operation> operations, ProcessChange... changes) {
        return new Intake.Ticket(new PostRequest(
                new UUID(1, id),
                PROCESS,
                LocalDate.of(2026, 3, 1),
                operations,
                List.of(changes),
                List.of(),
                List.of(),
                true));
    }

    private Picture books() {
        var books = new Picture();
        books.coins.putAll(coins);
        books.processStates.putAll(states);
        var key = new NewCoin(1, EUR, CoinKind.POT, "-", "owner", "label").key();
        books.coinIds.put(key, 100L);
        return books;
    }

    private void add(
            long id, long issuer, Currency currency, CoinKind kind, long balance, boolean closed) {
        coins.put(id, coin(id, issuer, currency, kind, balance, closed));
    }

    private static Coin coin(
            long id, long issuer, Currency currency, CoinKind kind, long balance, boolean closed) {
        return new Coin(
                id, issuer, currency, kind, "coin", "owner", "", balance, 0, 0, 7, closed, false,
                null);
    }
}
