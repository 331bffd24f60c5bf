package org.almonry.ledger.metadata;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A value that somebody set; an empty one took the item away.
///
/// @param target coin_… or txn_…
public record MetadataItem(String target, String key, String value, Instant at, String by) {
    public MetadataItem {
        requireNonNull(target, "target is null");
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        requireNonNull(at, "at is null");
        requireNonNull(by, "by is null");
    }
}
