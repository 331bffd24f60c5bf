package org.almonry.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Splits an amount so that the parts add up to exactly the whole (C-034).
public final class Allocation {
    /// Parts of one split. A basket has at most 20 items, one bank line rarely more than a
    /// few dozen sinks.
    public static final int PARTS_MAX = 10_000;

    private Allocation() {}

    private record Part(int index, long minor, BigInteger remainder) {}

    /// Splits by weights: every part gets its share rounded towards zero, then the parts
    /// with the largest remainder get one minor unit more each, the earliest first where
    /// remainders are equal. A negative total is split like the positive one, with the sign
    /// put back.
    public static List<Money> split(Money total, List<Long> weights) {
        if (weights.isEmpty() || weights.size() > PARTS_MAX) {
            throw new IllegalArgumentException("number of weights out of range: " + weights.size());
        }
        BigInteger sum = BigInteger.ZERO;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("negative weight: " + weight);
            }
            sum = sum.add(BigInteger.valueOf(weight));
        }
        if (sum.signum() == 0) {
            throw new IllegalArgumentException("all weights are zero");
        }
        var whole = BigInteger.valueOf(total.minor()).abs();
        var parts = new ArrayList<Part>(weights.size());
        BigInteger left = whole;
        for (int i = 0; i < weights.size(); i++) {
            var shared = whole.multiply(BigInteger.valueOf(weights.get(i))).divideAndRemainder(sum);
            parts.add(new Part(i, shared[0].longValueExact(), shared[1]));
            left = left.subtract(shared[0]);
        }
        // Fewer units are left than there are parts with a remainder, so no part gets two.
        int extra = left.intValueExact();
        var minors = new long[parts.size()];
        parts.sort(Comparator.comparing(Part::remainder).reversed().thenComparing(Part::index));
        for (int rank = 0; rank < parts.size(); rank++) {
            var part = parts.get(rank);
            minors[part.index()] = part.minor() + (rank < extra ? 1 : 0);
        }
        var result = new ArrayList<Money>(minors.length);
        for (long minor : minors) {
            result.add(new Money(total.isNegative() ? -minor : minor, total.currency()));
        }
        return List.copyOf(result);
    }
}
