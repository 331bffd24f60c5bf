package org.almonry.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.money.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// K-055: what a limit counts, and when it starts anew. X-014: by the calendar of the
/// organisation's zone.
class PeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-29, 2026-03-29, 2026-03-30",
        "WEEK, 2026-03-01, 2026-02-23, 2026-03-02",
        "WEEK, 2026-03-02, 2026-03-02, 2026-03-09",
        "WEEK, 2027-01-01, 2026-12-28, 2027-01-04",
        "MONTH, 2026-02-28, 2026-02-01, 2026-03-01",
        "MONTH, 2028-02-29, 2028-02-01, 2028-03-01",
        "QUARTER, 2026-03-31, 2026-01-01, 2026-04-01",
        "QUARTER, 2026-04-01, 2026-04-01, 2026-07-01",
        "QUARTER, 2026-12-31, 2026-10-01, 2027-01-01",
        "YEAR, 2026-12-31, 2026-01-01, 2027-01-01",
        "LIFE, 2026-12-31, 1970-01-01, 9999-12-31",
        "TRANSACTION, 2026-12-31, 2026-12-31, 2027-01-01"
    })
    void windowsAreThoseOfTheCalendar(
            Period period, LocalDate day, LocalDate start, LocalDate end) {
        assertEquals(start, period.start(day));
        assertEquals(end, period.end(day));
    }

    /// Every day lies in exactly one window of each period, and windows follow on each other.
    @Test
    void windowsMeetWithoutGap() {
        for (var period : Period.values()) {
            if (period == Period.LIFE) {
                continue;
            }
            var day = LocalDate.of(2023, 12, 25);
            for (int i = 0; i < 1_500; i++, day = day.plusDays(1)) {
                assertFalse(period.start(day).isAfter(day));
                assertTrue(period.end(day).isAfter(day));
                assertEquals(period.end(day), period.start(period.end(day)), period + " " + day);
            }
        }
    }

    /// Both days on which the clocks change: 23 and 25 hours long, each one day.
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T22:59:59.999999Z, 2026-03-28",
        "2026-03-28T23:00:00Z, 2026-03-29",
        "2026-03-29T21:59:59.999999Z, 2026-03-29",
        "2026-03-29T22:00:00Z, 2026-03-30",
        "2026-10-24T21:59:59.999999Z, 2026-10-24",
        "2026-10-24T22:00:00Z, 2026-10-25",
        "2026-10-25T00:30:00Z, 2026-10-25",
        "2026-10-25T01:30:00Z, 2026-10-25",
        "2026-10-25T22:59:59.999999Z, 2026-10-25",
        "2026-10-25T23:00:00Z, 2026-10-26"
    })
    void aDayIsThatOfTheZone(Instant at, LocalDate day) {
        assertEquals(day, LocalDate.ofInstant(at, BERLIN));
    }

    @Test
    void theMaximumItselfIsAllowed() {
        var daily = bound(Measure.AMOUNT, Period.DAY, 1_000);
        assertFalse(daily.isExceeded(new Limit.Used(400, 7), 600));
        assertTrue(daily.isExceeded(new Limit.Used(400, 7), 601));
        assertTrue(daily.isExceeded(new Limit.Used(2_000, 1), 1));
        var each = bound(Measure.AMOUNT, Period.TRANSACTION, 1_000);
        assertFalse(each.isExceeded(new Limit.Used(5_000, 9), 1_000));
        assertTrue(each.isExceeded(Limit.Used.NOTHING, 1_001));
        var three = bound(Measure.NUMBER, Period.WEEK, 3);
        assertFalse(three.isExceeded(new Limit.Used(0, 2), Long.MAX_VALUE));
        assertTrue(three.isExceeded(new Limit.Used(0, 3), 1));
        assertTrue(bound(Measure.NUMBER, Period.TRANSACTION, 0).isExceeded(Limit.Used.NOTHING, 1));
        assertTrue(bound(Measure.AMOUNT, Period.LIFE, 0).isExceeded(Limit.Used.NOTHING, 1));
        assertFalse(bound(Measure.AMOUNT, Period.LIFE, Long.MAX_VALUE)
                .isExceeded(new Limit.Used(1, 1), Long.MAX_VALUE - 1));
        assertTrue(bound(Measure.AMOUNT, Period.LIFE, Long.MAX_VALUE)
                .isExceeded(new Limit.Used(2, 1), Long.MAX_VALUE - 1));
    }

    @Test
    void anExceededLimitSaysWhich() {
        var scope = new Limit.Scope("pfl_base", "REDEEM", Currency.of("EUR"));
        var limit = new Limit("lim_1", scope, bound(Measure.AMOUNT, Period.MONTH, 100_000), true);
        assertEquals(
                "more than 1000.00 EUR per month",
                new Verdict.Exceeded(limit, Limit.Used.NOTHING).text());
    }

    private static Limit.Bound bound(Measure measure, Period period, long maximum) {
        return new Limit.Bound(measure, period, maximum, Consequence.LIMITED);
    }
}
