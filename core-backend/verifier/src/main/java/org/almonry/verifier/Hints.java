package org.almonry.verifier;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Values that a field should have had, as other rows imply. [Explainer] tries them.
final class Hints {
    /// What is more is only the echo of the first ones.
    private static final int KEPT_MAX = 10_000;

    /// Each is tried with each other one.
    private static final int GAPS_MAX = 20;

    record Hint(Field field, byte[] value) {}

    /// An entry that is missing, as its neighbours imply it: its number, by how much it
    /// changed the coin, and the balance after it.
    record Gap(long coin, long seq, long change, long after) {}

    private final LongMap<List<Hint>> byTransaction = new LongMap<>();
    private final LongMap<long[]> byHold = new LongMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int count;

    void add(long transaction, Field field, long value) {
        add(transaction, field, Leaves.bytes(value));
    }

    void add(long transaction, Field field, byte[] value) {
        if (count++ >= KEPT_MAX) {
            return;
        }
        var hints = byTransaction.get(transaction);
        if (hints == null) {
            hints = new ArrayList<>();
            byTransaction.put(transaction, hints);
        }
        hints.add(new Hint(field, value));
    }

    void addGap(Gap gap) {
        if (gaps.size() < GAPS_MAX) {
            gaps.add(gap);
        }
    }

    List<Gap> gaps() {
        return gaps;
    }

    /// By how much the row of a hold differs from what its transactions make of it.
    void addHold(long hold, long remaining, long captured) {
        if (remaining != 0 || captured != 0) {
            byHold.put(hold, new long[] {remaining, captured});
        }
    }

    long @Nullable [] ofHold(long hold) {
        return byHold.get(hold);
    }

    List<Hint> of(long transaction) {
        var hints = byTransaction.get(transaction);
        return hints == null ? List.of() : hints;
    }
}
