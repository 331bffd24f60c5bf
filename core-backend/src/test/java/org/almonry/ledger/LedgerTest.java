package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class LedgerTest {
    private final Books books = new Books();

    @AfterEach
    void close() {
        books.close();
    }

    /// K-001, K-010, K-011, K-014, K-016: the four kinds of the bank's path, in one atomic
    /// request.
    @Test
    void moneyComesInIsBookedSharesAndLeaves() {
        var result = books.post(
                new Issue(books.bank, books.incoming, 2500),
                new Transfer(books.incoming, books.project, 2500),
                new Commission(books.project, books.overhead, 250),
                new Redeem(books.project, books.bank, 1000));
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                assertInstanceOf(PostResult.Posted.class, result).transactionIds());
        assertEquals(-1500, books.balance(books.bank));
        assertEquals(0, books.balance(books.incoming));
        assertEquals(1250, books.balance(books.project));
        assertEquals(250, books.balance(books.overhead));
        assertEquals(3, books.state(books.project).sequence());
    }

    @Test
    void manyRequestsArePostedInFewBatches() {
        var requests = new ArrayList<PostRequest>();
        for (int i = 0; i < 20_000; i++) {
            requests.add(books.request(new Issue(books.bank, books.project, 1 + i % 100)));
        }
        var results = books.ledger.postAll(requests);
        assertEquals(20_000, results.size());
        assertTrue(results.stream().allMatch(PostResult.Posted.class::isInstance));
        assertEquals(20_000, books.state(books.project).sequence());
    }

    /// The process is where the request has left it, and still the answer is the first one.
    @Test
    void aRepeatedRequestThatMovedAProcessIsAReplay() {
        var id = books.requestId();
        var process = books.ids.next("prc");
        var request = books.request(
                id,
                process,
                List.of(
                        new ProcessChange.Open(
                                process, "INCOMING", "WAITING", "inc_1", "{}", "job:test"),
                        new ProcessChange.Advance(process, "WAITING", "BOOKED", "")),
                new Issue(books.bank, books.project, 100));
        var first = assertInstanceOf(PostResult.Posted.class, books.ledger.post(request));
        var fresh = books.request(new Issue(books.bank, books.project, 1));
        var again = books.ledger.postAll(List.of(fresh, request));
        assertInstanceOf(PostResult.Posted.class, again.getFirst());
        assertEquals(new PostResult.Replayed(first.transactionIds()), again.getLast());
        assertEquals(101, books.balance(books.project));
    }
}
