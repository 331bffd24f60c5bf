package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.directory.Memberships;
import org.almonry.events.DomainEvent;
import org.almonry.events.Outbox;
import org.almonry.giving.Giving;
import org.almonry.idempotency.Idempotency;
import org.almonry.ledger.Ledger;
import org.almonry.money.Currency;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.almonry.wire.IdSource;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/// The accounting process behind the import: matching, the inbox and its decisions, rates,
/// export, and what members of projects see. Wired once by the core; the parts are reached
/// from here.
public final class Accounting {
    private final Matching matching;
    private final Inbox inbox;
    private final Decisions decisions;
    private final ExchangeRates rates;
    private final JournalExport export;
    private final ProjectRpc projectRpc;
    private final Idempotency idempotency;
    private final Settings settings;

    /// What accounting stands on.
    public record Ground(
            Jdbi jdbi, Ledger ledger, Accounts accounts, AuditLog audit, Idempotency idempotency) {
        /// Refuses missing parts.
        public Ground {
            requireNonNull(jdbi, "jdbi is null");
            requireNonNull(ledger, "ledger is null");
            requireNonNull(accounts, "accounts is null");
            requireNonNull(audit, "audit is null");
            requireNonNull(idempotency, "idempotency is null");
        }
    }

    /// How this instance keeps its books.
    ///
    /// @param home the currency that it thinks in
    /// @param zone where its days begin
    /// @param giftSecret keeps the ids of gifts opaque towards members
    /// @param exportFolder where new entries go after each fetch (C-021), or null for
    ///     nowhere
    public record Settings(
            Currency home,
            ZoneId zone,
            Secret giftSecret,
            @Nullable Path exportFolder) {
        /// Refuses missing parts.
        public Settings {
            requireNonNull(home, "home is null");
            requireNonNull(zone, "zone is null");
            requireNonNull(giftSecret, "giftSecret is null");
        }
    }

    /// Wires all parts.
    public Accounting(
            Ground ground,
            Giving.Directory directory,
            Memberships memberships,
            Giving giving,
            Settings settings,
            IdSource ids,
            Clock clock) {
        var jdbi = ground.jdbi();
        var pledges = new GivenPledges(giving, directory.codes(), settings.zone());
        var targets = new Targets(directory.codes(), directory.projects(), pledges);
        var booker = new Booker(
                new Coins(directory.projects(), id -> incomingCoin(ground.accounts(), id)));
        this.settings = settings;
        this.idempotency = ground.idempotency();
        this.matching = new Matching(targets, booker, ground.ledger(), ground.audit());
        this.rates = new ExchangeRates(jdbi, settings.home(), clock);
        this.inbox = new Inbox(jdbi, targets, pledges, rates);
        this.decisions = new Decisions(
                jdbi,
                targets,
                pledges,
                booker,
                ground.ledger(),
                new Decisions.Today(clock, settings.zone()));
        this.export = new JournalExport(jdbi, clock);
        this.projectRpc = new ProjectRpc(
                new MemberSuggestions(
                        jdbi, directory.projects(), memberships, settings.giftSecret(), ids, clock),
                directory.projects(),
                idempotency);
    }

    /// Takes new lines from the importer.
    public NewLines newLines() {
        return matching;
    }

    /// almonry.accounting.v1.ProjectService.
    public ProjectRpc projectRpc() {
        return projectRpc;
    }

    /// After each fetch that brought something, new entries go into the export folder
    /// (C-021), if there is one. A file that fails is written at the next try of the
    /// outbox.
    public void subscribeTo(Outbox outbox) {
        var folder = settings.exportFolder();
        if (folder != null) {
            outbox.subscribe(
                    "accounting.export",
                    DomainEvent.FetchFinished.class,
                    event -> export.intoFolder(folder, "job:export"));
        }
    }

    Inbox inbox() {
        return inbox;
    }

    Decisions decisions() {
        return decisions;
    }

    ExchangeRates rates() {
        return rates;
    }

    JournalExport export() {
        return export;
    }

    Idempotency idempotency() {
        return idempotency;
    }

    private static long incomingCoin(Accounts accounts, String accountId) {
        return accounts.byId(accountId)
                .map(Account::incomingCoin)
                .orElseThrow(() -> new IllegalStateException("an account is not in the register"));
    }
}
