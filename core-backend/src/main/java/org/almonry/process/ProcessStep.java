package org.almonry.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// One change of a process. The first, its opening, has an empty `fromState`.
public record ProcessStep(
        String processId, int place, Instant at, String fromState, String toState, String detail) {
    public ProcessStep {
        requireNonNull(processId, "processId is null");
        requireNonNull(at, "at is null");
        requireNonNull(fromState, "fromState is null");
        requireNonNull(toState, "toState is null");
        requireNonNull(detail, "detail is null");
    }
}
