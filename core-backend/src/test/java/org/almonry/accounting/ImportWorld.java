package org.almonry.accounting;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.almonry.providers.NewAccount;
import org.almonry.providers.StatementRefused;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A database, a started ledger and an importer for tests. Nothing matches: lines are
/// collected.
final class ImportWorld implements AutoCloseable {
    static final String IBAN = "DE89370400440532013000";

    final TestDatabase database = TestDatabase.fresh();
    final Clock clock;
    final Ids ids;
    final Outbox outbox;
    final Ledger ledger;
    final Accounts accounts;
    final List<Incoming> offered = Collections.synchronizedList(new ArrayList<>());
    final Importer importer;
    final LedgerReads reads = new LedgerReads(database.accounting());
    final LedgerCheck check = new LedgerCheck(database.accounting());
    final BusinessProcesses processes = new BusinessProcesses(database.accounting());
    final long issuer;

    ImportWorld() {
        this(Clock.systemUTC());
    }

    ImportWorld(Clock clock) {
        this.clock = clock;
        ids = new Ids(clock);
        outbox = new Outbox(database.accounting(), clock);
        ledger = newLedger();
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        accounts = new Accounts(database.accounting(), ledger, ids, clock);
        importer = importer(this::offer);
    }

    Ledger newLedger() {
        return PostgresLedger.ledger(
                database.accounting(),
                BusinessProcesses.journal(),
                outbox,
                new AuditLog(database.accounting(), clock),
                clock);
    }

    int offer(List<Incoming> lines) {
        offered.addAll(lines);
        return 0;
    }

    Importer importer(NewLines newLines) {
        return Importer.create(database.accounting(), accounts, ledger, newLines, ids, clock);
    }

    Account account(String iban, String currency) {
        return accounts.ensure(
                new NewAccount("bank", iban, "", "Hoster", Currency.of(currency), "hoster"),
                issuer);
    }

    ImportReport read(Path file) {
        try {
            return importer.importFile(file, null, "test", counts -> {});
        } catch (StatementRefused e) {
            throw new AssertionError(e);
        }
    }

    /// What the bank should hold by the ledger.
    long held(Account account) {
        return -reads.coin(account.issuingCoin()).orElseThrow().balance();
    }

    /// The stored lines of an account, ids and times aside.
    List<String> rows(Account account) {
        return database.accounting()
                .withHandle(handle -> handle.createQuery("""
                        select concat_ws('|', booking_date, value_date, amount_minor, currency,
                               counterparty_name, counterparty_account, remittance,
                               entry_reference, end_to_end_id, bank_code, raw)
                          from accounting.incoming
                         where account_id = :account
                         order by 1
                        """)
                        .bind("account", account.id())
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
