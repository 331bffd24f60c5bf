package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.EXPLAINED;
import static org.almonry.verifier.Finding.Kind.SEAL;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Looks for what a batch held when it was sealed: the one change of its rows with which
/// they give the sealed root. A hit is a proof, because nobody finds other rows with that
/// root.
final class Explainer {
    /// Days, and minutes of an expiry, that are tried around what stands there.
    private static final int AROUND = 400;

    /// Coins that are tried in place of another one.
    private static final int COINS_MAX = 500;

    /// Rows of which each two are tried in each other's place.
    private static final int SWAPPED_MAX = 100;

    /// Rows before and behind whose values are tried.
    private static final int NEIGHBOURS = 8;

    /// Leaves that are tried for one batch; each takes some microseconds.
    private static final int TRIES_MAX = 300_000;

    /// Factors that somebody may have applied to all amounts.
    private static final long[] FACTORS = {2, 3, 5, 10, 100, 1_000, -1};

    private static final Set<Field> MONEY = Set.of(
            Field.SOURCE_AFTER, Field.DESTINATION_AFTER, Field.AMOUNT_MINOR, Field.HELD_CHANGE);

    private static final int TYPES = 14;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    /// Batches for which all is tried in vain before the search is given up: it takes up to
    /// a second for each.
    private static final int FAILED_MAX = 4;

    private final Tables tables;
    private final Hints hints;
    private final Findings findings;
    private int failed;

    Explainer(Tables tables, Hints hints, Findings findings) {
        this.tables = tables;
        this.hints = hints;
        this.findings = findings;
    }

    /// Explains, or at least says that the rows do not give the root. True if explained.
    boolean explain(Hashing.Mismatch mismatch) {
        var batch = mismatch.batch();
        boolean isRight = true;
        if (!ChainCheck.same(mismatch.requestRoot(), batch.requestRoot())) {
            isRight = requests(mismatch);
            if (!isRight) {
                findings.add(
                        SEAL,
                        batch.place(),
                        "its requests give the root %s, sealed was %s"
                                .formatted(
                                        ChainCheck.hex(mismatch.requestRoot()),
                                        ChainCheck.hex(batch.requestRoot())));
            }
        }
        if (!ChainCheck.same(mismatch.root(), batch.root())) {
            boolean isExplained = failed < FAILED_MAX && explainRows(mismatch);
            if (!isExplained) {
                failed++;
                findings.add(
                        SEAL,
                        batch.place(),
                        "its transactions %d to %d give the root %s, sealed was %s"
                                .formatted(
                                        batch.first(),
                                        batch.end() - 1,
                                        ChainCheck.hex(mismatch.root()),
                                        ChainCheck.hex(batch.root())));
            }
            isRight &= isExplained;
        }
        return isRight;
    }

    private boolean explainRows(Hashing.Mismatch mismatch) {
        if (mismatch.leaves().size() != mismatch.batch().transactions()) {
            return new LostRow(tables, hints, findings).explain(mismatch);
        }
        var tree = new Tree(mismatch.leaves());
        return scaled(mismatch, tree) || one(mismatch, tree) || swapped(mismatch, tree);
    }

    private boolean one(Hashing.Mismatch mismatch, Tree tree) {
        var leaves = mismatch.leaves();
        for (int row = 0; row < leaves.size(); row++) {
            if (hits(mismatch, tree, row, hinted(leaves.get(row)))) {
                return true;
            }
        }
        int tries = 0;
        for (int row = 0; row < leaves.size() && tries < TRIES_MAX; row++) {
            var candidates = candidates(mismatch, row);
            tries += candidates.size();
            if (hits(mismatch, tree, row, candidates)) {
                return true;
            }
        }
        return new CoinChange(tables, findings).explain(mismatch, tree);
    }

    private boolean hits(
            Hashing.Mismatch mismatch, Tree tree, int row, List<List<byte[]>> candidates) {
        for (var each : candidates) {
            if (tree.isRoot(row, each, mismatch.batch().root())) {
                var fields = mismatch.leaves().get(row);
                tell("transaction " + Leaves.value(fields.getFirst()), fields, each);
                return true;
            }
        }
        return false;
    }

    /// What other rows and tables say of this one.
    private List<List<byte[]>> hinted(List<byte[]> fields) {
        long id = Leaves.value(fields.getFirst());
        var result = new ArrayList<List<byte[]>>();
        for (var hint : hints.of(id)) {
            result.add(with(fields, hint.field(), hint.value()));
        }
        tables.correctedBy(id)
                .ifPresent(corrected ->
                        result.add(with(fields, Field.CORRECTS, Leaves.bytes(corrected))));
        held(fields, result);
        return result;
    }

