package org.almonry.widgets;

import org.almonry.money.Money;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A project's activity over time (C-093): what came in per week.
final class Weeks {
    /// A year of weeks.
    static final int COUNT_MAX = 52;

    private Weeks() {}

    /// The Monday of the oldest week that is shown.
    static LocalDate oldest(LocalDate today) {
        return monday(today).minusWeeks(COUNT_MAX - 1L);
    }

    /// Sums per week, by their Mondays, oldest first, without gaps from the first week with
    /// money to this one. Days before the oldest week that is shown, or after today's, are
    /// left out.
    static SequencedMap<LocalDate, Money> of(Map<LocalDate, Money> days, LocalDate today) {
        SequencedMap<LocalDate, Money> weeks = new TreeMap<>();
        LocalDate last = monday(today);
        days.forEach((day, money) -> {
            LocalDate monday = monday(day);
            if (!monday.isBefore(oldest(today)) && !monday.isAfter(last)) {
                weeks.merge(monday, money, Money::plus);
            }
        });
        if (!weeks.isEmpty()) {
            Money nothing = Money.zero(weeks.firstEntry().getValue().currency());
            LocalDate first = weeks.firstEntry().getKey();
            long count = ChronoUnit.WEEKS.between(first, last);
            for (long week = 0; week <= count; week++) {
                weeks.putIfAbsent(first.plusWeeks(week), nothing);
            }
        }
        return weeks;
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
