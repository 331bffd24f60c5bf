package org.almonry.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A container of transactions with a business meaning, and its state now.
///
/// @param details a JSON object, typed by the kind
public record BusinessProcess(
        String id,
        String kind,
        String state,
        String subject,
        String details,
        String openedBy,
        Instant openedAt) {
    public BusinessProcess {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(state, "state is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(details, "details is null");
        requireNonNull(openedBy, "openedBy is null");
        requireNonNull(openedAt, "openedAt is null");
    }
}
