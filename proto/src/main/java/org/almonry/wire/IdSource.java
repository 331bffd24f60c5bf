package org.almonry.wire;

/// Makes ids: a prefix that says what the id names, and a UUID of version 7, so that ids
/// sort by time.
@FunctionalInterface
public interface IdSource {
    /// A new id such as "inc_0197f2d0c0de7…": prefix, underscore, 32 hex digits.
    String next(String prefix);
}
