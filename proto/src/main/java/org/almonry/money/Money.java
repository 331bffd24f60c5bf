package org.almonry.money;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/// Money in the minor unit of one currency. Exact: overflow and mixed currencies fail,
/// nothing rounds.
public record Money(long minor, Currency currency) implements Comparable<Money> {
    /// Longest decimal text that is read; a long has 19 digits, and sign, point and zeros
    /// need a few more.
    private static final int TEXT_LENGTH_MAX = 40;

    public Money {
        requireNonNull(currency, "currency is null");
    }

    /// So many minor units of an ISO currency: `Money.of(2500, "EUR")` is 25.00 EUR.
    public static Money of(long minor, String code) {
        return new Money(minor, Currency.of(code));
    }

    /// Nothing of a currency.
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /// Reads "25", "25.0" or "-25.00"; more decimals than the currency has are refused, not
    /// rounded.
    public static Money parse(String decimal, Currency currency) {
        if (decimal.length() > TEXT_LENGTH_MAX || !decimal.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("not a decimal amount");
        }
        try {
            long minor =
                    new BigDecimal(decimal).movePointRight(currency.scale()).longValueExact();
            return new Money(minor, currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "an amount of " + currency.code() + " has at most " + currency.scale()
                            + " decimals and 18 digits",
                    e);
        }
    }

    /// The sum; throws on overflow.
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.addExact(minor, other.minor), currency);
    }

    /// The difference; throws on overflow.
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.subtractExact(minor, other.minor), currency);
    }

    /// The opposite; throws on overflow.
    public Money negate() {
        return new Money(Math.negateExact(minor), currency);
    }

    /// So many times as much; throws on overflow.
    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isPositive() {
        return minor > 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    /// The amount as a decimal number with all decimals of the currency.
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minor, currency.scale());
    }

    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return Long.compare(minor, other.minor);
    }

    /// "25.00 EUR": for logs and exports; pages format by locale.
    @Override
    public String toString() {
        return toDecimal().toPlainString() + " " + currency.code();
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "mixed currencies: " + currency.code() + " and " + other.currency.code());
        }
    }
}
