package org.almonry.mail;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What is told about a mail: that there is one, not to whom nor what it says.
///
/// @param state "waiting", "sent" or "failed"
/// @param sentAt null before
public record Mail(
        String id,
        String kind,
        String state,
        Instant createdAt,
        @Nullable Instant sentAt) {
    /// Refuses missing parts.
    public Mail {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(state, "state is null");
        requireNonNull(createdAt, "createdAt is null");
    }
}
