package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.EXPLAINED;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Finds out whether a coin had another kind, owner, issuer, currency or scale when a batch
/// was sealed: that changes all its rows at once.
final class CoinChange {
    private static final List<String> KINDS = List.of(
            "SYSTEM",
            "HOSTER",
            "PROVIDER",
            "NONPROFIT",
            "PROJECT",
            "MEMBER",
            "COMMISSION",
            "CLEARING",
            "TRANSIT",
            "ISSUING",
            "INCOMING",
            "OVERHEAD",
            "POT");

    private static final List<byte[]> SCALES =
            LongStream.range(0, 10).mapToObj(Leaves::bytes).toList();

    /// Owners that are tried.
    private static final int OWNERS_MAX = 500;

    /// Rows that are looked at, in all tries for one batch together.
    private static final long LOOKS_MAX = 5_000_000;

    private final Tables tables;
    private final Findings findings;

    CoinChange(Tables tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
    }

    boolean explain(Hashing.Mismatch mismatch, Tree tree) {
        var owners = new TreeSet<String>();
        var currencies = new TreeSet<String>();
        var issuers = new TreeSet<Long>();
        for (var coin : tables.coinList) {
            if (owners.size() < OWNERS_MAX) {
                owners.add(coin.owner);
            }
            currencies.add(coin.currency);
            issuers.add(coin.issuer);
        }
        long values = KINDS.size() + owners.size() + currencies.size() + issuers.size() + 10;
        long looks = 0;
        for (long id : mismatch.coins()) {
            looks += values * mismatch.leaves().size();
            if (looks > LOOKS_MAX) {
                return false;
            }
            var found = text(mismatch, tree, id, "kind", 1, KINDS)
                    || text(mismatch, tree, id, "owner", 2, owners)
                    || book(
                            mismatch,
                            tree,
                            id,
                            Field.CURRENCY,
                            currencies.stream().map(CoinChange::utf8).toList())
                    || book(
                            mismatch,
                            tree,
                            id,
                            Field.ISSUER_ID,
                            issuers.stream().map(Leaves::bytes).toList())
                    || book(mismatch, tree, id, Field.CURRENCY_SCALE, SCALES);
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
                    if (Leaves.value(fields.get(leg.place())) == coin
                            && fields.get(leg.place() + 1).length > 0) {
                        leaf = Explainer.with(leaf, leg.place() + offset, utf8(value));
                    }
                }
                changed.add(leaf);
            }
            if (tree.isRoot(changed, mismatch.batch().root())) {
                var now = tables.coin(coin);
                findings.add(
                        EXPLAINED,
                        "coin " + coin,
                        "%s was changed from %s to %s"
                                .formatted(
                                        what, value, what.equals("kind") ? now.kind : now.owner));
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
                changed.add(isOf ? Explainer.with(fields, field, value) : fields);
            }
            if (tree.isRoot(changed, mismatch.batch().root())) {
                findings.add(
                        EXPLAINED,
                        "coin " + coin,
                        "%s was changed from %s to %s"
                                .formatted(field.label(), field.show(value), field.show(now)));
                return true;
            }
        }
        return false;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
