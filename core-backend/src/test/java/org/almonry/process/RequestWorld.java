package org.almonry.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditLog;
import org.almonry.commission.Commissions;
import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.commission.Range;
import org.almonry.commission.RoundingRule;
import org.almonry.commission.Rule;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.limit.Consequence;
import org.almonry.limit.Limit;
import org.almonry.limit.Limits;
import org.almonry.limit.Measure;
import org.almonry.limit.Period;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Caller;
import org.almonry.wire.Ids;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// Clients with coins, an asker, an approver, and price lists to fill. What a test leaves is
/// checked: the books are right, and transit is empty (K-035).
final class RequestWorld implements AutoCloseable {
    static final Caller ASKER = new Caller.User("usr_asker", "ses_1", "admin/admin", Set.of());
    static final Caller APPROVER =
            new Caller.User("usr_approver", "ses_2", "admin/admin", Set.of());
    static final Caller JOB = new Caller.System("test");
    static final Currency EUR = Currency.of("EUR");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final String BANK_ACCOUNT = "acc_00000000000000000000000000000001";
    static final Formula BOTH = new Formula.FixedAndPercent(20_000, 100);

    final TestDatabase database = TestDatabase.fresh();
    final SetClock clock = new SetClock("2026-03-02T09:00:00Z");
    final Ids ids = new Ids(clock);
    final AuditLog audit = new AuditLog(database.accounting(), clock);
    final Ledger ledger = PostgresLedger.ledger(
            database.accounting(),
            BusinessProcesses.journal(),
            new Outbox(database.accounting(), clock),
            audit,
            clock);
    final LedgerReads books = new LedgerReads(database.accounting());
    final BusinessProcesses processes = new BusinessProcesses(database.accounting());
    final Commissions commissions = new Commissions(database.accounting(), audit, ids, clock);
    final Limits limits = new Limits(database.accounting(), audit, ids, clock);
    final BusinessRequests requests = new BusinessRequests(
            database.accounting(),
            ledger,
            books,
            commissions,
            limits,
            BANK_ACCOUNT::equals,
            new BusinessRequests.Days(clock, BERLIN));
    final long issuer;
    final long alice;
    final long bob;

    RequestWorld() {
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        alice = open("usr_alice");
        bob = open("usr_bob");
    }

    long open(String owner) {
        return ledger.openCoin(new NewCoin(issuer, EUR, CoinKind.MEMBER, owner, owner))
                .id();
    }

    /// Money out of nowhere, for the start.
    void fund(long coin, long minor) {
        long bank = ledger.openCoin(new NewCoin(issuer, EUR, CoinKind.ISSUING, "Bank", "bank"))
                .id();
        assertInstanceOf(
                PostResult.Posted.class,
                ledger.post(new PostRequest(
                        Ids.uuid(ids.next("req")),
                        null,
                        LocalDate.ofInstant(clock.instant(), BERLIN),
                        List.of(new Operation.Issue(bank, coin, minor)),
                        List.of(),
                        List.of(),
                        List.of(),
                        true)));
    }

    /// A rule of the base tier, which holds for all.
    void rule(ProcessKind kind, Direction direction, Formula formula) {
        rule(Commissions.BASE, kind, direction, formula);
    }

    void rule(String profile, ProcessKind kind, Direction direction, Formula formula) {
        Callers.run(
                ASKER,
                () -> commissions.add(
                        List.of(EUR),
                        new Rule.Scope(profile, kind.name(), EUR, LocalDate.of(2026, 1, 1), null),
                        true,
                        new Rule.Terms(
                                direction,
                                RoundingRule.HALF_AWAY_FROM_ZERO,
                                List.of(Range.all(formula)))));
    }

    Limit limit(ProcessKind kind, Measure measure, Period period, long maximum, Consequence then) {
        return Callers.as(
                ASKER,
                () -> limits.add(
                        new Limit.Scope(Commissions.BASE, kind.name(), EUR),
                        new Limit.Bound(measure, period, maximum, then),
                        true));
    }

    static Money eur(long minor) {
        return new Money(minor, EUR);
    }

    BusinessRequests.By by(Caller caller) {
        return by(caller, "");
    }

    BusinessRequests.By by(Caller caller, String why) {
        return new BusinessRequests.By(caller, ids.next("req"), why);
    }

    BusinessRequest make(Caller caller, RequestDetails details, long minor) {
        return requests.make(by(caller), details, eur(minor), null);
    }

    BusinessRequest transfer(Caller caller, long minor) {
        return make(caller, new RequestDetails.ClientTransfer(alice, bob, ""), minor);
    }

    /// Acts on a request as it is now.
    BusinessRequest act(Caller caller, BusinessRequest request, Action action) {
        var seen = requests.get(request.id()).state().orElseThrow();
        return requests.act(by(caller), request.id(), action, seen);
    }

    BusinessRequest approve(BusinessRequest request) {
        return act(APPROVER, request, Action.APPROVE);
    }

    static RequestState state(BusinessRequest request) {
        return request.state().orElseThrow();
    }

    long balance(long coin) {
        return books.coin(coin).orElseThrow().balance();
    }

    long held(long coin) {
        return books.coin(coin).orElseThrow().held();
    }

    /// What the commission coin of an owner holds; nothing if there is none yet.
    long earned(String owner) {
        return books.findCoin(issuer, EUR, CoinKind.COMMISSION, owner)
                .map(coin -> coin.balance())
                .orElse(0L);
    }

    /// K-034: what the issuing coin of the requests has given out.
    long issued() {
        return books.findCoin(issuer, EUR, CoinKind.ISSUING, Planner.ISSUING)
                .map(coin -> -coin.balance())
                .orElse(0L);
    }

    /// K-035.
    void assertTransitIsEmpty() {
        books.findCoin(issuer, EUR, CoinKind.TRANSIT, Planner.TRANSIT)
                .ifPresent(coin -> assertEquals(0, coin.balance(), "transit is not empty"));
    }

    @Override
    public void close() {
        ledger.close();
        try {
            assertTransitIsEmpty();
            var found = new LedgerCheck(database.accounting()).verify();
            assertTrue(found.isRight(), () -> "the books are wrong: " + found.faults());
        } finally {
            database.close();
        }
    }
}
