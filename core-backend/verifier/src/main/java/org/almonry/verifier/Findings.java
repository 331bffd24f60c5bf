package org.almonry.verifier;

import java.util.ArrayList;
import java.util.List;

/// Collects findings. A ledger that is wrong everywhere gives millions; the first ones tell
/// what happened, the rest is counted.
final class Findings {
    /// More than anybody reads.
    private static final int KEPT_MAX = 1_000;

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Finding.Kind kind, String place, String text) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Finding(kind, place, text));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    long count() {
        return count;
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }
}
