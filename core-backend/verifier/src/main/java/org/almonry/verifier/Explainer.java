package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.almonry.verifier.Finding.Kind.EXPLAINED;
import static org.almonry.verifier.Finding.Kind.SEAL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// Looks for what a batch held when it was sealed: the one change of its rows with which
/// they give the sealed root. A hit is a proof, because nobody finds other rows with that
/// root.
final class Explainer {
    private static final List<String> KINDS = List.of(
            "SYSTEM", "HOSTER", "PROVIDER", "NONPROFIT", "PROJECT", "MEMBER", "COMMISSION",
            "CLEARING", "TRANSIT", "ISSUING", "INCOMING", "OVERHEAD", "POT");

    /// Days, and minutes of an expiry, that are tried around what stands there.
    private static final int AROUND = 400;

    /// Coins that are tried in place of another one.
    private static final int COINS_MAX = 500;

    /// Rows of which each two are tried in each other's place.
    private static final int SWAPPED_MAX = 300;

    /// Factors that somebody may have applied to all amounts.
    private static final long[] FACTORS = {2, 3, 5, 10, 100, 1_000, -1};

    private static final Set<Field> MONEY = Set.of(
            Field.SOURCE_AFTER, Field.DESTINATION_AFTER, Field.AMOUNT_MINOR, Field.HELD_CHANGE);

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
                findings.add(SEAL, batch.place(), "its requests give the root %s, sealed was %s"
                        .formatted(ChainCheck.hex(mismatch.requestRoot()), ChainCheck.hex(batch.requestRoot())));
            }
        }
        if (!ChainCheck.same(mismatch.root(), batch.root())) {
            boolean isExplained = failed < FAILED_MAX && explainRows(mismatch);
            if (!isExplained) {
                failed++;
                findings.add(SEAL, batch.place(), "its transactions %d to %d give the root %s, sealed was %s"
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
        var wanted = mismatch.batch().root();
        for (int row = 0; row < mismatch.leaves().size(); row++) {
            var fields = mismatch.leaves().get(row);
            long id = Leaves.value(fields.get(Field.ID.place()));
            for (var each : candidates(mismatch, row)) {
                if (tree.isRoot(row, each, wanted)) {
                    tell("transaction " + id, fields, each);
                    return true;
                }
            }
        }
        return coin(mismatch, tree);
    }

    /// All leaves that a row may have been, with one thing changed.
    private List<List<byte[]>> candidates(Hashing.Mismatch mismatch, int row) {
        var fields = mismatch.leaves().get(row);
        long id = Leaves.value(fields.get(Field.ID.place()));
        var result = new ArrayList<List<byte[]>>();
        for (var hint : hints.of(id)) {
            result.add(with(fields, hint.field(), hint.value()));
        }
        result.add(with(fields, Field.RECORDED_AT, Leaves.bytes(mismatch.batch().recordedAt())));
        result.add(with(fields, Field.ID, Leaves.bytes(mismatch.batch().first() + row)));
        for (int type = 1; type <= 14; type++) {
            result.add(with(fields, Field.TYPE, Leaves.bytes(type)));
        }
        for (var other : mismatch.leaves()) {
            for (var field : List.of(
                    Field.REQUEST_ID, Field.PROCESS_ID, Field.HOLD_ID, Field.EXPIRES_AT,
                    Field.CORRECTS, Field.EFFECTIVE_ON)) {
                result.add(with(fields, field, other.get(field.place())));
            }
        }
        for (var request : mismatch.requestLeaves()) {
            result.add(with(fields, Field.REQUEST_ID, request.getFirst()));
        }
        for (var field : List.of(
                Field.PROCESS_ID, Field.HELD_CHANGE, Field.HOLD_ID, Field.CORRECTS,
                Field.EXPIRES_AT)) {
            result.add(with(fields, field, new byte[0]));
        }
        around(fields, Field.EFFECTIVE_ON, 1, result);
        around(fields, Field.EXPIRES_AT, MICROS_PER_MINUTE, result);
        held(fields, result);
        coins(fields, result);
        tables.correctedBy(id).ifPresent(
                corrected -> result.add(with(fields, Field.CORRECTS, Leaves.bytes(corrected))));
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
            if (fields.get(Field.DESTINATION_ID.place()).length > 0) {
                result.add(withCoin(fields, Field.DESTINATION_ID, coin));
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

    /// A coin whose kind, owner, issuer, currency or scale was changed, which changes all
    /// its rows at once.
    private boolean coin(Hashing.Mismatch mismatch, Tree tree) {
        var owners = new TreeSet<String>();
        var currencies = new TreeSet<String>();
        var issuers = new TreeSet<Long>();
        for (var coin : tables.coinList) {
            if (owners.size() < COINS_MAX) {
                owners.add(coin.owner);
            }
            currencies.add(coin.currency);
            issuers.add(coin.issuer);
        }
        for (long id : mismatch.coins()) {
            var found = text(mismatch, tree, id, "kind", 1, KINDS)
                    || text(mismatch, tree, id, "owner", 2, owners)
                    || book(mismatch, tree, id, Field.CURRENCY, currencies.stream().map(Explainer::utf8).toList())
                    || book(mismatch, tree, id, Field.ISSUER_ID, issuers.stream().map(Leaves::bytes).toList())
                    || book(mismatch, tree, id, Field.CURRENCY_SCALE, numbers(10, i -> i));
            if (found) {
                return true;
            }
        }
        return false;
    }

    private boolean text(
            Hashing.Mismatch mismatch,
            Tree tree,
            long coin,
            String what,
            int offset,
            Iterable<String> values) {
        for (var value : values) {
            var changed = new ArrayList<List<byte[]>>();
            for (var fields : mismatch.leaves()) {
                var leaf = fields;
                for (var leg : List.of(Field.SOURCE_ID, Field.DESTINATION_ID)) {
                    if (Leaves.value(fields.get(leg.place())) == coin) {
                        leaf = with(leaf, leg.place() + offset, utf8(value));
                    }
                }
                changed.add(leaf);
            }
            if (tree.isRoot(changed, mismatch.batch().root())) {
                var now = tables.coin(coin);
                findings.add(EXPLAINED, "coin " + coin, "%s was changed from %s to %s"
                        .formatted(what, value, what.equals("kind") ? now.kind : now.owner));
                return true;
            }
        }
        return false;
    }

    private boolean book(
            Hashing.Mismatch mismatch, Tree tree, long coin, Field field, List<byte[]> values) {
        for (var value : values) {
            var changed = new ArrayList<List<byte[]>>();
            byte[] now = value;
            for (var fields : mismatch.leaves()) {
                boolean isOf = Leaves.value(fields.get(Field.SOURCE_ID.place())) == coin;
                now = isOf ? fields.get(field.place()) : now;
                changed.add(isOf ? with(fields, field, value) : fields);
            }
            if (tree.isRoot(changed, mismatch.batch().root())) {
                findings.add(EXPLAINED, "coin " + coin, "%s was changed from %s to %s"
                        .formatted(field.label(), field.show(value), field.show(now)));
                return true;
            }
        }
        return false;
    }

    private boolean swapped(Hashing.Mismatch mismatch, Tree tree) {
        var leaves = mismatch.leaves();
        int size = leaves.size();
        int reach = size <= SWAPPED_MAX ? size : 2;
        for (int one = 0; one < size; one++) {
            for (int other = one + 1; other < Math.min(size, one + reach); other++) {
                var changed = new ArrayList<>(leaves);
                changed.set(one, with(leaves.get(other), Field.ID, leaves.get(one).getFirst()));
                changed.set(other, with(leaves.get(one), Field.ID, leaves.get(other).getFirst()));
                if (tree.isRoot(changed, mismatch.batch().root())) {
                    findings.add(EXPLAINED, "transaction " + (mismatch.batch().first() + one), "was exchanged with transaction "
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
                findings.add(EXPLAINED, mismatch.batch().place(), "all amounts were multiplied by %d: they sum to %d instead of %d, a difference of %+d"
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
                findings.add(EXPLAINED, "request " + Field.uuid(now.getFirst()), "%s was changed from %s to %s"
                        .formatted(
                                names.get(i),
                                i == 0 ? Field.uuid(then.get(i)) : Leaves.value(then.get(i)),
                                i == 0 ? Field.uuid(now.get(i)) : Leaves.value(now.get(i))));
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
                findings.add(EXPLAINED, place, "%s was changed from %s to %s%s"
                        .formatted(field.label(), field.show(was), field.show(is), delta));
            }
        }
    }

    static List<byte[]> with(List<byte[]> fields, Field field, byte[] value) {
        return with(fields, field.place(), value);
    }

    private static List<byte[]> with(List<byte[]> fields, int place, byte[] value) {
        var changed = new ArrayList<>(fields);
        changed.set(place, value);
        return changed;
    }

    private static List<byte[]> numbers(int count, LongFunction<Number> number) {
        var result = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            result.add(Leaves.bytes(number.apply(i).longValue()));
        }
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
