package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// How far the books have come, and who writes them.
///
/// @param chain hash over the whole journal, hexadecimal
public record Head(
        long batch,
        long lastTransaction,
        Instant recordedAt,
        String chain,
        String owner,
        long epoch,
        long coins,
        long openHolds) {
    public Head {
        requireNonNull(recordedAt, "recordedAt is null");
        requireNonNull(chain, "chain is null");
        requireNonNull(owner, "owner is null");
    }
}
