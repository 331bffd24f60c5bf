package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.audit.AuditEntry;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.List;

/// History is refused to be changed by the database itself, to the owner of the tables too,
/// by triggers. What the application role is refused is in `HostileStatementsTest`. C-019,
/// L3, L4.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendOnlyTest {
    private static final String APPEND_ONLY = "AL100";

    private Books books;

    @BeforeAll
    void fillTheBooks() {
        books = new Books();
        var process = books.ids.next("prc");
        var result = books.ledger.post(new PostRequest(
                books.requestId(),
                process,
                Books.TODAY,
                List.of(
                        new Issue(books.bank, books.incoming, 2500),
                        new Transfer(books.incoming, books.project, 2000),
                        new Authorize(books.project, 0, 100, null)),
                List.of(new ProcessChange.Open(
                        process, "INCOMING", "WAITING", "inc_1", "{}", "job:test")),
                List.of(new DomainEvent.FetchFinished("run_1", "bank", 1, 1, "")),
                List.of(new AuditEntry("job:test", "", "Try", "inc_1", "ok", "")),
                true));
        assertInstanceOf(PostResult.Posted.class, result);
    }

    @AfterAll
    void close() {
        books.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ledger.transaction, amount_minor",
        "ledger.transaction_0000, amount_minor",
        "ledger.transaction_0001, amount_minor",
        "ledger.request, digest",
        "ledger.batch, chain",
        "ledger.correction, transaction_id",
        "ledger.backdated, change_minor",
        "ledger.period, closed_to",
        "ledger.issuer, name",
        "ledger.checkpoint, root",
        "ledger.check_run, faults",
        "ledger.halt, halted",
        "ledger.metadata, value",
        "process.process_step, to_state",
        "events.event, payload",
        "audit.entry, outcome",
    })
    void evenTheOwnerIsStoppedByATrigger(String table, String column) {
        assertEquals(APPEND_ONLY, refusal("update " + table + " set " + column + " = " + column));
        assertEquals(APPEND_ONLY, refusal("delete from " + table));
        assertEquals(APPEND_ONLY, refusal("truncate " + table + " cascade"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.coin", "ledger.hold", "ledger.head", "process.process"})
    void evenTheOwnerDeletesNothing(String table) {
        assertEquals(APPEND_ONLY, refusal("delete from " + table));
        assertEquals(APPEND_ONLY, refusal("truncate " + table + " cascade"));
    }

    /// L4: a balance alone cannot change, nor what is held, whoever asks.
    @Test
    void whatACoinHoldsFollowsFromTransactionsForTheOwnerToo() {
        assertEquals("AL102", refusal("update ledger.coin set balance = balance + 1"));
        assertEquals("AL102", refusal("update ledger.coin set seq = seq"));
        assertEquals("AL102", refusal("update ledger.hold set remaining_minor = 1"));
        assertEquals(
                "AL102",
                refusal(
                        "insert into ledger.hold (id, coin_id, type, amount_minor, remaining_minor, state,"
                                + " opened_at) values (999, 3, 14, 1, 1, 'OPEN', now())"));
    }

    private String refusal(String statement) {
        var refused = assertThrows(
                JdbiException.class,
                () -> books.database.ownerJdbi().useHandle(handle -> handle.execute(statement)));
        return assertInstanceOf(SQLException.class, refused.getCause()).getSQLState();
    }
}
