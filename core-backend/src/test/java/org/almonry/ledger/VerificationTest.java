package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.money.Money;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// The recomputation finds what only a superuser can do, past triggers and grants.
class VerificationTest {
    @Test
    void booksThatAreRightAreFoundRight() {
        try (var books = filled()) {
            var found = new LedgerCheck(books.database.accounting()).verify();
            assertTrue(found.isRight(), found.faults().toString());
            assertEquals(List.of(Money.of(0, "EUR")), found.sums());
            assertEquals(4, found.transactions());
            assertEquals(5, found.coins());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.coin set balance = balance + 1 where kind = 'PROJECT' and balance > 0",
                "update ledger.coin set seq = seq + 1 where kind = 'INCOMING'",
                "update ledger.transaction set amount_minor = amount_minor + 1 where id = 2",
                "update ledger.transaction set source_after = source_after - 5 where id = 3",
                "update ledger.transaction set destination_id = source_id, source_id = destination_id where id = 2",
                "update ledger.transaction set destination_id = (select max(id) from ledger.coin) where id = 2",
                "update ledger.transaction set destination_id = 777 where id = 2",
                "delete from ledger.transaction where id = 2",
                "delete from ledger.transaction where id = 4",
                "delete from ledger.request where first_transaction_id = 2",
                "delete from ledger.batch where number = 2",
                "update ledger.head set last_transaction_id = 9",
            })
    void aChangeBehindTheLedgersBackIsFound(String tampering) {
        var books = filled();
        try (TestDatabase database = books.database) {
            database.superuserJdbi().useHandle(handle -> {
                handle.execute("set session_replication_role = replica");
                handle.execute(tampering);
            });
            assertFalse(new LedgerCheck(books.database.accounting()).verify().isRight());
        } finally {
            books.ledger.close();
        }
    }

    private static Books filled() {
        var books = new Books();
        books.post(new Issue(books.bank, books.incoming, 2500));
        books.post(new Transfer(books.incoming, books.project, 1000));
        books.post(new Transfer(books.incoming, books.other, 1000));
        books.post(new Transfer(books.project, books.other, 300));
        return books;
    }
}
