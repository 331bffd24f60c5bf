package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almonry.audit.AuditLog;
import org.almonry.directory.CodeTarget;
import org.almonry.directory.Codes;
import org.almonry.directory.DonationCode;
import org.almonry.directory.Memberships;
import org.almonry.directory.NewProject;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.ProjectRole;
import org.almonry.directory.Projects;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.Callers;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;
import org.almonry.wire.Secret;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// An accountant's desk over a fresh database: real ledger, directory and matching; lines
/// are laid on it as the importer does.
final class Desk implements AutoCloseable {
    static final Currency EUR = Currency.of("EUR");
    static final Currency USD = Currency.of("USD");
    static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    final TestDatabase database = TestDatabase.fresh();
    final SetClock clock = new SetClock("2026-11-20T10:00:00Z");
    final Ids ids = new Ids(clock);
    final AuditLog audit = new AuditLog(database.accounting(), clock);
    final Outbox outbox = new Outbox(database.accounting(), clock);
    final Ledger ledger = PostgresLedger.ledger(
            database.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
    final LedgerReads reads = new LedgerReads(database.accounting());
    final BusinessProcesses processes = new BusinessProcesses(database.accounting());
    final long issuer;
    final Codes codes = new Codes(database.accounting(), new Random(7), clock, "CCT");
    final Projects projects;
    final Memberships memberships = new Memberships(database.accounting(), audit, clock);
    final Pledged pledges = new Pledged();
    final ExchangeRates rates = new ExchangeRates(database.accounting(), EUR, clock);
    final Targets targets;
    final Booker booker;
    final Matching matching;
    final Inbox inbox;
    final Decisions decisions;
    final MemberSuggestions members;
    private final Map<String, Long> incomingCoins = new HashMap<>();
    private final Map<String, Long> issuingCoins = new HashMap<>();
    private final String nonprofit;
    private long statements;

    Desk() {
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        var jdbi = database.accounting();
        projects = new Projects(jdbi, ledger, issuer, codes, audit, ids, clock);
        targets = new Targets(codes, projects, pledges);
        booker = new Booker(new Coins(projects, account -> incomingCoin(account)));
        matching = new Matching(targets, booker, ledger, audit);
        inbox = new Inbox(jdbi, targets, pledges, rates);
        decisions = new Decisions(
                jdbi, targets, pledges, booker, ledger, new Decisions.Today(clock, ZoneOffset.UTC));
        members = new MemberSuggestions(
                jdbi, projects, memberships, Secret.of("a secret of this test"), ids, clock);
        account("acc_eur", EUR);
        account("acc_usd", USD);
        var nonprofits = new Nonprofits(jdbi, audit, ids, clock);
        nonprofit = Callers.as(
                Callers.job(),
                () -> nonprofits
                        .create("river", "River", "River e.V.", List.of())
                        .id());
    }

    /// Pledges as the giving package would tell them.
    static final class Pledged implements PledgeSource {
        final Map<String, Target.Pledged> all = new HashMap<>();

        @Override
        public Map<String, Target.Pledged> byId(Collection<String> wanted) {
            var found = new HashMap<>(all);
            found.keySet().retainAll(List.copyOf(wanted));
            return found;
        }

        @Override
        public List<Target.Pledged> waiting(Currency currency, int limit) {
            return all.values().stream()
                    .filter(pledge -> pledge.currency().equals(currency))
                    .toList();
        }
    }

    private void account(String id, Currency currency) {
        incomingCoins.put(
                id,
                ledger.openCoin(new NewCoin(issuer, currency, CoinKind.INCOMING, id, id))
                        .id());
        issuingCoins.put(
                id,
                ledger.openCoin(new NewCoin(issuer, currency, CoinKind.ISSUING, id, id))
                        .id());
    }

    long incomingCoin(String account) {
        return incomingCoins.get(account);
    }

    long balance(long coin) {
        return reads.coin(coin).orElseThrow().balance();
    }

    long balance(Project project) {
        return projects.findCoin(project, EUR).orElseThrow().balance();
    }

    long overhead() {
        return balance(projects.overheadCoin(EUR));
    }

    /// A project that takes money, with an overhead share of 10 percent and `usr_<slug>` as
    /// admin.
    Project project(String slug) {
        return Callers.as(Callers.job(), () -> {
            var made = projects.create(
                    new NewProject(nonprofit, slug, "Project " + slug, "", EUR, null, 1_000));
            memberships.set(made.id(), "usr_" + slug, ProjectRole.ADMIN);
            return projects.activate(made.id());
        });
    }

    String code(Project project) {
        return codes.printed(project.code().orElseThrow());
    }

    /// A pledge with a code of its own, divided in these amounts.
    Target.Pledged pledge(String giver, Map<Project, Long> items) {
        var id = ids.next("pld");
        var parts = new ArrayList<Part>();
        items.forEach(
                (project, minor) -> parts.add(new Part(project.id(), "", new Money(minor, EUR))));
        var pledge = new Target.Pledged(
                id, "Pledge of " + giver, EUR, parts, giver, DAY.minusDays(2), true);
        pledges.all.put(id, pledge);
        return pledge;
    }

    DonationCode code(Target.Pledged pledge) {
        return codes.draw(new CodeTarget(CodeTarget.Kind.PLEDGE, pledge.id()));
    }

    Incoming line(long minor, String remittance) {
        return line("acc_eur", minor, "Maria Kowalska", "DE02120300000000202051", remittance);
    }

    /// Stores and posts a line.
    Incoming line(String account, long minor, String name, String counterparty, String remittance) {
        var line = stored(account, minor, name, counterparty, remittance);
        long coin = incomingCoins.get(account);
        long issuing = issuingCoins.get(account);
        var operation = minor > 0
                ? new Operation.Issue(issuing, coin, minor)
                : new Operation.Redeem(coin, issuing, -minor);
        var result = ledger.post(new PostRequest(
                IncomingIds.posting(line.id()),
                line.processId(),
                DAY,
                List.of(operation),
                List.of(new ProcessChange.Open(
                        line.processId(), "INCOMING", "WAITING", line.id(), "{}", "job:import")),
                List.of(),
                List.of(),
                true));
        assertEquals(true, result.isInTheBooks(), result::toString);
        return line;
    }

    private Incoming stored(
            String account, long minor, String name, String counterparty, String remittance) {
        var id = ids.next("inc");
        var currency = account.equals("acc_usd") ? "USD" : "EUR";
        long number = ++statements;
        database.accounting().useHandle(handle -> {
            handle.createUpdate("""
                    insert into accounting.statement
                           (account_id, kind, format, external_id, page, from_date, to_date,
                            currency, entries, fingerprint, breaks, source, received_at)
                    values (:account, 'BOOKED', 'test', :number, 1, :day, :day, :currency, 1,
                            :fingerprint, '{}', 'test', :at)
                    """)
                    .bind("account", account)
                    .bind("number", String.valueOf(number))
                    .bind("day", DAY)
                    .bind("currency", currency)
                    .bind("fingerprint", new UUID(1, number))
                    .bind("at", clock.instant())
                    .execute();
            handle.createUpdate("""
                    insert into accounting.incoming
                           (id, account_id, statement_number, position, booking_date, amount_minor,
                            currency, counterparty_name, counterparty_account, remittance,
                            entry_reference, end_to_end_id, bank_code, raw, content_key, fetched_at)
                    select :id, :account, max(number), 1, :day, :minor, :currency, :name,
                           :counterparty, :remittance, '', '', '', '<Ntry/>', :content, :at
                      from accounting.statement
                    """)
                    .bind("id", id)
                    .bind("account", account)
                    .bind("day", DAY)
                    .bind("minor", minor)
                    .bind("currency", currency)
                    .bind("name", name)
                    .bind("counterparty", counterparty)
                    .bind("remittance", remittance)
                    .bind("content", new UUID(2, number))
                    .bind("at", clock.instant())
                    .execute();
        });
        return new IncomingStore(database.accounting()).find(id).orElseThrow();
    }

    Inbox.View view(Incoming line) {
        return inbox.get(line.id()).views().getFirst();
    }

    Decisions.Seen seen(Incoming line) {
        return new Decisions.Seen(line.id(), view(line).standing().version());
    }

    Decisions.By by(String why) {
        return new Decisions.By(Callers.user("usr_admin"), ids.next("req"), why);
    }

    static Part part(Project project, long minor) {
        return new Part(project.id(), "", new Money(minor, EUR));
    }

    /// The books are right, to the cent.
    void verify() {
        assertEquals(List.of(), new LedgerCheck(database.accounting()).verify().faults());
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
