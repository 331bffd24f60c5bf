package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// Who guarantees the value of coins.
///
/// @param closedTo last day for which the books are closed, if any
public record Issuer(
        long id, String key, String name, @Nullable LocalDate closedTo) {
    public Issuer {
        requireNonNull(key, "key is null");
        requireNonNull(name, "name is null");
    }
}
