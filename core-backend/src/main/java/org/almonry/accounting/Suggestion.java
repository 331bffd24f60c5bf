package org.almonry.accounting;

import java.util.List;

/// A place that a line could be booked to, how sure that is (0 to 100) and why, clue by
/// clue: the score is never shown without its reasons.
record Suggestion(Target target, int score, List<String> reasons, List<Part> parts) {
    Suggestion {
        reasons = List.copyOf(reasons);
        parts = List.copyOf(parts);
    }
}