    /// All leaves that a row may have been, with one thing changed.
    private List<List<byte[]>> candidates(Hashing.Mismatch mismatch, int row) {
        var leaves = mismatch.leaves();
        var fields = leaves.get(row);
        var result = new ArrayList<List<byte[]>>();
        result.add(with(fields, Field.RECORDED_AT, Leaves.bytes(mismatch.batch().recordedAt())));
        result.add(with(fields, Field.ID, Leaves.bytes(mismatch.batch().first() + row)));
        for (int type = 1; type <= TYPES; type++) {
            result.add(with(fields, Field.TYPE, Leaves.bytes(type)));
        }
        int to = Math.min(leaves.size(), row + NEIGHBOURS);
        for (var other : leaves.subList(Math.max(0, row - NEIGHBOURS), to)) {
            for (var field : List.of(
                    Field.REQUEST_ID,
                    Field.PROCESS_ID,
                    Field.HOLD_ID,
                    Field.EXPIRES_AT,
                    Field.CORRECTS,
                    Field.EFFECTIVE_ON)) {
                result.add(with(fields, field, other.get(field.place())));
            }
        }
        long id = Leaves.value(fields.getFirst());
        for (var request : mismatch.requestLeaves()) {
            long first = Leaves.value(request.get(2));
            if (id >= first && id < first + Leaves.value(request.get(3))) {
                result.add(with(fields, Field.REQUEST_ID, request.getFirst()));
            }
        }
        for (var field : List.of(
                Field.PROCESS_ID,
                Field.HELD_CHANGE,
                Field.HOLD_ID,
                Field.CORRECTS,
                Field.EXPIRES_AT)) {
            result.add(with(fields, field, new byte[0]));
        }
        around(fields, Field.EFFECTIVE_ON, 1, result);
        around(fields, Field.EXPIRES_AT, MICROS_PER_MINUTE, result);
        coins(fields, result);
        return result;
    }

    private static void around(
            List<byte[]> fields, Field field, long step, List<List<byte[]>> result) {
        var now = fields.get(field.place());
        for (int i = -AROUND; now.length > 0 && i <= AROUND; i++) {
            result.add(with(fields, field, Leaves.bytes(Leaves.value(now) + i * step)));
        }
    }

    private void held(List<byte[]> fields, List<List<byte[]>> result) {
        long amount = Leaves.value(fields.get(Field.AMOUNT_MINOR.place()));
        result.add(with(fields, Field.HELD_CHANGE, Leaves.bytes(amount)));
        result.add(with(fields, Field.HELD_CHANGE, Leaves.bytes(-amount)));
        long hold = Leaves.value(fields.get(Field.HOLD_ID.place()));
        var differs = hints.ofHold(hold);
        if (differs != null) {
            long change = Leaves.value(fields.get(Field.HELD_CHANGE.place()));
            result.add(with(fields, Field.HELD_CHANGE, Leaves.bytes(change + differs[0])));
            result.add(with(fields, Field.AMOUNT_MINOR, Leaves.bytes(amount + differs[1])));
        }
    }

    /// Another coin on one of the legs.
    private void coins(List<byte[]> fields, List<List<byte[]>> result) {
        if (tables.coinList.size() > COINS_MAX) {
            return;
        }
        for (var coin : tables.coinList) {
            result.add(withCoin(fields, Field.SOURCE_ID, coin));
            if (fields.get(Field.DESTINATION_KIND.place()).length > 0) {
                result.add(withCoin(fields, Field.DESTINATION_ID, coin));
            } else {
                result.add(with(fields, Field.DESTINATION_ID, Leaves.bytes(coin.id)));
            }
        }
    }

    private static List<byte[]> withCoin(List<byte[]> fields, Field leg, Coin coin) {
        var changed = new ArrayList<>(fields);
        changed.set(leg.place(), Leaves.bytes(coin.id));
        changed.set(leg.place() + 1, coin.kind.getBytes(UTF_8));
        changed.set(leg.place() + 2, coin.owner.getBytes(UTF_8));
        return changed;
    }

