package org.almonry.ledger.proof;

import java.util.List;

/// Shows that a transaction is part of the history that a checkpoint speaks of.
///
/// Hash the leaf, climb `batchPath` to the root of its batch, hash that batch to its chain,
/// climb `logPath` to the root of the checkpoint.
///
/// @param leaf the canonical bytes of the transaction, without the prefix of RFC 6962
/// @param index place of the transaction in its batch, from 0
/// @param batch the batch, with the root that `batchPath` leads to
/// @param batchPath hashes from the leaf up to the root of the batch
/// @param logPath hashes from the batch, at place `batch.number() - 1`, up to the root of
///     the checkpoint
public record InclusionProof(
        byte[] leaf,
        int index,
        BatchSeal batch,
        List<byte[]> batchPath,
        List<byte[]> logPath,
        Checkpoint checkpoint) {
    public InclusionProof {
        batchPath = List.copyOf(batchPath);
        logPath = List.copyOf(logPath);
    }
}
