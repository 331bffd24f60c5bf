package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// C-082a: rates are added, never changed, and shown with direction, source and day.
class ExchangeRatesTest {
    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final TestDatabase database = TestDatabase.fresh();
    private final ExchangeRates rates = new ExchangeRates(
            database.accounting(),
            EUR,
            Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsTheDigitsAsPublished() {
        rates.add(rate(EUR, USD, "1.1300", DAY), "usr_1");
        assertEquals(List.of(rate(EUR, USD, "1.1300", DAY)), rates.newest());
    }

    @Test
    void refusesAnotherRateForTheSameDayDirectionAndSource() {
        rates.add(rate(EUR, USD, "1.13", DAY), "usr_1");
        var failure =
                assertThrows(Failure.class, () -> rates.add(rate(EUR, USD, "1.14", DAY), "usr_2"));
        assertEquals(Reason.WRONG_STATE, failure.reason());
        assertTrue(failure.safeText().contains("1 EUR = 1.13 USD, ECB, 2026-11-20"));
        rates.add(rate(EUR, USD, "1.13", DAY), "usr_1");
        rates.add(rate(USD, EUR, "0.885", DAY), "usr_1");
        rates.add(rate(EUR, USD, "1.14", DAY.plusDays(1)), "usr_1");
        assertEquals(3, rates.newest().size());
    }

    @Test
    void notesTheLatestRateKnownOnTheDayInEitherDirection() {
        rates.add(rate(EUR, USD, "1.1300", DAY), "usr_1");
        rates.add(rate(EUR, USD, "1.2000", DAY.plusDays(3)), "usr_1");
        assertEquals(
                Optional.of("1 EUR = 1.1300 USD, ECB, 2026-11-20: about 176.99 EUR, not converted"),
                rates.note(Money.of(20000, "USD"), DAY.plusDays(2)));
        assertEquals(Optional.empty(), rates.note(Money.of(20000, "EUR"), DAY));
        assertEquals(
                Optional.of("no rate of USD and EUR is known for that day; not converted"),
                rates.note(Money.of(20000, "USD"), DAY.minusDays(1)));
    }

    @Test
    void theApplicationRoleCannotChangeARate() {
        rates.add(rate(EUR, USD, "1.13", DAY), "usr_1");
        for (String sql : List.of(
                "update accounting.rate set rate = 2",
                "delete from accounting.rate",
                "truncate accounting.rate")) {
            assertThrows(
                    org.jdbi.v3.core.JdbiException.class,
                    () -> database.accounting().useHandle(handle -> handle.execute(sql)));
            assertThrows(
                    org.jdbi.v3.core.JdbiException.class,
                    () -> database.ownerJdbi().useHandle(handle -> handle.execute(sql)));
        }
    }

    private static ExchangeRate rate(Currency base, Currency quote, String rate, LocalDate on) {
        return new ExchangeRate(base, quote, new BigDecimal(rate), "ECB", on);
    }
}
