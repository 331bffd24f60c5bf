package org.almonry.bench.ledger;

import org.almonry.ledger.proof.BatchSeal;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.Merkle;
import org.almonry.ledger.proof.RequestLeaf;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalDouble;

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

    private final LeafWriter leaf = new LeafWriter();
    private final TransferRow[] rows = new TransferRow[Cell.MANY];
    private final byte[] digest = new byte[DIGEST_BYTES];
    private byte[] chain = BatchSeal.NO_CHAIN;

    ProofCost() {
        // A request is digested before: the digest is part of idempotency, not of this.
        Arrays.fill(digest, (byte) 1);
        var at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var day = LocalDate.now(ZoneOffset.UTC);
        for (int i = 0; i < rows.length; i++) {
            int payer = Load.payer();
            rows[i] = new TransferRow(
                    i + 1, RequestIds.next(), leg(payer), leg(Load.UNIFORM.payee(payer)), at, day);
        }
    }

    private static TransferRow.Leg leg(int wallet) {
        return new TransferRow.Leg(wallet, "wallet-" + wallet, wallet, 1_000_000_000L - wallet);
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
        var leaves = new ArrayList<byte[]>(rows.length);
        var requests = new ArrayList<RequestLeaf>(rows.length);
        for (var row : rows) {
            requests.add(row.request(digest));
            leaves.add(row.leaf(leaf, 1));
        }
        return new BatchSeal(
                        (short) 0,
                        batch + 1,
                        1,
                        rows[0].id(),
                        rows.length,
                        rows.length,
                        rows[0].at(),
                        Merkle.root(leaves),
                        RequestLeaf.root(requests),
                        chain)
                .chain();
    }
}
