package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.read.Basis;
import org.almonry.ledger.read.Entry;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.StatementPart;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// The entries behind one line of an explanation (C-086, X-013).
class StatementPartTest {
    private static final int PAGE = 3;

    @Test
    void aPartHoldsItsEntriesPageByPageWithTheBalancesOfTheBooks() {
        try (var books = new Books()) {
            var reads = new LedgerReads(books.database.accounting());
            books.post(new Operation.Issue(books.bank, books.project, 10_000));
            for (int i = 1; i <= 8; i++) {
                books.post(
                        new Operation.Transfer(books.project, books.other, i),
                        new Operation.Transfer(books.project, books.incoming, 100),
                        new Operation.Authorize(books.project, books.other, 1, null));
            }
            var id = books.requestId();
            var process = Ids.text("prc", id);
            books.ledger.post(books.request(
                    id,
                    process,
                    List.of(new ProcessChange.Open(process, "BOOKING", "DONE", "", "{}", "test")),
                    new Operation.Transfer(books.project, books.other, 9)));

            for (var basis : Basis.values()) {
                var all = pages(books, reads, basis, new StatementPart("", "", 0));
                var part =
                        pages(books, reads, basis, new StatementPart("transfer", "", books.other));
                assertEquals(9, part.size(), basis.name());
                assertEquals(
                        45, -part.stream().mapToLong(e -> e.amount().minor()).sum());
                assertTrue(all.containsAll(part), "with the balances of the whole statement");
                assertFalse(part.stream().anyMatch(each -> each.otherCoinId() != books.other));
                assertEquals(
                        1,
                        pages(books, reads, basis, new StatementPart("issue", "", 0))
                                .size());
                assertEquals(
                        List.of(9L),
                        pages(books, reads, basis, new StatementPart("", "BOOKING", 0)).stream()
                                .map(each -> -each.amount().minor())
                                .toList());
                assertEquals(
                        17,
                        pages(books, reads, basis, new StatementPart("", "-", 0))
                                .size());
                assertEquals(
                        0,
                        pages(books, reads, basis, new StatementPart("merge", "", 0))
                                .size());
            }
        }
    }

    private static List<Entry> pages(
            Books books, LedgerReads reads, Basis basis, StatementPart part) {
        var all = new ArrayList<Entry>();
        var place = "";
        do {
            var page = reads.statement(books.project, null, null, basis, part, place, PAGE);
            assertTrue(page.entries().size() <= PAGE);
            all.addAll(page.entries());
            place = page.next();
        } while (!place.isEmpty());
        return all;
    }
}
