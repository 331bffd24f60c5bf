package org.almonry.ledger.proof;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Jdbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The transparency log over the batches: a Merkle tree whose leaves are their chains.
///
/// Reads each batch once, in order, and refuses a row that is not chained to the one
/// before. In memory stay the complete parts of 256 batches and more (about 150 KB per
/// million batches); the small parts are read again when a proof asks for them. Not for two
/// threads at once.
final class BatchLog implements Merkle.Nodes {
    /// Batches whose parts are not kept one by one: 2^8.
    private static final int TILE_LEVEL = 8;

    private static final int TILE = 1 << TILE_LEVEL;

    /// Rows per statement: a few MB.
    private static final int READ_AT_ONCE = 16 * TILE;

    private final Jdbi accounting;

    /// Hashes of complete parts, from [#TILE_LEVEL] up.
    private final List<List<byte[]>> levels = new ArrayList<>();

    /// Leaves after the last complete tile.
    private final List<byte[]> tail = new ArrayList<>();

    private byte[] lastChain = BatchSeal.NO_CHAIN;
    private long size;
    private long loadedTile = -1;
    private Merkle.Nodes loaded = Merkle.of(List.of());

    BatchLog(Jdbi accounting) {
        this.accounting = requireNonNull(accounting, "accounting is null");
    }

    /// Batches read so far.
    long size() {
        return size;
    }

    /// Reads the batches that came since.
    void advance() {
        int read;
        do {
            var rows = accounting.withHandle(
                    handle -> ProofStore.batches(handle, size + 1, size + READ_AT_ONCE));
            rows.forEach(this::append);
            read = rows.size();
        } while (read == READ_AT_ONCE);
    }

    byte[] root(long ofSize) {
        return Merkle.root(this, ofSize);
    }

    @Override
    public byte[] node(int level, long index) {
        if (level >= TILE_LEVEL) {
            return levels.get(level - TILE_LEVEL).get(Math.toIntExact(index));
        }
        long tile = (index << level) >> TILE_LEVEL;
        long inTile = index - ((tile << TILE_LEVEL) >> level);
        if (tile == size >> TILE_LEVEL) {
            return Merkle.of(tail).node(level, inTile);
        }
        if (tile != loadedTile) {
            loaded = Merkle.of(load(tile));
            loadedTile = tile;
        }
        return loaded.node(level, inTile);
    }

    private void append(ProofStore.Row row) {
        var seal = row.seal();
        if (seal.number() != size + 1
                || !Arrays.equals(seal.previousChain(), lastChain)
                || !row.isChained()) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "Batch " + (size + 1) + " of the ledger is not chained to the one before it.");
        }
        lastChain = row.chain();
        tail.add(Merkle.leaf(row.chain()));
        size++;
        if (tail.size() == TILE) {
            keep(0, Merkle.root(tail));
            tail.clear();
        }
    }

    private void keep(int level, byte[] hash) {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        var hashes = levels.get(level);
        hashes.add(hash);
        int count = hashes.size();
        if (count % 2 == 0) {
            keep(
                    level + 1,
                    Merkle.node(Merkle.sha256(), hashes.get(count - 2), hashes.get(count - 1)));
        }
    }

    private List<byte[]> load(long tile) {
        long first = tile * TILE + 1;
        var leaves = accounting.withHandle(
                handle -> ProofStore.batches(handle, first, first + TILE - 1).stream()
                        .map(row -> Merkle.leaf(row.chain()))
                        .toList());
        if (leaves.size() != TILE || !Arrays.equals(Merkle.root(leaves), node(TILE_LEVEL, tile))) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "Batches from " + first + " on are not what they were when they were read.");
        }
        return leaves;
    }
}
