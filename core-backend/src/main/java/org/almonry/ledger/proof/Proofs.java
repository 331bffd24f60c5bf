package org.almonry.ledger.proof;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Signs checkpoints and gives proofs about them.
///
/// Before each signature, the history behind the last checkpoint must still lead to the
/// root that was signed then: a core whose database was changed behind its back stops to
/// sign instead of covering it up. One core signs; two that sign at once agree, because
/// what they sign follows from the batches.
public final class Proofs {
    /// How often a checkpoint is signed while the books grow.
    public static final Duration SIGN_EVERY = Duration.ofSeconds(60);

    /// Stands before the first page of [#page].
    public static final long NEWEST = Long.MAX_VALUE;

    private final Jdbi accounting;
    private final @Nullable CheckpointKey key;
    private final Clock clock;
    private final BatchLog log;

    /// @param key signs; without one there are no new checkpoints
    public Proofs(Jdbi accounting, @Nullable CheckpointKey key, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.key = key;
        this.clock = requireNonNull(clock, "clock is null");
        log = new BatchLog(accounting);
    }

    /// The public key of the checkpoints, in the vkey form; empty if there is none.
    public String verifierKey() {
        return key == null ? "" : key.verifierKey();
    }

    /// The newest checkpoint.
    public Optional<Checkpoint> latest() {
        return page(NEWEST, 1).stream().findFirst();
    }

    /// Checkpoints below a size, newest first.
    public List<Checkpoint> page(long before, int limit) {
        return accounting.withHandle(handle -> ProofStore.checkpoints(handle, before, limit));
    }

    /// The checkpoint of this size, or the newest one if it is 0.
    public Checkpoint get(long size) {
        return (size == 0
                        ? latest()
                        : accounting.withHandle(handle -> ProofStore.checkpoint(handle, size)))
                .orElseThrow(() ->
                        new Failure(Reason.NOT_FOUND, "There is no checkpoint of this size."));
    }

    /// Signs the history up to now. If it did not grow since the last time, that one is
    /// given.
    public synchronized Checkpoint sign() {
        if (key == null) {
            throw new Failure(
                    Reason.WRONG_STATE, "No key for checkpoints is configured on this core.");
        }
        log.advance();
        var last = latest();
        if (last.isPresent()) {
            requireUnchanged(last.get());
            if (last.get().size() == log.size()) {
                return last.get();
            }
        }
        var signed = Checkpoint.signed(key, log.size(), log.root(log.size()), clock.instant());
        return accounting.inTransaction(handle -> {
            ProofStore.insert(handle, signed);
            // Another core may have been first; then its note stands.
            return ProofStore.checkpoint(handle, signed.size()).orElse(signed);
        });
    }

    /// What the schedule does: nothing without a key, and nothing if the books rest.
    public void signIfDue() {
        if (key != null) {
            sign();
        }
    }

    /// @param size of the checkpoint to prove it in; 0: the newest
    public synchronized InclusionProof inclusion(long transactionId, long size) {
        var checkpoint = get(size);
        log.advance();
        requireUnchanged(checkpoint);
        return accounting.inTransaction(handle -> {
            long number = ProofStore.batchOf(handle, transactionId)
                    .orElseThrow(() -> new Failure(
                            Reason.NOT_FOUND, "There is no such transaction in the ledger."));
            if (number > checkpoint.size()) {
                throw new Failure(
                        Reason.WRONG_STATE,
                        "The checkpoint is older than the transaction. Sign a new one first.");
            }
            var batch = ProofStore.batches(handle, number, number).getFirst().seal();
            var leaves = ProofStore.leaves(
                    handle, batch.first(), batch.first() + batch.transactions() - 1);
            var hashes = leaves.stream().map(Merkle::leaf).toList();
            int index = Math.toIntExact(transactionId - batch.first());
            if (!Arrays.equals(Merkle.root(hashes), batch.root())
                    || !Arrays.equals(Merkle.leaf(batch.chain()), log.node(0, number - 1))) {
                throw new Failure(
                        Reason.WRONG_STATE,
                        "The transactions of batch " + number + " are not those that it sealed.");
            }
            return new InclusionProof(
                    leaves.get(index),
                    index,
                    batch,
                    Merkle.inclusion(Merkle.of(hashes), index, hashes.size()),
                    Merkle.inclusion(log, number - 1, checkpoint.size()),
                    checkpoint);
        });
    }

    /// @param to 0: the newest checkpoint
    public synchronized ConsistencyProof consistency(long from, long to) {
        var before = get(from);
        var after = get(to);
        if (before.size() > after.size()) {
            throw new Failure(
                    Reason.INVALID_ARGUMENT, "The first checkpoint is newer than the second.");
        }
        log.advance();
        requireUnchanged(before);
        requireUnchanged(after);
        return new ConsistencyProof(
                before, after, Merkle.consistency(log, before.size(), after.size()));
    }

    private void requireUnchanged(Checkpoint checkpoint) {
        if (checkpoint.size() > log.size()
                || !Arrays.equals(log.root(checkpoint.size()), checkpoint.root())) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "History is not the one that checkpoint " + checkpoint.size() + " signed.");
        }
    }
}
