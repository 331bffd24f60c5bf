package org.almonry.ledger.postgres;

import org.almonry.ledger.Batch;
import org.almonry.ledger.Coin;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.Posting;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.Merkle;
import org.almonry.ledger.proof.RequestLeaf;
import org.almonry.wire.Ids;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A batch as columns, as `ledger.post_batch` takes it, with its hashes. The driver sends
/// arrays of primitives in binary form, without boxing them; columns that are rarely used
/// stay empty when no row needs them.
final class BatchColumns {
    private final LeafWriter leaf;
    private final Instant at;
    private final UUID[] ids;
    private final byte[][] digests;
    private final long[] firsts;
    private final int[] counts;
    private final UUID[] processes;
    private final int[] days;
    private final int[] requests;
    private final int[] types;
    private final long[] sources;
    private final long[] destinations;
    private final long[] amounts;
    private final long[] sourceSeqs;
    private final long[] sourceAfters;
    private final long[] destinationSeqs;
    private final long[] destinationAfters;
    private long[] heldChanges = {};
    private long[] holds = {};
    private long[] corrects = {};
    private @Nullable String[] expiries = {};
    private final List<byte[]> leaves;
    private final List<RequestLeaf> requestLeaves;

    BatchColumns(Batch batch, LeafWriter leaf) {
        this.leaf = leaf;
        at = batch.at();
        int asked = batch.accepted().size();
        int rows = batch.size();
        ids = new UUID[asked];
        digests = new byte[asked][];
        firsts = new long[asked];
        counts = new int[asked];
        processes = new UUID[asked];
        days = new int[asked];
        requests = new int[rows];
        types = new int[rows];
        sources = new long[rows];
        destinations = new long[rows];
        amounts = new long[rows];
        sourceSeqs = new long[rows];
        sourceAfters = new long[rows];
        destinationSeqs = new long[rows];
        destinationAfters = new long[rows];
        leaves = new ArrayList<>(rows);
        requestLeaves = new ArrayList<>(asked);
        int row = 0;
        for (int i = 0; i < asked; i++) {
            var each = batch.accepted().get(i);
            request(i, each);
            for (var posting : each.postings()) {
                posting(row, i, posting);
                seal(batch.firstId() + row, each, processes[i], posting);
                row++;
            }
        }
    }

    byte[] root() {
        return Merkle.root(leaves);
    }

    byte[] requestRoot() {
        return RequestLeaf.root(requestLeaves);
    }

    private void request(int i, Batch.Accepted each) {
        var request = each.request();
        ids[i] = request.requestId();
        digests[i] = each.digest();
        firsts[i] = each.firstId();
        counts[i] = each.postings().size();
        processes[i] = process(request);
        days[i] = Math.toIntExact(each.effectiveOn().toEpochDay());
        requestLeaves.add(new RequestLeaf(ids[i], digests[i], firsts[i], counts[i]));
    }

    private static @Nullable UUID process(PostRequest request) {
        return request.processId() == null ? null : Ids.uuid(request.processId());
    }

    private void posting(int row, int request, Posting posting) {
        requests[row] = request + 1; // arrays of the database start at one
        types[row] = posting.type().code();
        sources[row] = posting.source().id();
        sourceSeqs[row] = posting.source().sequence();
        sourceAfters[row] = posting.source().balance();
        amounts[row] = posting.minor();
        var destination = posting.destination();
        if (destination != null) {
            destinations[row] = destination.id();
            destinationSeqs[row] = destination.sequence();
            destinationAfters[row] = destination.balance();
        }
        var hold = posting.hold();
        if (hold != null) {
            if (holds.length == 0) {
                holds = new long[types.length];
                heldChanges = new long[types.length];
            }
            holds[row] = hold.id();
            heldChanges[row] = posting.heldChange();
            if (posting.heldChange() > 0) {
                destinations[row] = intended(posting);
            }
            if (expiry(posting) != null) {
                if (expiries.length == 0) {
                    expiries = new String[types.length];
                }
                expiries[row] = String.valueOf(hold.expiresAt());
            }
        }
        if (posting.corrects() != 0) {
            if (corrects.length == 0) {
                corrects = new long[types.length];
            }
            corrects[row] = posting.corrects();
        }
    }

    /// Only the row that reserves says when that ends.
    private static @Nullable Instant expiry(Posting posting) {
        return posting.hold() != null && posting.heldChange() > 0
                ? posting.hold().expiresAt()
                : null;
    }

    private static long intended(Posting posting) {
        var hold = posting.hold();
        return hold != null && posting.heldChange() > 0 ? hold.destination() : 0;
    }

    private void seal(long id, Batch.Accepted each, @Nullable UUID process, Posting posting) {
        var source = posting.source();
        leaf.begin();
        leaf.number(id);
        leaf.uuid(each.request().requestId());
        leaf.uuid(process);
        leaf.number(posting.type().code());
        leaf.number(source.issuerId());
        leaf.text(source.currency().code());
        leaf.number(source.currency().scale());
        leg(source);
        var destination = posting.destination();
        if (destination != null) {
            leg(destination);
        } else {
            // What is authorized moves to nobody yet, but whom it is meant for is sealed.
            leaf.numberUnlessZero(intended(posting));
            for (int i = 1; i < LEG_FIELDS; i++) {
                leaf.absent();
            }
        }
        leaf.number(posting.minor());
        leaf.numberUnlessZero(posting.heldChange());
        leaf.numberUnlessZero(posting.hold() == null ? 0 : posting.hold().id());
        leaf.numberUnlessZero(posting.corrects());
        leaf.instant(expiry(posting));
        leaf.number(each.effectiveOn().toEpochDay());
        leaf.instant(at);
        leaves.add(leaf.end());
    }

    private static final int LEG_FIELDS = 5;

    private void leg(Coin coin) {
        leaf.number(coin.id());
        leaf.text(coin.kind().name());
        leaf.text(coin.owner());
        leaf.number(coin.sequence());
        leaf.number(coin.balance());
    }

    /// Binds the arrays from a position on.
    void bind(PreparedStatement call, PGConnection connection, int from) throws SQLException {
        int place = from;
        call.setArray(place++, connection.createArrayOf("uuid", ids));
        call.setArray(place++, connection.createArrayOf("bytea", digests));
        call.setArray(place++, connection.createArrayOf("int8", firsts));
        call.setArray(place++, connection.createArrayOf("int4", counts));
        call.setArray(place++, connection.createArrayOf("uuid", processes));
        call.setArray(place++, connection.createArrayOf("int4", days));
        call.setArray(place++, connection.createArrayOf("int4", requests));
        call.setArray(place++, connection.createArrayOf("int4", types));
        for (var column : List.of(
                sources,
                destinations,
                amounts,
                sourceSeqs,
                sourceAfters,
                destinationSeqs,
                destinationAfters,
                heldChanges,
                holds,
                corrects)) {
            call.setArray(place++, connection.createArrayOf("int8", column));
        }
        call.setArray(place, connection.createArrayOf("timestamptz", expiries));
    }
}
