package org.almonry.accounting;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;

/// The figures of the admin's first page that come from statements and runs. What waits is
/// the inbox's to say.
public final class Overview {
    /// Days that the chart shows.
    private static final int DAYS = 90;

    private static final Duration FAILURES_OF = Duration.ofHours(24);

    private final Jdbi accounting;
    private final FetchStore runs;
    private final Reconciliation reconciliation;
    private final Clock clock;
    private final ZoneId zone;

    /// Wires the figures; the zone says when a day begins.
    public Overview(Jdbi accounting, Reconciliation reconciliation, Clock clock, ZoneId zone) {
        this.accounting = accounting;
        this.runs = new FetchStore(accounting);
        this.reconciliation = reconciliation;
        this.clock = clock;
        this.zone = zone;
    }

    /// A day's credits on an account.
    public record Day(LocalDate date, String accountId, Money amount, long credits) {}

    /// The figures.
    ///
    /// @param receivedToday per currency
    /// @param failedRuns of the last 24 hours
    /// @param drifting accounts whose bank and ledger differ
    /// @param days of the last 90 days with credits, oldest first
    public record Figures(
            List<Money> receivedToday,
            long failedRuns,
            List<Reconciliation.Standing> drifting,
            List<Day> days) {
        /// Copies the lists.
        public Figures {
            receivedToday = List.copyOf(receivedToday);
            drifting = List.copyOf(drifting);
            days = List.copyOf(days);
        }
    }

    /// The figures as of now.
    public Figures figures() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        var days = accounting.withHandle(
                handle -> OverviewStore.days(handle, today.minusDays(DAYS - 1), today));
        var received = new LinkedHashMap<Currency, Money>();
        days.stream()
                .filter(day -> day.date().equals(today))
                .forEach(day -> received.merge(day.amount().currency(), day.amount(), Money::plus));
        return new Figures(
                List.copyOf(received.values()),
                runs.failedSince(clock.instant().minus(FAILURES_OF)),
                reconciliation.accounts().stream()
                        .filter(Reconciliation.Standing::isDrifting)
                        .toList(),
                days);
    }
}
