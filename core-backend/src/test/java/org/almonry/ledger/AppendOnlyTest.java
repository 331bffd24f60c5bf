package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditEntry;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.List;

/// History is refused to be changed by the database itself: to the application role by its
/// grants, to everybody by triggers, and new rows that do not follow from the old ones by
/// proof. C-019, K-005, L1 to L5.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendOnlyTest {
    private static final String DENIED = "42501";
    private static final String APPEND_ONLY = "AL100";
    private static final String UNBALANCED = "AL110";

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
                        new Transfer(books.incoming, books.project, 2000)),
                List.of(new ProcessChange.Open(
                        process, "INCOMING", "WAITING", "inc_1", "{}", "job:test")),
                List.of(new DomainEvent.FetchFinished("run_1", "bank", 1, 1, "")),
                List.of(new AuditEntry("job:test", "", "Try", "inc_1", "ok", ""))));
        assertInstanceOf(PostResult.Posted.class, result);
    }

    @AfterAll
    void close() {
        books.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.transaction set amount_minor = 1",
                "update ledger.transaction set amount_minor = amount_minor where false",
                "delete from ledger.transaction",
                "truncate ledger.transaction",
                "truncate ledger.transaction, ledger.request, ledger.batch",
                "update ledger.request set digest = digest",
                "delete from ledger.request",
                "truncate ledger.request",
                "update ledger.batch set requests = 1",
                "delete from ledger.batch",
                "truncate ledger.batch",
                "delete from ledger.coin",
                "truncate ledger.coin",
                "update ledger.coin set balance = balance + 1",
                "update ledger.coin set seq = seq + 1",
                "update ledger.coin set held = 1",
                "update ledger.coin set credit_limit = 1000000",
                "update ledger.coin set currency = 'USD'",
                "update ledger.issuer set name = 'x'",
                "delete from ledger.issuer",
                "delete from ledger.head",
                "update process.process_step set to_state = 'x'",
                "delete from process.process_step",
                "truncate process.process_step",
                "update process.process set subject = 'x'",
                "delete from process.process",
                "update events.event set payload = '{}'",
                "delete from events.event",
                "truncate events.event",
                "update audit.entry set outcome = 'ok'",
                "delete from audit.entry",
                "truncate audit.entry",
                "alter table ledger.transaction disable trigger all",
                "alter table ledger.coin disable trigger moves_by_transactions",
                "drop trigger append_only on ledger.transaction",
                "drop table ledger.transaction cascade",
                "create table ledger.other (id bigint)",
                "create or replace function ledger.prove_and_move() returns trigger language plpgsql"
                        + " as 'begin return null; end'",
                "set session_replication_role = replica",
                "set role accounting_owner",
                "set session authorization accounting_owner",
                "insert into ledger.coin (issuer_id, currency, currency_scale, kind, name, owner, balance, opened_at)"
                        + " values (1, 'EUR', 2, 'POT', 'x', 'x', 100, now())",
                "copy ledger.transaction to program 'true'",
                "insert into migration.flyway_schema_history select * from migration.flyway_schema_history",
            })
    void theApplicationRoleMayNot(String statement) {
        assertEquals(DENIED, refusal(books.database.accounting(), statement));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.transaction set amount_minor = 1",
                "delete from ledger.transaction",
                "truncate ledger.transaction",
                "update ledger.request set digest = digest",
                "truncate ledger.batch",
                "delete from ledger.coin",
                "update process.process_step set to_state = 'x'",
                "delete from events.event",
                "truncate audit.entry",
            })
    void evenTheOwnerIsStoppedByATrigger(String statement) {
        assertEquals(APPEND_ONLY, refusal(books.database.ownerJdbi(), statement));
    }

    /// L4: a balance alone cannot change, whoever asks.
    @Test
    void aBalanceFollowsFromTransactionsForTheOwnerToo() {
        assertEquals(
                "AL102",
                refusal(
                        books.database.ownerJdbi(),
                        "update ledger.coin set balance = balance + 1"));
    }

    /// K-005, L1, L2, L5: rows that a forger would write. Two legs in one row balance by
    /// form, so a forged row lies about what came before it, after it, or whom it touches.
    @Test
    void aTransactionThatDoesNotFollowFromItsCoinsIsRefused() {
        var incoming = books.state(books.incoming);
        var project = books.state(books.project);
        var usd = books.ledger
                .openCoin(new NewCoin(
                        books.issuer,
                        org.almonry.money.Currency.of("USD"),
                        CoinKind.PROJECT,
                        "usd",
                        "usd"))
                .id();
        long elsewhere = books.ledger.openIssuer("elsewhere", "Elsewhere");
        var foreign = books.ledger
                .openCoin(new NewCoin(elsewhere, books.eur, CoinKind.PROJECT, "foreign", "foreign"))
                .id();
        long closed = books.coin(CoinKind.POT, "closed");
        assertTrue(books.ledger.closeCoin(closed));
        long from = incoming.balance();
        long to = project.balance();
        long fromSeq = incoming.sequence() + 1;
        long toSeq = project.sequence() + 1;
        // Control: this row is right, and is rolled back by the test.
        assertEquals(
                "",
                forged(
                        3,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq,
                        to + 100));
        // What arrives is more than what leaves, less, or does not leave at all.
        assertEquals(
                UNBALANCED,
                forged(
                        3,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq,
                        to + 101));
        assertEquals(
                UNBALANCED,
                forged(3, books.incoming, books.project, 100, fromSeq, from - 99, toSeq, to + 100));
        assertEquals(
                UNBALANCED,
                forged(3, books.incoming, books.project, 100, fromSeq, from, toSeq, to + 100));
        // A number left out, or used twice.
        assertEquals(
                UNBALANCED,
                forged(
                        3,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq + 1,
                        from - 100,
                        toSeq,
                        to + 100));
        assertEquals(
                UNBALANCED,
                forged(
                        3,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq - 1,
                        to + 100));
        // More than there is. (The project may not be overdrawn.)
        assertEquals(
                UNBALANCED,
                forged(
                        3,
                        books.project,
                        books.incoming,
                        to + 1,
                        toSeq,
                        -1,
                        fromSeq,
                        from + to + 1));
        // Another currency, another issuer, a closed coin, no coin, a type that its coins
        // do not allow, no type.
        assertEquals(UNBALANCED, forged(3, books.incoming, usd, 100, fromSeq, from - 100, 1, 100));
        assertEquals(
                UNBALANCED, forged(3, books.incoming, foreign, 100, fromSeq, from - 100, 1, 100));
        assertEquals(
                UNBALANCED, forged(3, books.incoming, closed, 100, fromSeq, from - 100, 1, 100));
        assertEquals(
                UNBALANCED, forged(3, books.incoming, 999_999, 100, fromSeq, from - 100, 1, 100));
        assertEquals(
                UNBALANCED,
                forged(
                        1,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq,
                        to + 100));
        assertEquals(
                UNBALANCED,
                forged(
                        4,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq,
                        to + 100));
        assertEquals(
                UNBALANCED,
                forged(
                        9,
                        books.incoming,
                        books.project,
                        100,
                        fromSeq,
                        from - 100,
                        toSeq,
                        to + 100));
        // An amount of nothing or less, and a coin with itself, are refused by the table.
        assertEquals(
                "23514", forged(3, books.incoming, books.project, 0, fromSeq, from, toSeq, to));
        assertEquals(
                "23514",
                forged(
                        3,
                        books.incoming,
                        books.project,
                        -100,
                        fromSeq,
                        from + 100,
                        toSeq,
                        to - 100));
        assertEquals(
                "23514", forged(3, books.project, books.project, 1, toSeq, to - 1, toSeq + 1, to));
        assertEquals(from, books.balance(books.incoming));
        assertEquals(to, books.balance(books.project));
    }

    /// Inserts a row as the application role and rolls back; the SQL state of the refusal,
    /// or empty.
    private String forged(
            int type,
            long source,
            long destination,
            long amount,
            long sourceSeq,
            long sourceAfter,
            long destinationSeq,
            long destinationAfter) {
        try (var handle = books.database.accounting().open()) {
            handle.begin();
            handle.createUpdate("""
                            insert into ledger.transaction
                            values (1000000, :id, :id, :type, date '2026-03-01', :source, :destination, :amount,
                                    :sourceSeq, :sourceAfter, :destinationSeq, :destinationAfter, now())
                            """)
                    .bind("id", books.requestId())
                    .bind("type", type)
                    .bind("source", source)
                    .bind("destination", destination)
                    .bind("amount", amount)
                    .bind("sourceSeq", sourceSeq)
                    .bind("sourceAfter", sourceAfter)
                    .bind("destinationSeq", destinationSeq)
                    .bind("destinationAfter", destinationAfter)
                    .execute();
            handle.rollback();
            return "";
        } catch (JdbiException e) {
            return state(e);
        }
    }

    private static String refusal(Jdbi role, String statement) {
        return state(assertThrows(
                JdbiException.class,
                () -> role.useHandle(handle -> {
                    try {
                        handle.getConnection().createStatement().execute(statement);
                    } catch (SQLException e) {
                        throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(
                                e, null);
                    }
                })));
    }

    private static String state(JdbiException refused) {
        return assertInstanceOf(SQLException.class, refused.getCause()).getSQLState();
    }
}
