package org.almonry.limit;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/// What somebody has used of a limit.
///
/// @param used in the window of the limit that the day is in; nothing for a limit on each one
public record Use(Limit limit, Limit.Used used, LocalDate day) {
    public Use {
        requireNonNull(limit, "limit is null");
        requireNonNull(used, "used is null");
        requireNonNull(day, "day is null");
    }

    /// The first day of the window.
    public LocalDate from() {
        return limit.bound().period().start(day);
    }

    /// The first day after the window.
    public LocalDate until() {
        return limit.bound().period().end(day);
    }

    /// Whether not even the least amount fits any more.
    public boolean isReached() {
        return limit.bound().isExceeded(used, 1);
    }
}
