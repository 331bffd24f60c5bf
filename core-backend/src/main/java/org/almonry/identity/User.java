package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A person who signs in.
public record User(
        String id,
        String email,
        String displayName,
        Role role,
        String language,
        boolean disabled,
        Instant createdAt) {
    /// Refuses missing parts.
    public User {
        requireNonNull(id, "id is null");
        requireNonNull(email, "email is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
        requireNonNull(language, "language is null");
        requireNonNull(createdAt, "createdAt is null");
    }

    /// Name and address stay out of logs.
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
