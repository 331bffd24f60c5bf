package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A user in a project, by opaque id.
public record Member(String userRef, ProjectRole role, Instant since) {
    /// Refuses missing parts.
    public Member {
        requireNonNull(userRef, "userRef is null");
        requireNonNull(role, "role is null");
        requireNonNull(since, "since is null");
    }
}
