package org.almonry.ledger.proof;

import java.util.List;

/// Shows that the history of one checkpoint begins with the whole history of an earlier
/// one.
public record ConsistencyProof(Checkpoint before, Checkpoint after, List<byte[]> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }
}
