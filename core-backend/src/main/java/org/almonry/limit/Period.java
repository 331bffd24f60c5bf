package org.almonry.limit;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/// How far back a limit counts. Windows are of the calendar: a week starts on Monday, a month
/// on its first day.
public enum Period {
    /// Each one alone.
    TRANSACTION,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    /// All there ever was.
    LIFE;

    /// The first day that counts on this day.
    LocalDate start(LocalDate day) {
        return switch (this) {
            case TRANSACTION, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
            case LIFE -> LocalDate.EPOCH;
        };
    }

    /// The first day that no longer counts.
    LocalDate end(LocalDate day) {
        var start = start(day);
        return switch (this) {
            case TRANSACTION, DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case QUARTER -> start.plusMonths(3);
            case YEAR -> start.plusYears(1);
            case LIFE -> LocalDate.of(9999, 12, 31);
        };
    }
}
