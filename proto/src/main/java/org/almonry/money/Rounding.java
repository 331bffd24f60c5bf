package org.almonry.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// The one place where money is rounded: half away from zero (C-081).
public final class Rounding {
    /// Basis points of a whole.
    private static final int WHOLE_BASIS_POINTS = 10_000;

    private static final int BASIS_POINT_SCALE = 4;

    private Rounding() {}

    /// A share in hundredths of a percent, such as the overhead of a gift (C-069).
    public static Money share(Money of, int basisPoints) {
        if (basisPoints < 0 || basisPoints > WHOLE_BASIS_POINTS) {
            throw new IllegalArgumentException("basis points out of range: " + basisPoints);
        }
        return round(
                of.toDecimal().multiply(BigDecimal.valueOf(basisPoints, BASIS_POINT_SCALE)),
                of.currency());
    }

    /// The nearest amount of the currency; exactly between two, the one further from zero.
    public static Money round(BigDecimal amount, Currency currency) {
        long minor = amount.setScale(currency.scale(), RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
        return new Money(minor, currency);
    }
}
