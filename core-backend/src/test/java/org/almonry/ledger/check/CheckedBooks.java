package org.almonry.ledger.check;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A started ledger with a self-check beside it.
final class CheckedBooks implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    static final Currency EUR = Currency.of("EUR");

    final TestDatabase database = TestDatabase.fresh();
    final Clock clock;
    final Ids ids;
    final Outbox outbox;
    final AuditLog audit;
    /// What the check is told of processes.
    final Map<String, Boolean> running = new HashMap<>();

    final SelfCheck check;
    Ledger ledger;
    final long issuer;
    final long bank;
    final long incoming;
    final long project;
    final long other;
    final long overhead;
    final long transit;

    CheckedBooks(Clock clock) {
        this.clock = clock;
        ids = new Ids(clock);
        outbox = new Outbox(database.accounting(), clock);
        audit = new AuditLog(database.accounting(), clock);
        ledger = started();
        check = new SelfCheck(database.accounting(), this::areRunning, outbox, audit, clock);
        issuer = ledger.openIssuer("hoster", "Hoster");
        bank = coin(CoinKind.ISSUING, "bank");
        incoming = coin(CoinKind.INCOMING, "bank");
        project = coin(CoinKind.PROJECT, "prj_otters");
        other = coin(CoinKind.PROJECT, "prj_choir");
        overhead = coin(CoinKind.OVERHEAD, "overhead");
        transit = coin(CoinKind.TRANSIT, "transit");
    }

    private Map<String, Boolean> areRunning(Handle handle, Collection<String> asked) {
        var known = new HashMap<>(running);
        known.keySet().retainAll(asked);
        return known;
    }

    private Ledger started() {
        var fresh = PostgresLedger.ledger(
                database.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
        fresh.start();
        return fresh;
    }

    void restart() {
        ledger.close();
        ledger = started();
    }

    long coin(CoinKind kind, String owner) {
        return ledger.openCoin(new NewCoin(issuer, EUR, kind, owner, owner)).id();
    }

    UUID id() {
        return Ids.uuid(ids.next("req"));
    }

    PostRequest request(Operation... operations) {
        return request(id(), ids.next("prc"), operations);
    }

    PostRequest request(UUID id, String process, Operation... operations) {
        return new PostRequest(
                id, process, TODAY, List.of(operations), List.of(), List.of(), List.of(), true);
    }

    PostResult post(Operation... operations) {
        return ledger.post(request(operations));
    }

    /// A request that only opens a process.
    PostResult open() {
        var process = ids.next("prc");
        return ledger.post(new PostRequest(
                id(),
                null,
                TODAY,
                List.of(),
                List.of(new ProcessChange.Open(
                        process, "INCOMING", "WAITING", "x", "{}", "job:test")),
                List.of(),
                List.of(),
                true));
    }

    /// Past triggers and grants.
    void tamper(String... statements) {
        database.superuserJdbi().useHandle(handle -> {
            handle.execute("set session_replication_role = replica");
            for (var statement : statements) {
                handle.execute(statement);
            }
        });
    }

    String value(String sql) {
        return database.superuserJdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
