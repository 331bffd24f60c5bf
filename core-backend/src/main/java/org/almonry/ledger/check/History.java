package org.almonry.ledger.check;

import org.almonry.ledger.proof.BatchSeal;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.Merkle;
import org.almonry.ledger.proof.RequestLeaf;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Walks over history from a batch on, in pieces of bounded size: each batch is chained to
/// the one before it and seals the rows that are there; numbers have no gap; each entry
/// follows from the one before it on its coin; value is made and taken by issuing coins
/// only, and each row stays within one issuer and currency.
///
/// A request that made no transaction is found by its batch alone, and there is no index
/// for that; a batch that has one is sealed as its row says, but its requests are hashed
/// again by the full verification only.
final class History {
    /// Rows in memory at a time, unless one batch has more.
    static final int ROWS_AT_ONCE = 20_000;

    /// Batches read at a time; a quiet minute has fewer.
    static final int BATCHES_AT_ONCE = 500;

    /// Coins whose last entry is remembered from piece to piece, some 100 bytes each.
    static final int COINS_REMEMBERED = 100_000;

    /// Holds that are looked at when the walk has come to the end.
    static final int HOLDS_REMEMBERED = 20_000;

    /// The last entry of a coin so far.
    record Place(long sequence, long after, long transaction) {}

    private final Handle handle;
    private final Findings findings;
    private final LeafWriter leaf = new LeafWriter();
    private final Map<Long, Place> places = new HashMap<>();
    private final Set<Long> holds = new HashSet<>();
    private long batch;
    private long transaction;
    private byte[] chain;
    private long looked;

    /// Starts behind a batch that is known.
    History(Handle handle, Findings findings, long batch, long transaction, byte[] chain) {
        this.handle = handle;
        this.findings = findings;
        this.batch = batch;
        this.transaction = transaction;
        this.chain = chain;
    }

    long batch() {
        return batch;
    }

    long transaction() {
        return transaction;
    }

    byte[] chain() {
        return chain;
    }

    /// Transactions looked at.
    long looked() {
        return looked;
    }

    /// The last entry of coins that moved, as far as it was walked.
    Map<Long, Place> places() {
        return places;
    }

    /// Holds that were made or spent.
    Set<Long> holds() {
        return holds;
    }

    /// Walks over the next piece, not beyond a batch; false if there is none.
    boolean walk(long toBatch) {
        var batches =
                HistoryStore.batches(handle, batch, Math.min(toBatch, batch + BATCHES_AT_ONCE));
        if (batches.isEmpty()) {
            return false;
        }
        var piece = new ArrayList<HistoryStore.Batch>();
        int rows = 0;
        for (var each : batches) {
            rows += each.transactions();
            if (!piece.isEmpty() && rows > ROWS_AT_ONCE) {
                break;
            }
            piece.add(each);
        }
        long first = transaction + 1;
        long last = piece.getLast().last();
        var transactions = HistoryStore.transactions(handle, leaf, first, last);
        remember(transactions, first);
        var byId = new HashMap<Long, HistoryStore.Row>();
        var ids = new HashSet<UUID>();
        for (var row : transactions) {
            byId.put(row.id(), row);
            ids.add(row.requestId());
        }
        var requests = HistoryStore.requests(handle, ids);
        piece.forEach(each -> check(each, byId, requests));
        looked += transactions.size();
        return true;
    }

    private void check(
            HistoryStore.Batch it,
            Map<Long, HistoryStore.Row> rows,
            Map<UUID, HistoryStore.Request> requests) {
        if (it.number() != batch + 1 || it.first() != transaction + 1) {
            findings.add(
                    "batch %d begins with txn_%d, but batch %d ended with txn_%d",
                    it.number(), it.first(), batch, transaction);
        }
        var leaves = new ArrayList<byte[]>();
        var asked = new LinkedHashMap<UUID, HistoryStore.Request>();
        for (long id = it.first(); id <= it.last(); id++) {
            var row = rows.get(id);
            if (row == null) {
                findings.add("txn_%d of batch %d is missing", id, it.number());
                continue;
            }
            leaves.add(row.leaf());
            check(row, it.recordedAt());
            var request = requests.get(row.requestId());
            if (request == null || !request.covers(row.id(), it.number())) {
                findings.add("txn_%d does not belong to its request %s", id, row.requestId());
            } else {
                asked.put(row.requestId(), request);
            }
        }
        seal(it, leaves, asked.values());
        batch = it.number();
        transaction = it.last();
        chain = it.chain();
    }

    private void seal(
            HistoryStore.Batch it, List<byte[]> leaves, Collection<HistoryStore.Request> asked) {
        if (!Arrays.equals(Merkle.root(leaves), it.root())) {
            findings.add("batch %d: its transactions are not those that it sealed", it.number());
        }
        boolean allHere = asked.size() == it.requests();
        var requests = asked.stream().map(HistoryStore.Request::leaf).toList();
        if (asked.size() > it.requests()
                || (allHere && !Arrays.equals(RequestLeaf.root(requests), it.requestRoot()))) {
            findings.add("batch %d: its requests are not those that it sealed", it.number());
        }
        if (!areHashes(it.root(), it.requestRoot(), chain)) {
            findings.add("batch %d or the one before it has no hashes", it.number());
            return;
        }
        var computed = new BatchSeal(
                        HistoryStore.SHARD,
                        it.number(),
                        it.epoch(),
                        it.first(),
                        it.transactions(),
                        it.requests(),
                        it.recordedAt(),
                        it.root(),
                        it.requestRoot(),
                        chain)
                .chain();
        if (!Arrays.equals(computed, it.chain())) {
            findings.add("batch %d is not chained to the one before it", it.number());
        }
    }

    private static boolean areHashes(byte[]... all) {
        return Arrays.stream(all).allMatch(each -> each.length == Merkle.HASH);
    }

    private void check(HistoryStore.Row row, Instant recordedAt) {
        var source = row.source();
        var destination = row.destination();
        if (!row.fits()) {
            findings.add("txn_%d: its coins do not fit each other, or not its type", row.id());
        }
        if (!row.recordedAt().equals(recordedAt)) {
            findings.add("txn_%d was not recorded when its batch was", row.id());
        }
        follow(row.id(), source, destination == null ? 0 : -row.minor());
        if (destination != null) {
            follow(row.id(), destination, row.minor());
        }
        if (row.hold() != 0 && holds.size() < HOLDS_REMEMBERED) {
            holds.add(row.hold());
        }
    }

    private void follow(long id, HistoryStore.Leg leg, long change) {
        var before = places.getOrDefault(leg.coin(), new Place(0, 0, 0));
        if (leg.sequence() != before.sequence() + 1 || leg.after() != before.after() + change) {
            findings.add(
                    "txn_%d leaves coin_%d at entry %d with %d; entry %d left %d",
                    id, leg.coin(), leg.sequence(), leg.after(), before.sequence(), before.after());
        }
        places.put(leg.coin(), new Place(leg.sequence(), leg.after(), id));
    }

    /// Finds where the coins of a piece stood before it.
    private void remember(List<HistoryStore.Row> rows, long first) {
        if (places.size() > COINS_REMEMBERED) {
            places.clear();
        }
        var unknown = new HashSet<Long>();
        for (var row : rows) {
            unknown.add(row.source().coin());
            if (row.destination() != null) {
                unknown.add(row.destination().coin());
            }
        }
        unknown.removeAll(places.keySet());
        places.putAll(HistoryStore.places(handle, unknown, first));
    }
}
