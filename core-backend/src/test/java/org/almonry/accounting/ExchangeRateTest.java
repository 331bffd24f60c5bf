package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.LocalDate;

/// C-082a: a rate says its direction, and both directions of one number differ.
class ExchangeRateTest {
    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @CsvSource({
        // base, quote, rate, amount, currency, expected, in
        "EUR, USD, 1.13, 200.00, USD, 176.99, EUR",
        "USD, EUR, 1.13, 200.00, USD, 226.00, EUR",
        "USD, EUR, 1.11, 200.00, USD, 222.00, EUR",
        "USD, EUR, 1.18, 200.00, USD, 236.00, EUR",
        "USD, EUR, 1.13, 300.00, EUR, 265.49, USD",
        "EUR, JPY, 161.3500, 10.00, EUR, 1614, JPY",
        "EUR, JPY, 161.3500, 1614, JPY, 10.00, EUR",
        "USD, EUR, 1.13, -200.00, USD, -226.00, EUR",
        "EUR, USD, 1.005, 1.00, EUR, 1.01, USD",
        "EUR, USD, 1.005, -1.00, EUR, -1.01, USD",
    })
    void convertsInTheDirectionThatItNames(
            String base,
            String quote,
            String rate,
            String amount,
            String currency,
            String worth,
            String in) {
        var sut = new ExchangeRate(
                Currency.of(base), Currency.of(quote), new BigDecimal(rate), "ECB", DAY);
        assertEquals(
                Money.parse(worth, Currency.of(in)),
                sut.convert(Money.parse(amount, Currency.of(currency))));
    }

    @Test
    void showsItsDirectionSourceAndDay() {
        var rate = new ExchangeRate(EUR, USD, new BigDecimal("1.1300"), "ECB", DAY);
        assertEquals("1 EUR = 1.1300 USD, ECB, 2026-11-20", rate.note());
    }

    @Test
    void joinsItsTwoCurrenciesInBothDirectionsAndNoOthers() {
        var rate = new ExchangeRate(EUR, USD, new BigDecimal("1.13"), "ECB", DAY);
        assertTrue(rate.joins(EUR, USD) && rate.joins(USD, EUR));
        assertFalse(rate.joins(EUR, Currency.of("GBP")) || rate.joins(EUR, EUR));
        assertThrows(IllegalArgumentException.class, () -> rate.convert(Money.of(100, "GBP")));
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, EUR, 1.0, ECB",
        "EUR, USD, 0, ECB",
        "EUR, USD, -1.13, ECB",
        "EUR, USD, 1.1234567890123, ECB",
        "EUR, USD, 1234567890123, ECB",
        "EUR, USD, 1E+3, ECB",
        "EUR, USD, 1.13, ' '",
    })
    void refusesWhatIsNoRate(String base, String quote, String rate, String source) {
        var one = Currency.of(base);
        var other = Currency.of(quote);
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExchangeRate(one, other, new BigDecimal(rate), source, DAY));
    }
}
