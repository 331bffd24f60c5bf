package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.CHAIN;
import static org.almonry.verifier.Finding.Kind.EXPLAINED;
import static org.almonry.verifier.Finding.Kind.ROWS;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Follows the batches: numbers without a gap, transactions without a gap, time and epoch
/// that never go back, each chained to the one before. If the chain of a batch does not fit
/// its row, it looks for the one value that makes it fit, which proves what stood there.
final class ChainCheck {
    static final byte[] NO_CHAIN = new byte[Sha.SIZE];

    /// How far a changed number is searched; each try costs about a microsecond.
    private static final int SEARCH = 20_000;

    /// Batches for which a lost value is searched; an attacker may have changed all.
    private static final int SEARCHED_MAX = 50;

    private final Findings findings;

    /// Batches whose chain fits no change of one number; a changed root may explain it.
    private final List<Batch> open = new ArrayList<>();

    private final List<byte[]> openPrevious = new ArrayList<>();
    private @Nullable Batch previous;
    private int searched;

    ChainCheck(Findings findings) {
        this.findings = findings;
    }

    /// Checks the next batch; gives it back as it was sealed, as far as that can be known.
    ///
    /// @param next the batch after it, if there is one
    /// @param recordedAt of the transaction at its place, or [Row#NONE]
    Batch next(Batch batch, @Nullable Batch next, long recordedAt) {
        var before = previous;
        long expectedNumber = before == null ? 1 : before.number() + 1;
        var chainBefore = before == null ? NO_CHAIN : before.chain();
        if (batch.number() > expectedNumber && batch.shard() == 0) {
            missing(batch, expectedNumber, before);
            // What it is chained to is not there.
            previous = batch;
            return batch;
        }
        var sealed = batch;
        if (!batch.follows(chainBefore)) {
            sealed = explain(batch, chainBefore, before, next, recordedAt);
        } else if (batch.number() != expectedNumber) {
            findings.add(CHAIN, batch.place(), "stands where batch " + expectedNumber + " should");
        }
        if (before != null) {
            order(sealed, before);
        } else if (sealed.first() != 1) {
            findings.add(CHAIN, sealed.place(), "begins with transaction " + sealed.first());
        }
        previous = sealed;
        return sealed;
    }

    /// The last batch as it was sealed.
    @Nullable
    Batch last() {
        return previous;
    }

    /// A computed root that differs from the one in the row: if the chain fits with it, the
    /// row was changed, and not what it seals. True if that explains all.
    boolean explainByRoot(Batch batch, byte[] root, byte[] requestRoot) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).number() == batch.number()
                    && batch.withRoots(root, requestRoot).follows(openPrevious.get(i))) {
                findings.add(
                        EXPLAINED,
                        batch.place(),
                        "its root was changed; the chain fits the root of its rows, " + hex(root)
                                + " and " + hex(requestRoot) + " for the requests");
                open.remove(i);
                openPrevious.remove(i);
                return true;
            }
        }
        return false;
    }

    private void missing(Batch batch, long expected, @Nullable Batch before) {
        long from = before == null ? 1 : before.end();
        findings.add(
                ROWS,
                batch.number() - expected == 1
                        ? "batch " + expected
                        : "batches %d to %d".formatted(expected, batch.number() - 1),
                "missing, with transactions %d to %d".formatted(from, batch.first() - 1));
    }

    private void order(Batch batch, Batch before) {
        if (batch.first() != before.end()) {
            findings.add(
                    CHAIN,
                    batch.place(),
                    "begins with transaction %d, the batch before ends with %d"
                            .formatted(batch.first(), before.end() - 1));
        }
        if (batch.epoch() < before.epoch()) {
            findings.add(
                    CHAIN,
                    batch.place(),
                    "is of epoch %d, the batch before of %d"
                            .formatted(batch.epoch(), before.epoch()));
        }
        if (batch.recordedAt() < before.recordedAt()) {
            findings.add(
                    CHAIN,
                    batch.place(),
                    "was recorded at %s, the batch before at %s"
                            .formatted(
                                    Field.moment(batch.recordedAt()),
                                    Field.moment(before.recordedAt())));
        }
    }

    private Batch explain(
            Batch batch,
            byte[] chainBefore,
            @Nullable Batch before,
            @Nullable Batch next,
            long recordedAt) {
        var computed = batch.chainAfter(chainBefore);
        if (next != null && next.number() == batch.number() + 1 && next.follows(computed)) {
            findings.add(
                    EXPLAINED,
                    batch.place(),
                    "chain was changed from " + hex(computed) + " to " + hex(batch.chain()));
            return batch.withChain(computed);
        }
        var found = searched++ < SEARCHED_MAX
                ? search(batch, chainBefore, before, next, recordedAt)
                : null;
        if (found != null) {
            findings.add(EXPLAINED, batch.place(), difference(batch, found));
            return found;
        }
        findings.add(
                CHAIN,
                batch.place(),
                "its chain is %s, but its row after the batch before gives %s"
                        .formatted(hex(batch.chain()), hex(computed)));
        if (open.size() < SEARCHED_MAX) {
            open.add(batch);
            openPrevious.add(chainBefore);
        }
        return batch;
    }

    private static @Nullable Batch search(
            Batch batch,
            byte[] chainBefore,
            @Nullable Batch before,
            @Nullable Batch next,
            long recordedAt) {
        var tries = new ArrayList<Batch>();
        long first = before == null ? 1 : before.end();
        tries.add(batch.withNumber(before == null ? 1 : before.number() + 1));
        tries.add(batch.withFirst(first));
        tries.add(batch.withRecordedAt(recordedAt));
        if (before != null) {
            tries.add(batch.withEpoch(before.epoch()));
        }
        if (next != null) {
            tries.add(batch.withEpoch(next.epoch()));
            tries.add(batch.withTransactions(next.first() - batch.first()));
        }
        for (var each : tries) {
            if (each.follows(chainBefore)) {
                return each;
            }
        }
        for (int i = 0; i < SEARCH; i++) {
            for (var each :
                    List.of(batch.withEpoch(i), batch.withTransactions(i), batch.withRequests(i))) {
                if (each.follows(chainBefore)) {
                    return each;
                }
            }
        }
        return null;
    }

    private static String difference(Batch now, Batch then) {
        if (now.number() != then.number()) {
            return "number was changed from %d to %d".formatted(then.number(), now.number());
        }
        if (now.epoch() != then.epoch()) {
            return "epoch was changed from %d to %d".formatted(then.epoch(), now.epoch());
        }
        if (now.first() != then.first()) {
            return "first_transaction_id was changed from %d to %d"
                    .formatted(then.first(), now.first());
        }
        if (now.transactions() != then.transactions()) {
            return "transactions was changed from %d to %d"
                    .formatted(then.transactions(), now.transactions());
        }
        if (now.requests() != then.requests()) {
            return "requests was changed from %d to %d".formatted(then.requests(), now.requests());
        }
        return "recorded_at was changed from %s to %s"
                .formatted(Field.moment(then.recordedAt()), Field.moment(now.recordedAt()));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }
}
