package org.almonry.bench.ledger;

import org.almonry.ledger.TransactionType;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.RequestLeaf;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// A transfer of one minor unit as the engine writes it, for what writes or hashes rows
/// without the engine: one request with one transaction.
record TransferRow(long id, UUID request, Leg source, Leg destination, Instant at, LocalDate day) {

    private static final int EUR_SCALE = 2;

    /// One side, after the transfer.
    record Leg(long coin, String owner, long seq, long balance) {}

    /// The hash of its leaf: the fields of a transaction in the order of the canonical form.
    byte[] leaf(LeafWriter leaf, long issuer) {
        leaf.begin();
        leaf.number(id);
        leaf.uuid(request);
        leaf.uuid(null);
        leaf.number(TransactionType.TRANSFER.code());
        leaf.number(issuer);
        leaf.text("EUR");
        leaf.number(EUR_SCALE);
        leg(leaf, source);
        leg(leaf, destination);
        leaf.number(1);
        leaf.absent();
        leaf.absent();
        leaf.absent();
        leaf.absent();
        leaf.number(day.toEpochDay());
        leaf.instant(at);
        return leaf.end();
    }

    RequestLeaf request(byte[] digest) {
        return new RequestLeaf(request, digest, id, 1);
    }

    private static void leg(LeafWriter leaf, Leg leg) {
        leaf.number(leg.coin);
        leaf.text("MEMBER");
        leaf.text(leg.owner);
        leaf.number(leg.seq);
        leaf.number(leg.balance);
    }
}
