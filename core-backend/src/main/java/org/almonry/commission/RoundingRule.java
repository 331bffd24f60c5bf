package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// How a rule rounds to whole minor units. Each rule names its own; amounts are never
/// negative here, so away from zero is up.
public enum RoundingRule {
    /// The nearest; exactly between two, the larger. The default of the house.
    HALF_AWAY_FROM_ZERO(RoundingMode.HALF_UP),
    /// The nearest; exactly between two, the even one.
    HALF_EVEN(RoundingMode.HALF_EVEN),
    /// The next larger.
    UP(RoundingMode.UP),
    /// The next smaller.
    DOWN(RoundingMode.DOWN);

    private final RoundingMode mode;

    RoundingRule(RoundingMode mode) {
        this.mode = requireNonNull(mode, "mode is null");
    }

    /// So many millionths of an amount. At most the whole is taken, so it fits.
    long millionths(long minor, int millionths) {
        var exact = BigInteger.valueOf(minor).multiply(BigInteger.valueOf(millionths));
        return new BigDecimal(exact, Formula.MILLIONTHS_SCALE).setScale(0, mode).longValueExact();
    }
}
