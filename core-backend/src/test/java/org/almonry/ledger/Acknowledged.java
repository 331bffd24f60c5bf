package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.proof.ChainCheck;
import org.jdbi.v3.core.Jdbi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What callers were answered while things broke, and whether the books say the same
/// afterwards. Requests are those of [KilledCore], known by their numbers.
final class Acknowledged {
    private static final String REQUESTS = """
            select r.id, r.first_transaction_id, t.amount_minor
              from ledger.request r
              join ledger.transaction t on t.id = r.first_transaction_id and t.request_id = r.id
            """;

    private static final String TRANSACTIONS = """
            select count(*)
              from ledger.transaction
            """;

    private final Map<Long, Long> answers = new ConcurrentHashMap<>();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();

    void answer(long number, long id) {
        var before = answers.put(number, id);
        if (before != null && before != id) {
            wrong.add(number + " was answered with " + before + " and with " + id);
        }
    }

    /// Something that a caller must never see.
    void wrong(String what) {
        wrong.add(what);
    }

    int size() {
        return answers.size();
    }

    /// Nothing acknowledged is missing, nothing is there twice, all invariants hold and the
    /// chain is whole. No other requests may be in these books. Answers how many batches
    /// there are.
    long check(Jdbi accounting) {
        assertTrue(wrong.isEmpty(), wrong::toString);
        var found = new HashMap<UUID, Long>();
        accounting.useHandle(handle -> {
            handle.createQuery(REQUESTS)
                    .map((row, _) -> {
                        var id = row.getObject("id", UUID.class);
                        long number = id.getLeastSignificantBits();
                        assertEquals(KilledCore.amount(number), row.getLong("amount_minor"));
                        return found.put(id, row.getLong("first_transaction_id"));
                    })
                    .list();
            long transactions =
                    handle.createQuery(TRANSACTIONS).mapTo(Long.class).one();
            assertEquals(found.size(), transactions, "each request has one transaction");
        });
        answers.forEach((number, id) ->
                assertEquals(id, found.get(KilledCore.id(number)), () -> "request " + number));
        var verification = new LedgerCheck(accounting).verify();
        assertTrue(verification.isRight(), () -> verification.faults().toString());
        return ChainCheck.check(accounting);
    }
}
