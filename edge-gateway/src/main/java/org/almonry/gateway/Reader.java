package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// Who is reading, as the core said for this one request. Nothing of it outlives the
/// request.
///
/// @param token the session's reference token; empty for strangers
record Reader(String token, String id, String name, Set<String> permissions) {

    /// Nobody in particular.
    static final Reader STRANGER = new Reader("", "", "", Set.of());

    Reader {
        requireNonNull(token, "token is null");
        permissions = Set.copyOf(permissions);
    }

    boolean signedIn() {
        return !id.isEmpty();
    }

    /// Never the token.
    @Override
    public String toString() {
        return "Reader[" + id + "]";
    }
}
