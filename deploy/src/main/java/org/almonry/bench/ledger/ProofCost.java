package org.almonry.bench.ledger;

import org.almonry.ledger.TransactionType;
import org.almonry.ledger.proof.BatchSeal;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.Merkle;
import org.almonry.ledger.proof.RequestLeaf;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.UUID;

/// What proof costs. The engine has no switch to run without it, and gets none for a
/// benchmark; so the sealing of full batches is timed by itself, on one thread as in the
/// engine, with every leaf, both roots and the chain.
///
/// The share is of the time that a transfer takes at saturation: were all of it spent
/// waiting for the seal, that is what the engine would gain without.
final class ProofCost {

    private static final int ROUNDS = 5;
    private static final int BATCHES = 60;
    private static final int DIGEST_BYTES = 32;
    private static final double MICROS = 1e6;

    /// A request that was digested before: the digest is part of idempotency, not of this.
    private record Row(UUID id, byte[] digest, long source, long destination, long after) {}

    private final LeafWriter leaf = new LeafWriter();
    private final Row[] rows = new Row[Cell.MANY];
    private byte[] chain = BatchSeal.NO_CHAIN;

    ProofCost() {
        for (int i = 0; i < rows.length; i++) {
            int payer = Load.payer();
            var digest = new byte[DIGEST_BYTES];
            Arrays.fill(digest, (byte) i);
            rows[i] = new Row(
                    RequestIds.next(),
                    digest,
                    payer,
                    Load.UNIFORM.payee(payer),
                    1_000_000_000L - i);
        }
    }

    /// Microseconds per transfer, median of rounds.
    double micros() {
        var rounds = new double[ROUNDS];
        // The first is the warm-up.
        for (int round = -1; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int batch = 0; batch < BATCHES; batch++) {
                chain = seal(batch);
            }
            double micros = (System.nanoTime() - begun) / 1e3 / ((double) BATCHES * rows.length);
            if (round >= 0) {
                rounds[round] = micros;
            }
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    /// Per cent of the time per transfer at this rate.
    static OptionalDouble percent(double micros, OptionalDouble perSecond) {
        return perSecond.isPresent()
                ? OptionalDouble.of(100 * micros * perSecond.getAsDouble() / MICROS)
                : OptionalDouble.empty();
    }

    private byte[] seal(int batch) {
        var at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long first = (long) batch * rows.length + 1;
        var leaves = new ArrayList<byte[]>(rows.length);
        var requests = new ArrayList<RequestLeaf>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            var row = rows[i];
            requests.add(new RequestLeaf(row.id, row.digest, first + i, 1));
            leaves.add(leaf(row, first + i, at));
        }
        return new BatchSeal(
                        (short) 0,
                        batch + 1,
                        1,
                        first,
                        rows.length,
                        rows.length,
                        at,
                        Merkle.root(leaves),
                        RequestLeaf.root(requests),
                        chain)
                .chain();
    }

    /// The fields of a transaction, as the engine seals them.
    private byte[] leaf(Row row, long id, Instant at) {
        leaf.begin();
        leaf.number(id);
        leaf.uuid(row.id);
        leaf.uuid(null);
        leaf.number(TransactionType.TRANSFER.code());
        leaf.number(1);
        leaf.text("EUR");
        leaf.number(2);
        leg(row.source, id, row.after);
        leg(row.destination, id, row.after);
        leaf.number(1);
        leaf.numberUnlessZero(0);
        leaf.numberUnlessZero(0);
        leaf.numberUnlessZero(0);
        leaf.instant(null);
        leaf.number(id / rows.length);
        leaf.instant(at);
        return leaf.end();
    }

    private void leg(long coin, long sequence, long after) {
        leaf.number(coin);
        leaf.text("MEMBER");
        leaf.text("wallet-10000");
        leaf.number(sequence);
        leaf.number(after);
    }
}
