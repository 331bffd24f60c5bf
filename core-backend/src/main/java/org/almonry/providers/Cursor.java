package org.almonry.providers;

import static java.util.Objects.requireNonNull;

/// Where a fetch goes on, in words that only the provider understands. Empty means from the
/// start.
public record Cursor(String value) {
    /// Banks hand out tokens of some hundred characters; more is a fault that should not
    /// fill our tables.
    public static final int LENGTH_MAX = 4096;

    /// Before the first page.
    public static final Cursor START = new Cursor("");

    public Cursor {
        requireNonNull(value, "value is null");
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("cursor is too long");
        }
    }

    /// Whether nothing has been fetched yet.
    public boolean isStart() {
        return value.isEmpty();
    }
}
