package org.almonry.limit;

/// What happens to a request that exceeds a limit, the milder ones first.
public enum Consequence {
    /// It waits for the confirmation of a second person.
    CONFIRMATION,
    /// It is stopped in the state LIMITED, for anti-fraud to release or refuse (K-042).
    LIMITED,
    /// It is not taken at all.
    REFUSAL
}
