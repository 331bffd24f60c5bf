package org.almonry.providers;

import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

/// What is known after the last line: the booked balance then, how many lines were handed
/// over, and how many entries were left out because the bank had not booked them yet.
public record StatementFooter(@Nullable Money closing, long entries, long pending) {
    public StatementFooter {
        if (entries < 0 || pending < 0) {
            throw new IllegalArgumentException("counts are negative");
        }
    }

    /// Without pending entries.
    public StatementFooter(@Nullable Money closing, long entries) {
        this(closing, entries, 0);
    }
}
