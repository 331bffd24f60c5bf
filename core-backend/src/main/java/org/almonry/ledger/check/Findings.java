package org.almonry.ledger.check;

import java.util.ArrayList;
import java.util.List;

/// What a run has found wrong so far, one line each. A line names what it is about and both
/// values, so that the same fault gives the same line again.
final class Findings {
    /// After so many a person has seen enough, and the run may end.
    static final int MAX = 20;

    private final List<String> lines = new ArrayList<>();

    void add(String line, Object... values) {
        take(line.formatted(values));
    }

    void take(String text) {
        if (!areEnough() && !lines.contains(text)) {
            lines.add(text);
        }
    }

    boolean areEnough() {
        return lines.size() >= MAX;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
