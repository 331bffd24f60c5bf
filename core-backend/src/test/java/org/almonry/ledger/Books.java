package org.almonry.ledger;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.postgres.CoinRows;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// A started ledger on a fresh database with the coins that most tests need.
final class Books implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    final TestDatabase database;
    final Clock clock;
    final Ids ids;
    final Outbox outbox;
    final AuditLog audit;
    final BusinessProcesses processes;
    final Ledger ledger;
    final Currency eur = Currency.of("EUR");
    final long issuer;
    final long bank;
    final long incoming;
    final long project;
    final long other;
    final long overhead;

    Books() {
        this(TestDatabase.fresh());
    }

    Books(TestDatabase database) {
        this(database, Clock.systemUTC());
    }

    Books(TestDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
        ids = new Ids(clock);
        outbox = new Outbox(database.accounting(), clock);
        audit = new AuditLog(database.accounting(), clock);
        processes = new BusinessProcesses(database.accounting());
        ledger = ledger();
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        bank = coin(CoinKind.ISSUING, "bank");
        incoming = coin(CoinKind.INCOMING, "bank");
        project = coin(CoinKind.PROJECT, "prj_otters");
        other = coin(CoinKind.PROJECT, "prj_choir");
        overhead = coin(CoinKind.OVERHEAD, "overhead");
    }

    Ledger ledger() {
        return PostgresLedger.ledger(
                database.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
    }

    long coin(CoinKind kind, String owner) {
        return ledger.openCoin(new NewCoin(issuer, eur, kind, owner, owner)).id();
    }

    long balance(long coin) {
        return state(coin).balance();
    }

    /// A coin as of its last commit.
    Coin state(long coin) {
        return database.accounting()
                .withHandle(handle -> CoinRows.find(handle, List.of(coin)))
                .getFirst();
    }

    UUID requestId() {
        return Ids.uuid(ids.next("req"));
    }

    PostRequest request(Operation... operations) {
        return request(requestId(), operations);
    }

    PostRequest request(UUID id, Operation... operations) {
        return new PostRequest(
                id,
                Ids.text("prc", id),
                TODAY,
                List.of(operations),
                List.of(),
                List.of(),
                List.of(),
                true);
    }

    PostRequest request(
            UUID id, String process, List<ProcessChange> changes, Operation... operations) {
        return new PostRequest(
                id, process, TODAY, List.of(operations), changes, List.of(), List.of(), true);
    }

    PostResult post(Operation... operations) {
        return ledger.post(request(operations));
    }

    /// Closes the ledger; what a test leaves must be right.
    @Override
    public void close() {
        ledger.close();
        try {
            var verification = new LedgerCheck(database.accounting()).verify();
            if (!verification.isRight()) {
                throw new AssertionError("the books are wrong: " + verification.faults());
            }
        } finally {
            database.close();
        }
    }
}
