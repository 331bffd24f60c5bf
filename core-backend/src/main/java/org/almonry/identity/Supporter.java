package org.almonry.identity;

import static java.util.Objects.requireNonNull;

/// Somebody who gives. Name and address are empty where they were not told.
public record Supporter(String id, String name, String email, String language) {
    /// Refuses missing parts.
    public Supporter {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(email, "email is null");
        requireNonNull(language, "language is null");
    }

    /// Name and address stay out of logs.
    @Override
    public String toString() {
        return "Supporter[" + id + "]";
    }
}