    private boolean swapped(Hashing.Mismatch mismatch, Tree tree) {
        var leaves = mismatch.leaves();
        int size = leaves.size();
        int reach = size <= SWAPPED_MAX ? size : 2;
        for (int one = 0; one < size; one++) {
            for (int other = one + 1; other < Math.min(size, one + reach); other++) {
                var changed = new ArrayList<>(leaves);
                changed.set(
                        one, with(leaves.get(other), Field.ID, leaves.get(one).getFirst()));
                changed.set(
                        other, with(leaves.get(one), Field.ID, leaves.get(other).getFirst()));
                if (tree.isRoot(changed, mismatch.batch().root())) {
                    findings.add(
                            EXPLAINED,
                            "transaction " + (mismatch.batch().first() + one),
                            "was exchanged with transaction "
                                    + (mismatch.batch().first() + other));
                    return true;
                }
            }
        }
        return false;
    }

    private boolean scaled(Hashing.Mismatch mismatch, Tree tree) {
        for (long factor : FACTORS) {
            var changed = new ArrayList<List<byte[]>>();
            long sum = 0;
            for (var fields : mismatch.leaves()) {
                var leaf = new ArrayList<>(fields);
                for (var field : MONEY) {
                    var now = fields.get(field.place());
                    if (now.length > 0) {
                        leaf.set(field.place(), Leaves.bytes(Leaves.value(now) / factor));
                    }
                }
                sum += Leaves.value(fields.get(Field.AMOUNT_MINOR.place()));
                changed.add(leaf);
            }
            if (tree.isRoot(changed, mismatch.batch().root())) {
                findings.add(
                        EXPLAINED,
                        mismatch.batch().place(),
                        "all amounts were multiplied by %d: they sum to %d instead of %d, a difference of %+d"
                                .formatted(factor, sum, sum / factor, sum - sum / factor));
                return true;
            }
        }
        return false;
    }

    private boolean requests(Hashing.Mismatch mismatch) {
        var leaves = mismatch.requestLeaves();
        if (leaves.size() != mismatch.batch().requests()) {
            return false;
        }
        var tree = new Tree(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            var fields = leaves.get(i);
            var tries = new ArrayList<List<byte[]>>();
            for (var transaction : mismatch.leaves()) {
                tries.add(with(fields, 0, transaction.get(Field.REQUEST_ID.place())));
            }
            long first = i == 0 ? mismatch.batch().first() : end(leaves.get(i - 1));
            long next = i + 1 < leaves.size()
                    ? Leaves.value(leaves.get(i + 1).get(2))
                    : mismatch.batch().end();
            tries.add(with(fields, 2, Leaves.bytes(first)));
            tries.add(with(fields, 3, Leaves.bytes(next - Leaves.value(fields.get(2)))));
            for (var each : tries) {
                if (tree.isRoot(i, each, mismatch.batch().requestRoot())) {
                    tellRequest(fields, each);
                    return true;
                }
            }
        }
        return false;
    }

    private static long end(List<byte[]> request) {
        return Leaves.value(request.get(2)) + Leaves.value(request.get(3));
    }

    private void tellRequest(List<byte[]> now, List<byte[]> then) {
        var names = List.of("id", "digest", "first_transaction_id", "transactions");
        for (int i = 0; i < names.size(); i++) {
            if (!Arrays.equals(now.get(i), then.get(i))) {
                findings.add(
                        EXPLAINED,
                        "request " + Field.uuid(now.getFirst()),
                        "%s was changed from %s to %s"
                                .formatted(
                                        names.get(i),
                                        i == 0
                                                ? Field.uuid(then.get(i))
                                                : Leaves.value(then.get(i)),
                                        i == 0
                                                ? Field.uuid(now.get(i))
                                                : Leaves.value(now.get(i))));
            }
        }
    }

    private void tell(String place, List<byte[]> now, List<byte[]> then) {
        for (var field : Field.values()) {
            var is = now.get(field.place());
            var was = then.get(field.place());
            if (!Arrays.equals(is, was)) {
                var delta = MONEY.contains(field) && is.length > 0 && was.length > 0
                        ? ": a difference of %+d minor units"
                                .formatted(Leaves.value(is) - Leaves.value(was))
                        : "";
                findings.add(
                        EXPLAINED,
                        place,
                        "%s was changed from %s to %s%s"
                                .formatted(field.label(), field.show(was), field.show(is), delta));
            }
        }
    }

    static List<byte[]> with(List<byte[]> fields, Field field, byte[] value) {
        return with(fields, field.place(), value);
    }

    static List<byte[]> with(List<byte[]> fields, int place, byte[] value) {
        var changed = new ArrayList<>(fields);
        changed.set(place, value);
        return changed;
    }
}
