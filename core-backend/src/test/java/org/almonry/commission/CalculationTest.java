package org.almonry.commission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The arithmetic of commissions: K-050, K-051, K-052, the ranges of K-053, the rounding of
///
class CalculationTest {
    private static final long SEED = 20_260_301;
    private static final int ROUNDS = 20_000;
    private static final int TWO_PERCENT = 20_000;
    private static final long HUNDRED = 10_000;
    private static final long ONE = 100;
    private static final RoundingRule HALF = RoundingRule.HALF_AWAY_FROM_ZERO;

    /// K-052: 100.00, fixed 1.00, percent 2.
    @Test
    void theSixKindsGiveTheirVectors() {
        assertEquals(0, new Formula.Zero().of(HUNDRED, HALF));
        assertEquals(200, new Formula.Percent(TWO_PERCENT).of(HUNDRED, HALF));
        assertEquals(100, new Formula.Fixed(ONE).of(HUNDRED, HALF));
        assertEquals(200, new Formula.Greater(TWO_PERCENT, ONE).of(HUNDRED, HALF));
        assertEquals(100, new Formula.Lesser(TWO_PERCENT, ONE).of(HUNDRED, HALF));
        assertEquals(300, new Formula.FixedAndPercent(TWO_PERCENT, ONE).of(HUNDRED, HALF));
    }

    /// K-051, K-052: OUT on top, IN deducted, SHARED by both, the odd cent with the sender.
    @Test
    void theThreeDirectionsGiveTheirVectors() {
        var both = new Formula.FixedAndPercent(TWO_PERCENT, ONE);
        assertSides(Direction.OUT, both, 10_300, 10_000, 300);
        assertSides(Direction.IN, both, 10_000, 9_700, 300);
        assertSides(Direction.SHARED, both, 10_150, 9_850, 300);
        assertSides(Direction.SHARED, new Formula.Fixed(301), 10_151, 9_850, 301);
        assertSides(Direction.SHARED, new Formula.Fixed(1), 10_001, 10_000, 1);
    }

    /// each rule names its rounding; half away from zero is the default of the house.
    @Test
    void eachRuleRoundsInItsOwnWay() {
        var expected = Map.of(
                RoundingRule.HALF_AWAY_FROM_ZERO, List.of(0L, 1L, 1L, 2L, 3L),
                RoundingRule.HALF_EVEN, List.of(0L, 0L, 1L, 2L, 2L),
                RoundingRule.UP, List.of(1L, 1L, 1L, 2L, 3L),
                RoundingRule.DOWN, List.of(0L, 0L, 0L, 1L, 2L));
        var amounts = List.of(24L, 25L, 26L, 75L, 125L);
        var twoPercent = new Formula.Percent(TWO_PERCENT);
        expected.forEach((rounding, wanted) -> assertEquals(
                wanted,
                amounts.stream().map(minor -> twoPercent.of(minor, rounding)).toList(),
                rounding.name()));
        for (var rounding : RoundingRule.values()) {
            assertTrue(expected.containsKey(rounding), rounding.name());
        }
    }

