package org.almonry.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// An event with its place in the outbox. The position is a good key for doing the
/// consequence only once.
public record StoredEvent(long position, Instant at, DomainEvent event) {
    public StoredEvent {
        requireNonNull(at, "at is null");
        requireNonNull(event, "event is null");
    }
}
