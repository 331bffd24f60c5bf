package org.almonry.testing;

import org.almonry.audit.AuditLog;
import org.almonry.directory.Codes;
import org.almonry.directory.Memberships;
import org.almonry.directory.NewProject;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.ProjectRole;
import org.almonry.directory.Projects;
import org.almonry.events.DomainEvent;
import org.almonry.events.Outbox;
import org.almonry.giving.Giving;
import org.almonry.giving.PledgeBookings;
import org.almonry.giving.PledgeTokens;
import org.almonry.giving.Receiving;
import org.almonry.idempotency.Idempotency;
import org.almonry.identity.Sessions;
import org.almonry.identity.SignIn;
import org.almonry.identity.SignInLinks;
import org.almonry.identity.Supporters;
import org.almonry.identity.Users;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.postgres.ProcessJournal;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.mail.Mails;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.almonry.providers.NewAccount;
import org.almonry.wire.Ids;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// People, directory and mail over fresh databases, wired as the core does.
public final class People implements AutoCloseable {
    public static final String IBAN = "DE02120300000000202051";
    public static final Currency EUR = Currency.of("EUR");

    public final TestDatabase database = TestDatabase.fresh();
    public final SetClock clock = new SetClock("2026-10-12T08:00:00Z");
    public final Ids ids = new Ids(clock);
    public final AuditLog audit = new AuditLog(database.accounting(), clock);
    public final Outbox outbox = new Outbox(database.accounting(), clock);
    public final Ledger ledger;
    public final LedgerReads reads;
    public final long issuerId;
    public final Codes codes;
    public final Nonprofits nonprofits;
    public final Projects projects;
    public final Memberships memberships;
    public final Idempotency accountingKeys;
    public final Idempotency identityKeys;
    public final Mails mails;
    public final Users users;
    public final Sessions sessions;
    public final SignIn signIn;
    public final Supporters supporters;
    public final Accounts accounts;
    public final Giving giving;
    public final PledgeBookings bookings;

    public People() {
        var accounting = database.accounting();
        var identity = database.identity();
        var random = new SecureRandom();
        ledger = PostgresLedger.ledger(accounting, new NoProcesses(), outbox, audit, clock);
        reads = new LedgerReads(accounting);
        ledger.start();
        issuerId = ledger.openIssuer("hoster", "Hoster");
        codes = new Codes(accounting, new Random(31), clock, "CCT");
        nonprofits = new Nonprofits(accounting, audit, ids, clock);
        projects = new Projects(accounting, ledger, issuerId, codes, audit, ids, clock);
        memberships = new Memberships(accounting, audit, clock);
        accountingKeys = new Idempotency(accounting, ids, clock);
        identityKeys = new Idempotency(identity, ids, clock);
        mails = new Mails(identity, ids, clock);
        users = new Users(identity, audit, ids, clock);
        sessions = new Sessions(identity, random, ids, clock);
        signIn = new SignIn(
                identity,
                users,
                sessions,
                mails,
                SignInLinks.of("https://my.example.org", "https://admin.example.org", "Almonry"),
                random,
                clock);
        supporters = new Supporters(identity, ids, clock);
        accounts = new Accounts(accounting, ledger, ids, clock);
        giving = Giving.create(
                accounting,
                new Giving.Directory(nonprofits, projects, codes),
                new Receiving(accounts, issuerId),
                supporters,
                new PledgeTokens(Secret.of("0123456789abcdef0123456789abcdef")),
                ids,
                clock);
        bookings = new PledgeBookings(accounting);
    }

    /// A project that may receive, of a nonprofit of the same short name.
    public Project activeProject(String slug, @Nullable Money goal) {
        return Callers.as(Callers.job(), () -> {
            var nonprofit = nonprofits.create(
                    slug,
                    "The " + slug,
                    "Hoster e.V.",
                    List.of("https://" + slug + ".example.org"));
            var made = projects.create(
                    new NewProject(nonprofit.id(), slug, "Project " + slug, "", EUR, goal, 1_000));
            memberships.set(made.id(), "usr_1", ProjectRole.ADMIN);
            return projects.activate(made.id());
        });
    }

    /// The account that euros are transferred to.
    public Account account() {
        return accounts.ensure(
                new NewAccount("demo-bank", IBAN, "BYLADEM1001", "Hoster e.V.", EUR, "hoster"),
                issuerId);
    }

    /// Tells subscribers of an outbox that something happened, as a posting would.
    public void happen(DomainEvent event) {
        database.accounting().useTransaction(handle -> outbox.append(handle, event));
    }

    /// Subjects and bodies of stored mail by recipient, in the order of storing.
    public List<String> storedMail(String recipient) {
        return database.identity()
                .withHandle(handle -> handle.createQuery(
                                "select subject, body from mail.message where recipient = :to"
                                        + " order by id")
                        .bind("to", recipient)
                        .map((row, context) ->
                                row.getString("subject") + "\n" + row.getString("body"))
                        .list());
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }

    /// The ledger here never posts on behalf of a process.
    private static final class NoProcesses implements ProcessJournal {
        @Override
        public Map<String, String> states(Handle handle, Collection<String> ids) {
            return Map.of();
        }

        @Override
        public void write(Handle handle, List<ProcessChange> changes, Instant at) {
            if (!changes.isEmpty()) {
                throw new IllegalStateException("no processes here");
            }
        }
    }
}
