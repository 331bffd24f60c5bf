package org.almonry.commission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Price lists as they are stored: K-053, K-054, K-057.
class CommissionsTest {
    private static final Currency EUR = Currency.of("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final int AT_ONCE = 12;

    private final TestDatabase database = TestDatabase.fresh();
    private final SetClock clock = new SetClock("2026-03-02T09:00:00Z");
    private final AuditLog audit = new AuditLog(database.accounting(), clock);
    private final Commissions commissions =
            new Commissions(database.accounting(), audit, new Ids(clock), clock);

    @AfterEach
    void close() {
        database.close();
    }

    /// The four tiers are there and free; own profiles come on top.
    @Test
    void everyInstanceHasItsTiers() {
        assertEquals(
                List.of(Tier.BASE, Tier.GOLD, Tier.STANDARD, Tier.VIP),
                commissions.profiles("", 10).stream().map(Profile::tier).toList());
        assertEquals(
                Calculation.free(Money.of(100, "EUR")),
                commissions.calculate("REDEEM", "usr_1", Money.of(100, "EUR"), DAY));
    }

    /// K-053: only a rule that is active and of its days holds.
    @Test
    void aRuleHoldsOnItsDaysWhileItIsActive() {
        add("2026-03-01", "2026-04-01", 1);
        add("2026-04-01", null, 2);
        assertEquals(0, cost("2026-02-28"));
        assertEquals(1, cost("2026-03-01"));
        assertEquals(1, cost("2026-03-31"));
        assertEquals(2, cost("2026-04-01"));
        var first = commissions.rules(Commissions.BASE).getFirst();
        as(() -> commissions.change(new Rule(first.id(), first.scope(), false, first.terms())));
        assertEquals(0, cost("2026-03-31"));
        assertEquals(2, commissions.rules(Commissions.BASE).size());
        // A day that is free again may be taken by another rule.
        add("2026-03-15", "2026-04-01", 3);
        assertEquals(3, cost("2026-03-31"));
        var back = assertThrows(
                Failure.class,
                () -> as(() -> commissions.change(
                        new Rule(first.id(), first.scope(), true, first.terms()))));
        assertEquals(Reason.WRONG_STATE, back.reason());
    }

    @Test
    void aRuleKeepsItsProfileKindAndCurrency() {
        var rule = add("2026-03-01", null, 1);
        for (var scope : List.of(
                scope("pfl_gold", "REDEEM", EUR),
                scope(Commissions.BASE, "BANK_REDEEM", EUR),
                scope(Commissions.BASE, "REDEEM", Currency.of("USD")))) {
            var moved = new Rule(rule.id(), scope, true, rule.terms());
            var refused = assertThrows(Failure.class, () -> as(() -> commissions.change(moved)));
            assertEquals(Reason.INVALID_ARGUMENT, refused.reason());
        }
    }

    /// Two admins at once cannot put rules that overlap.
    @Test
    void ofRulesPutAtOnceOneStands() throws Exception {
        int refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Rule> one = () -> add("2026-03-01", null, 1);
            for (var each : threads.invokeAll(Collections.nCopies(AT_ONCE, one))) {
                if (each.state() == java.util.concurrent.Future.State.FAILED) {
                    refused++;
                }
            }
        }
        assertEquals(AT_ONCE - 1, refused);
        assertEquals(1, commissions.rules(Commissions.BASE).size());
    }

    /// K-057: one rule for many currencies, all or none.
    @Test
    void aRuleIsPutForManyCurrenciesAtOnce() {
        var currencies = List.of(EUR, Currency.of("USD"), Currency.of("JPY"));
        var percent = terms(new Formula.Percent(10_000));
        var rules = as(
                () -> commissions.add(currencies, scope("pfl_vip", "REDEEM", EUR), true, percent));
        assertEquals(
                currencies, rules.stream().map(rule -> rule.scope().currency()).toList());
        var refused = assertThrows(
                Failure.class,
                () -> as(() -> commissions.add(
                        currencies,
                        scope("pfl_gold", "REDEEM", EUR),
                        true,
                        terms(new Formula.Fixed(10)))));
        assertEquals(Reason.INVALID_ARGUMENT, refused.reason());
        assertThrows(
                Failure.class,
                () -> as(() -> commissions.add(
                        List.of(Currency.of("CHF"), EUR),
                        scope("pfl_vip", "REDEEM", EUR),
                        true,
                        percent)));
        assertEquals(3, commissions.rules("pfl_vip").size());
        assertEquals(List.of(), commissions.rules("pfl_gold"));
    }

    /// K-054: a copy has the rules of its model and goes its own way from then on.
    @Test
    void aCopyIsItsOwn() {
        add("2026-03-01", null, 1);
        var own = as(() -> commissions.copy(Commissions.BASE, "Own"));
        assertEquals(Tier.OWN, own.tier());
        assertEquals(Commissions.BASE, own.copiedFrom());
        var rule = commissions.rules(own.id()).getFirst();
        as(() -> commissions.change(
                new Rule(rule.id(), rule.scope(), true, terms(new Formula.Fixed(9)))));
        assertEquals(1, cost("2026-03-02"));
        as(() -> {
            commissions.contract("usr_1", own.id(), DAY, DAY);
            return own;
        });
        assertEquals(9, cost("2026-03-02"));
        assertTrue(audit.page("usr_1", "", Long.MAX_VALUE, 1)
                .getFirst()
                .entry()
                .detail()
                .startsWith(own.id()));
    }

    /// The database refuses overlapping ranges too.
    @Test
    void overlappingRangesAreRefusedByTheDatabase() {
        var rule = add("2026-03-01", null, 1);
        assertThrows(
                RuntimeException.class,
                () -> database.accounting()
                        .useHandle(handle ->
                                handle.createUpdate("""
                                insert into commission.range
                                       (rule_id, version, min_minor, below_minor, formula, millionths,
                                        fixed_minor)
                                values (:rule, 1, 5, 10, 'ZERO', 0, 0)
                                """).bind("rule", rule.id()).execute()));
    }

    private Rule add(String from, String until, long fixed) {
        var scope = new Rule.Scope(
                Commissions.BASE,
                "REDEEM",
                EUR,
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until));
        return as(() -> commissions.add(List.of(EUR), scope, true, terms(new Formula.Fixed(fixed))))
                .getFirst();
    }

    private long cost(String day) {
        return commissions
                .calculate("REDEEM", "usr_1", Money.of(100, "EUR"), LocalDate.parse(day))
                .commission()
                .minor();
    }

    private static Rule.Scope scope(String profile, String kind, Currency currency) {
        return new Rule.Scope(profile, kind, currency, DAY, null);
    }

    private static Rule.Terms terms(Formula formula) {
        return new Rule.Terms(
                Direction.OUT, RoundingRule.HALF_AWAY_FROM_ZERO, List.of(Range.all(formula)));
    }

    private static <T> T as(Supplier<T> work) {
        return Callers.as(Callers.user("usr_admin"), work::get);
    }
}
