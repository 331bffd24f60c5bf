package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// One fetch of one provider (C-010, C-012), as far as it is.
///
/// @param id `run_…`; later runs have greater ids
/// @param pages pages read so far
/// @param breaks what was wrong in statements, in words (C-023)
/// @param failures runs that failed in a row before this one
public record FetchRun(
        String id,
        String provider,
        FetchState state,
        Trigger trigger,
        int pages,
        ImportCounts counts,
        List<String> breaks,
        int failures,
        Instant startedAt) {
    /// Who wanted it.
    public enum Trigger {
        /// The daily run.
        SCHEDULE,
        /// A failure before it.
        RETRY,
        /// A person.
        PERSON
    }

    /// Checks and copies.
    public FetchRun {
        requireNonNull(id, "id is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(state, "state is null");
        requireNonNull(trigger, "trigger is null");
        requireNonNull(counts, "counts is null");
        breaks = List.copyOf(breaks);
        requireNonNull(startedAt, "startedAt is null");
    }

    /// Whether nothing will change any more.
    public boolean isFinished() {
        return state.isFinished();
    }

    FetchRun in(FetchState next) {
        return new FetchRun(
                id, provider, next, trigger, pages, counts, breaks, failures, startedAt);
    }

    FetchRun with(int newPages, ImportCounts newCounts, List<String> newBreaks) {
        return new FetchRun(
                id, provider, state, trigger, newPages, newCounts, newBreaks, failures, startedAt);
    }
}
