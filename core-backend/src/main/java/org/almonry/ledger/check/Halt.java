package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Why nothing moves at the moment.
public record Halt(Instant since, String who, String why) {
    public Halt {
        requireNonNull(since, "since is null");
        requireNonNull(who, "who is null");
        requireNonNull(why, "why is null");
    }
}
