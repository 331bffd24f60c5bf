package org.almonry.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What somebody did with a request, or tried to.
///
/// @param outcome "posted", or why nothing came of it
public record RequestStep(
        Instant at,
        String actor,
        String action,
        String fromState,
        String toState,
        String reason,
        String outcome) {
    public RequestStep {
        requireNonNull(at, "at is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(action, "action is null");
        requireNonNull(fromState, "fromState is null");
        requireNonNull(toState, "toState is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(outcome, "outcome is null");
    }

    static RequestStep of(Attempt attempt) {
        return new RequestStep(
                attempt.at(),
                attempt.actor(),
                attempt.action(),
                attempt.from(),
                attempt.path().getLast().name(),
                attempt.reason(),
                attempt.outcome());
    }
}
