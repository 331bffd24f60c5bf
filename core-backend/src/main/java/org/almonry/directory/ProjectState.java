package org.almonry.directory;

import static java.util.Objects.requireNonNull;

/// Where a project stands (C-051).
public sealed interface ProjectState {
    /// Waits for a platform admin; cannot receive.
    record Proposed() implements ProjectState {}

    /// May receive money.
    record Active(long coinId, DonationCode code) implements ProjectState {
        /// Refuses missing parts.
        public Active {
            requireNonNull(code, "code is null");
        }
    }

    /// Takes nothing new; what comes late with its code waits for a person.
    record Closed(long coinId, DonationCode code) implements ProjectState {
        /// Refuses missing parts.
        public Closed {
            requireNonNull(code, "code is null");
        }
    }

    /// Was proposed and turned down.
    record Declined() implements ProjectState {}
}
