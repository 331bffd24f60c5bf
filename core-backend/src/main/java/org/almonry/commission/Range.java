package org.almonry.commission;

import static java.util.Objects.requireNonNull;

/// A condition of a rule: from an amount on, below another. So an edge belongs to one range:
/// the one that starts there (K-053).
public record Range(long minMinor, long belowMinor, Formula formula) {
    /// The upper edge of a range that has none.
    public static final long OPEN = Long.MAX_VALUE;

    public Range {
        requireNonNull(formula, "formula is null");
        if (minMinor < 0 || belowMinor <= minMinor) {
            throw new IllegalArgumentException("a range starts at 0 or later and is not empty");
        }
    }

    /// All amounts.
    public static Range all(Formula formula) {
        return new Range(0, OPEN, formula);
    }

    boolean contains(long minor) {
        return minor >= minMinor && (minor < belowMinor || belowMinor == OPEN);
    }

    boolean namesAmounts() {
        return formula.hasAmount() || minMinor > 0 || belowMinor != OPEN;
    }
}
