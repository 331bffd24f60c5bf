package org.almonry.ledger.proof;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What binds a batch: where it stands, what it holds, and the chain of the batch before
/// it. One changed bit anywhere before gives another [#chain()].
///
/// @param first id of the first transaction, or the id that the next one will get
/// @param root Merkle root of the transactions, in order
/// @param requestRoot Merkle root of the requests, in order of their first transaction and
/// @param previousChain chain of the batch before; [#NO_CHAIN] before the first
public record BatchSeal(
        short shard,
        long number,
        long epoch,
        long first,
        int transactions,
        int requests,
        Instant recordedAt,
        byte[] root,
        byte[] requestRoot,
        byte[] previousChain) {
    /// Stands for the chain before the first batch.
    public static final byte[] NO_CHAIN = new byte[Merkle.HASH];

    public BatchSeal {
        requireNonNull(recordedAt, "recordedAt is null");
        if (root.length != Merkle.HASH
                || requestRoot.length != Merkle.HASH
                || previousChain.length != Merkle.HASH) {
            throw new IllegalArgumentException("a hash has 32 bytes");
        }
    }

    /// The hash of all of it.
    public byte[] chain() {
        var bytes = new LeafWriter();
        bytes.number(shard);
        bytes.number(number);
        bytes.number(epoch);
        bytes.number(first);
        bytes.number(transactions);
        bytes.number(requests);
        bytes.instant(recordedAt);
        bytes.bytes(root);
        bytes.bytes(requestRoot);
        bytes.bytes(previousChain);
        return bytes.endPlain();
    }
}
