package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Where a run stands.
public sealed interface FetchState {
    /// Waits for its turn.
    record Queued() implements FetchState {}

    /// Works.
    record Running() implements FetchState {}

    /// Ended well.
    record Succeeded(Instant finishedAt) implements FetchState {
        /// Checks the time.
        public Succeeded {
            requireNonNull(finishedAt, "finishedAt is null");
        }
    }

    /// Ended badly.
    ///
    /// @param cause in words, with what to do
    /// @param nextRetryAt null when only the next daily run or a person tries again
    record Failed(
            Instant finishedAt, String cause, @Nullable Instant nextRetryAt) implements FetchState {
        /// Checks what must be there.
        public Failed {
            requireNonNull(finishedAt, "finishedAt is null");
            requireNonNull(cause, "cause is null");
        }
    }

    /// Whether nothing will change any more.
    default boolean isFinished() {
        return switch (this) {
            case Queued queued -> false;
            case Running running -> false;
            case Succeeded succeeded -> true;
            case Failed failed -> true;
        };
    }
}
