package org.almonry.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class MoneyTest {
    private static final Currency EUR = Currency.of("EUR");

    /// C-081
    @ParameterizedTest
    @CsvSource({
        "13.3749, 1337",
        "13.3750, 1338",
        "-13.3749, -1337",
        "-13.3750, -1338",
        "0.005, 1",
        "-0.005, -1"
    })
    void roundsHalfAwayFromZero(BigDecimal amount, long minor) {
        assertEquals(new Money(minor, EUR), Rounding.round(amount, EUR));
    }

    /// C-081, C-069
    @Test
    void shareIsRoundedHalfAwayFromZero() {
        assertEquals(Money.of(3, "EUR"), Rounding.share(Money.of(25, "EUR"), 1000));
        assertEquals(Money.of(-3, "EUR"), Rounding.share(Money.of(-25, "EUR"), 1000));
        assertEquals(Money.of(250, "EUR"), Rounding.share(Money.of(2500, "EUR"), 1000));
        assertEquals(Money.of(0, "EUR"), Rounding.share(Money.of(2500, "EUR"), 0));
        assertEquals(
                Money.of(Long.MAX_VALUE, "EUR"),
                Rounding.share(Money.of(Long.MAX_VALUE, "EUR"), 10_000));
        assertThrows(
                IllegalArgumentException.class, () -> Rounding.share(Money.of(1, "EUR"), 10_001));
    }

    /// C-034
    @Test
    void oddCentGoesToTheLargestRemainderThenToTheEarliest() {
        assertEquals(
                minors(34, 33, 33), Allocation.split(Money.of(100, "EUR"), List.of(1L, 1L, 1L)));
        assertEquals(minors(1, 4), Allocation.split(Money.of(5, "EUR"), List.of(1L, 3L)));
        assertEquals(minors(0, 100), Allocation.split(Money.of(100, "EUR"), List.of(0L, 7L)));
        assertEquals(
                minors(-34, -33, -33),
                Allocation.split(Money.of(-100, "EUR"), List.of(1L, 1L, 1L)));
    }

    /// C-034
    @Test
    void partsAlwaysSumToTheWholeAndStayWithinOneUnitOfTheirShare() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            var weights = new ArrayList<Long>();
            int parts = 1 + random.nextInt(20);
            for (int i = 0; i < parts; i++) {
                weights.add(
                        random.nextBoolean()
                                ? random.nextLong(1, 100)
                                : random.nextLong(1, Long.MAX_VALUE));
            }
            var total = Money.of(random.nextLong(Long.MIN_VALUE + 1, Long.MAX_VALUE), "EUR");
            var split = Allocation.split(total, weights);
            var sum = Money.zero(EUR);
            for (var part : split) {
                sum = sum.plus(part);
                assertTrue(
                        part.isZero() || part.isNegative() == total.isNegative(), "seed " + seed);
            }
            assertEquals(total, sum, "seed " + seed);
        }
    }

    @Test
    void splitRefusesNoWeightsNegativeOnesAndOnlyZeros() {
        var money = Money.of(100, "EUR");
        assertThrows(IllegalArgumentException.class, () -> Allocation.split(money, List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> Allocation.split(money, List.of(1L, -1L)));
        assertThrows(
                IllegalArgumentException.class, () -> Allocation.split(money, List.of(0L, 0L)));
    }

    @ParameterizedTest
    @CsvSource({
        "25, 2500",
        "25.0, 2500",
        "-0.01, -1",
        "+7.5, 750",
        "92233720368547758.07, 9223372036854775807"
    })
    void parsesExactDecimals(String text, long minor) {
        assertEquals(new Money(minor, EUR), Money.parse(text, EUR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.001",
                "1,00",
                "1e2",
                ".5",
                "5.",
                "92233720368547758.08",
                "--1",
                " 1",
                "٣"
            })
    void refusesWhatItCannotReadExactly(String text) {
        assertThrows(IllegalArgumentException.class, () -> Money.parse(text, EUR));
    }

    @Test
    void scaleFollowsTheCurrency() {
        assertEquals("25.00 EUR", Money.of(2500, "EUR").toString());
        assertEquals("2500 JPY", Money.of(2500, "JPY").toString());
        assertEquals("2.500 KWD", Money.of(2500, "KWD").toString());
        assertEquals("-0.05 EUR", Money.of(-5, "EUR").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"XTS", "XAU", "eur", "EURO", "ZZZ", ""})
    void refusesWhatIsNoCurrency(String code) {
        assertThrows(IllegalArgumentException.class, () -> Currency.of(code));
    }

    @Test
    void overflowAndMixedCurrenciesThrow() {
        var most = Money.of(Long.MAX_VALUE, "EUR");
        assertThrows(ArithmeticException.class, () -> most.plus(Money.of(1, "EUR")));
        assertThrows(ArithmeticException.class, () -> most.times(2));
        assertThrows(
                ArithmeticException.class, () -> Money.of(Long.MIN_VALUE, "EUR").negate());
        assertThrows(IllegalArgumentException.class, () -> most.minus(Money.of(1, "USD")));
        assertThrows(IllegalArgumentException.class, () -> most.compareTo(Money.of(1, "USD")));
    }

    private static List<Money> minors(long... minors) {
        var result = new ArrayList<Money>();
        for (long minor : minors) {
            result.add(Money.of(minor, "EUR"));
        }
        return result;
    }
}
