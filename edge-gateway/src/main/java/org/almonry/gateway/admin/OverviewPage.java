package org.almonry.gateway.admin;

import org.almonry.accounting.v1.DayReceived;
import org.almonry.accounting.v1.GetOverviewResponse;
import org.almonry.type.v1.Money;
import org.almonry.webkit.Format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the overview shows: the figures, and one chart with its table per currency, since
/// amounts of two currencies cannot stand on one axis.
///
/// @param toDecide how many requests wait for a decision; below zero if the reader may not know
public record OverviewPage(GetOverviewResponse figures, List<Chart> charts, long toDecide) {
    public OverviewPage {
        charts = List.copyOf(charts);
    }

    /// Received per day and provider in one currency.
    ///
    /// @param scale decimals of the currency
    public record Chart(String currency, int scale, List<String> providers, List<Day> days) {
        public Chart {
            providers = List.copyOf(providers);
            days = List.copyOf(days);
        }
    }

    /// A day with an amount for each provider of its chart.
    public record Day(String date, List<Money> cells, long count) {
        public Day {
            cells = List.copyOf(cells);
        }
    }

    static OverviewPage of(GetOverviewResponse figures, long toDecide) {
        var byCurrency = new TreeMap<String, List<DayReceived>>();
        for (DayReceived each : figures.getDaysList()) {
            byCurrency
                    .computeIfAbsent(each.getAmount().getCurrency(), _ -> new ArrayList<>())
                    .add(each);
        }
        var charts = new ArrayList<Chart>();
        byCurrency.forEach((currency, rows) -> charts.add(chart(currency, rows)));
        return new OverviewPage(figures, charts, toDecide);
    }

    private static Chart chart(String currency, List<DayReceived> rows) {
        var providers = new TreeSet<String>();
        rows.forEach(row -> providers.add(row.getProvider()));
        var days = new TreeMap<String, Map<String, Long>>();
        var counts = new LinkedHashMap<String, Long>();
        for (DayReceived row : rows) {
            days.computeIfAbsent(row.getDate(), _ -> new TreeMap<>())
                    .merge(row.getProvider(), row.getAmount().getMinor(), Math::addExact);
            counts.merge(row.getDate(), row.getCount(), Math::addExact);
        }
        var result = new ArrayList<Day>();
        days.descendingMap()
                .forEach((date, amounts) -> result.add(new Day(
                        date,
                        providers.stream()
                                .map(provider -> Money.newBuilder()
                                        .setCurrency(currency)
                                        .setMinor(amounts.getOrDefault(provider, 0L))
                                        .build())
                                .toList(),
                        counts.getOrDefault(date, 0L))));
        return new Chart(currency, Format.scale(currency), List.copyOf(providers), result);
    }
}
