package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Exchange rates that an admin sets (C-082a, C-086). They are shown beside amounts in
/// other currencies than the instance's own; nothing is booked by them. A rate is never
/// changed: the next day, or another source, brings the next one.
public final class ExchangeRates {
    /// Half a year of working days for one pair; the page needs no more.
    private static final int LISTED_MAX = 200;

    private final RateStore store;
    private final Currency home;
    private final Clock clock;

    /// `home` is the currency that the instance thinks in.
    public ExchangeRates(Jdbi jdbi, Currency home, Clock clock) {
        this.store = new RateStore(jdbi);
        this.home = requireNonNull(home, "home is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Adds a rate; the very same once more changes nothing, another one for the same day,
    /// direction and source fails with WRONG_STATE.
    ExchangeRate add(ExchangeRate rate, String by) {
        if (store.add(rate, by, clock.instant())) {
            return rate;
        }
        var known = store.sameDay(rate);
        if (known.rate().compareTo(rate.rate()) != 0) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "There is a rate of this source for this day already: " + known.note()
                            + ". Rates are never changed.");
        }
        return known;
    }

    /// Newest first.
    List<ExchangeRate> newest() {
        return store.newest(LISTED_MAX);
    }

    /// What to show beside an amount in another currency: the rate with direction, source
    /// and day, and what the amount is worth by it. Empty for the home currency.
    Optional<String> note(Money amount, LocalDate on) {
        if (amount.currency().equals(home)) {
            return Optional.empty();
        }
        return Optional.of(store.latest(amount.currency(), home, on)
                .map(rate -> rate.note() + ": about " + rate.convert(amount) + ", not converted")
                .orElse("no rate of " + amount.currency().code() + " and " + home.code()
                        + " is known for that day; not converted"));
    }
}