    /// Against exact decimals, for amounts of every size: no digit is lost on the way.
    @Test
    void everyShareIsTheExactOneRounded() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            long minor = random.nextLong() >>> random.nextInt(1, 63);
            int millionths = random.nextInt(Formula.WHOLE + 1);
            var exact =
                    new BigDecimal(minor).multiply(new BigDecimal(millionths)).movePointLeft(6);
            assertEquals(
                    exact.setScale(0, RoundingMode.HALF_UP).longValueExact(),
                    new Formula.Percent(millionths).of(minor, HALF));
        }
        assertEquals(Long.MAX_VALUE, new Formula.Percent(Formula.WHOLE).of(Long.MAX_VALUE, HALF));
    }

    /// K-044: whatever the formulas, levels and directions, nothing appears and nothing is
    /// lost: taken = given + commission, and the parts of the levels are all of it.
    @Test
    void totalsAreExact() {
        var random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long minor = random.nextLong(1, 1_000_000_000);
            var parts = new ArrayList<Calculation.Part>();
            for (var level : Level.values()) {
                parts.add(rule(direction(random), formula(random)).on(minor, level, "earner"));
            }
            long receiver = parts.stream().mapToLong(Calculation.Part::receiver).sum();
            if (receiver > minor) {
                assertThrows(IllegalArgumentException.class, () -> calculated(minor, parts));
                refused++;
                continue;
            }
            var found = calculated(minor, parts);
            assertEquals(found.taken(), found.given().plus(found.commission()));
            assertEquals(
                    found.commission(),
                    found.commission(Level.SYSTEM).plus(found.commission(Level.PROVIDER)));
            assertEquals(found.commission(), found.feeOfSender().plus(found.feeOfReceiver()));
            for (var part : parts) {
                long whole = part.sender() + part.receiver();
                assertTrue(part.sender() >= 0 && part.receiver() >= 0 && whole >= 0);
            }
        }
        assertTrue(refused > 0 && refused < ROUNDS / 2, "refused " + refused);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(
                ArithmeticException.class,
                () -> new Formula.FixedAndPercent(Formula.WHOLE, 1).of(Long.MAX_VALUE, HALF));
        var part = new Calculation.Part(Level.SYSTEM, "", 1, 0);
        assertThrows(ArithmeticException.class, () -> calculated(Long.MAX_VALUE, List.of(part)));
        assertThrows(IllegalArgumentException.class, () -> calculated(0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Formula.Percent(-1));
        assertThrows(IllegalArgumentException.class, () -> new Formula.Percent(Formula.WHOLE + 1));
        assertThrows(IllegalArgumentException.class, () -> new Formula.Fixed(-1));
        assertThrows(IllegalArgumentException.class, () -> new Formula.Zero().of(-1, HALF));
    }

    /// K-053: ranges that overlap cannot be made, and each edge belongs to one range.
    @Test
    void edgesBelongToOneRange() {
        var terms = new Rule.Terms(
                Direction.OUT,
                HALF,
                List.of(
                        new Range(10_000, Range.OPEN, new Formula.Fixed(3)),
                        new Range(0, 5_000, new Formula.Fixed(1)),
                        new Range(5_000, 10_000, new Formula.Fixed(2))));
        var fees =
                Map.of(0L, 1L, 4_999L, 1L, 5_000L, 2L, 9_999L, 2L, 10_000L, 3L, Long.MAX_VALUE, 3L);
        fees.forEach((minor, fee) -> {
            assertEquals(
                    1,
                    terms.ranges().stream()
                            .filter(range -> range.contains(minor))
                            .count());
            var formula = terms.range(minor).orElseThrow().formula();
            assertEquals(fee, formula.of(minor, HALF), minor.toString());
        });
        assertThrows(
                IllegalArgumentException.class,
                () -> new Rule.Terms(
                        Direction.OUT,
                        HALF,
                        List.of(
                                new Range(0, 5_001, new Formula.Zero()),
                                new Range(5_000, 6_000, new Formula.Zero()))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Rule.Terms(
                        Direction.OUT,
                        HALF,
                        List.of(
                                Range.all(new Formula.Zero()),
                                new Range(Range.OPEN - 1, Range.OPEN, new Formula.Zero()))));
        assertThrows(IllegalArgumentException.class, () -> new Range(5, 5, new Formula.Zero()));
    }

    /// An amount that no range covers costs nothing.
    @Test
    void outsideOfAllRangesNothingIsTaken() {
        var rule = rule(Direction.OUT, List.of(new Range(100, 200, new Formula.Fixed(7))));
        assertEquals(0, rule.on(99, Level.SYSTEM, "").sender());
        assertEquals(7, rule.on(100, Level.SYSTEM, "").sender());
        assertEquals(0, rule.on(200, Level.SYSTEM, "").sender());
    }

    /// K-053: from a day on, until a day on which it no longer applies.
    @Test
    void datesOfRulesMeetWithoutOverlapping() {
        var first = scope("2026-01-01", "2026-02-01");
        var second = scope("2026-02-01", "2026-03-01");
        assertTrue(first.contains(LocalDate.parse("2026-01-31")));
        assertTrue(!first.contains(LocalDate.parse("2026-02-01")));
        assertTrue(second.contains(LocalDate.parse("2026-02-01")));
        assertTrue(!first.overlaps(second) && !second.overlaps(first));
        assertTrue(first.overlaps(scope("2026-01-31", "2026-02-02")));
        assertThrows(IllegalArgumentException.class, () -> scope("2026-01-01", "2026-01-01"));
    }

    private static void assertSides(
            Direction direction, Formula formula, long taken, long given, long commission) {
        var part = rule(direction, formula).on(HUNDRED, Level.SYSTEM, "hoster");
        var found = calculated(HUNDRED, List.of(part));
        assertEquals(
                List.of(taken, given, commission),
                List.of(
                        found.taken().minor(),
                        found.given().minor(),
                        found.commission().minor()));
    }

    private static Calculation calculated(long minor, List<Calculation.Part> parts) {
        return new Calculation(Money.of(minor, "EUR"), parts);
    }

    private static Rule rule(Direction direction, Formula formula) {
        return rule(direction, List.of(Range.all(formula)));
    }

    private static Rule rule(Direction direction, List<Range> ranges) {
        return new Rule(
                "rule_1",
                scope("2026-01-01", "2027-01-01"),
                true,
                new Rule.Terms(direction, HALF, ranges));
    }

    private static Rule.Scope scope(String from, String until) {
        return new Rule.Scope(
                "pfl_1",
                "CLIENT_TRANSFER",
                Currency.of("EUR"),
                LocalDate.parse(from),
                LocalDate.parse(until));
    }

    private static Direction direction(Random random) {
        return Direction.values()[random.nextInt(Direction.values().length)];
    }

    private static Formula formula(Random random) {
        int millionths = random.nextInt(Formula.WHOLE / 2);
        long minor = random.nextLong(1_000_000);
        return switch (random.nextInt(6)) {
            case 0 -> new Formula.Zero();
            case 1 -> new Formula.Percent(millionths);
            case 2 -> new Formula.Fixed(minor);
            case 3 -> new Formula.Greater(millionths, minor);
            case 4 -> new Formula.Lesser(millionths, minor);
            default -> new Formula.FixedAndPercent(millionths, minor);
        };
    }
}
