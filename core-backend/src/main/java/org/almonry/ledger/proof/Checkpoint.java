package org.almonry.ledger.proof;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Base64;

/// A statement, signed at a moment, that history begins with these batches.
///
/// @param origin name of the log
/// @param size number of batches that it covers
/// @param root their Merkle root
/// @param note the whole of it as a signed note: what outsiders keep
public record Checkpoint(String origin, long size, byte[] root, Instant signedAt, String note) {
    public Checkpoint {
        requireNonNull(origin, "origin is null");
        requireNonNull(root, "root is null");
        requireNonNull(signedAt, "signedAt is null");
        requireNonNull(note, "note is null");
        if (size < 0 || root.length != Merkle.HASH) {
            throw new IllegalArgumentException("no size or no root");
        }
    }

    static Checkpoint signed(CheckpointKey key, long size, byte[] root, Instant at) {
        var body =
                key.name() + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
        return new Checkpoint(key.name(), size, root, at, key.sign(body));
    }
}
