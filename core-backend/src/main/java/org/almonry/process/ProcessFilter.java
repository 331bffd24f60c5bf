package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/// Which processes history shows, and in which order (K-045). What is null, empty or zero does
/// not narrow it. Coins and amounts are those of requests; a process of the booking kinds has
/// none of its own and is found by the others.
///
/// @param id the process, or what it is about
/// @param from from this moment on
/// @param until before this moment
/// @param states empty: all
/// @param kinds empty: all
/// @param openedBy who asked for it
/// @param minMinor the least amount
/// @param maxMinor the largest
public record ProcessFilter(
        String id,
        @Nullable Instant from,
        @Nullable Instant until,
        Set<ProcessState> states,
        Set<ProcessKind> kinds,
        long coin,
        String openedBy,
        @Nullable Long minMinor,
        @Nullable Long maxMinor,
        Order order) {
    /// All of them, newest first.
    public static final ProcessFilter ALL = new ProcessFilter(
            "",
            null,
            null,
            EnumSet.noneOf(ProcessState.class),
            EnumSet.noneOf(ProcessKind.class),
            0,
            "",
            null,
            null,
            Order.NEWEST);

    /// In which order; what is alike, newest first.
    public enum Order {
        NEWEST,
        OLDEST,
        LARGEST,
        SMALLEST
    }

    public ProcessFilter {
        requireNonNull(id, "id is null");
        requireNonNull(openedBy, "openedBy is null");
        requireNonNull(order, "order is null");
        states = Set.copyOf(states);
        kinds = Set.copyOf(kinds);
    }

    /// The words of the states as they are stored.
    String[] stored() {
        return states.stream().flatMap(state -> state.stored().stream()).toArray(String[]::new);
    }
}
