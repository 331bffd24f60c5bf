package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/// A rate that says its direction: 1 `base` = `rate` `quote`, by `source`, on `date`
/// (C-082a). A bare "1.13" between dollar and euro can mean two things; 200 USD are 176.99
/// EUR when 1 EUR is 1.13 USD, and 226.00 EUR when 1 USD is 1.13 EUR.
public record ExchangeRate(
        Currency base, Currency quote, BigDecimal rate, String source, LocalDate date) {
    /// More digits than any central bank publishes, few enough for exact arithmetic.
    private static final int DIGITS_MAX = 12;

    public ExchangeRate {
        requireNonNull(base, "base is null");
        requireNonNull(quote, "quote is null");
        requireNonNull(source, "source is null");
        requireNonNull(date, "date is null");
        if (base.equals(quote)) {
            throw new IllegalArgumentException("A rate needs two currencies.");
        }
        if (rate.signum() <= 0) {
            throw new IllegalArgumentException("A rate is greater than zero.");
        }
        if (rate.scale() < 0
                || rate.scale() > DIGITS_MAX
                || rate.precision() - rate.scale() > DIGITS_MAX) {
            throw new IllegalArgumentException("A rate has at most 12 digits on each side.");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("A rate names its source.");
        }
    }

    /// Whether this rate, in one direction or the other, leads from one currency to the
    /// other.
    boolean joins(Currency from, Currency to) {
        return base.equals(from) && quote.equals(to) || base.equals(to) && quote.equals(from);
    }

    /// What an amount in either currency is worth in the other, rounded half away from zero
    /// (C-081). For showing only: nothing is ever booked by it.
    Money convert(Money amount) {
        var exact = BigDecimal.valueOf(amount.minor(), amount.currency().scale());
        if (amount.currency().equals(base)) {
            return inMinor(
                    exact.multiply(rate).setScale(quote.scale(), RoundingMode.HALF_UP), quote);
        }
        if (amount.currency().equals(quote)) {
            return inMinor(exact.divide(rate, base.scale(), RoundingMode.HALF_UP), base);
        }
        throw new IllegalArgumentException(
                "The rate does not know " + amount.currency().code());
    }

    private static Money inMinor(BigDecimal rounded, Currency currency) {
        return new Money(rounded.unscaledValue().longValueExact(), currency);
    }

    /// As shown beside an amount: "1 EUR = 1.1300 USD, ECB, 2026-11-20".
    String note() {
        return "1 " + base.code() + " = " + rate.toPlainString() + " " + quote.code() + ", "
                + source + ", " + date;
    }
}
