package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jdbi.v3.core.Jdbi;

/// Hashes all batches again from what is stored, as tests of faults want to know it.
public final class ChainCheck {
    private static final String LAST = """
            select batch_number
              from ledger.head
            """;

    private ChainCheck() {}

    /// Fails unless every batch has its root, its chain and its place; answers how many
    /// there are.
    public static long check(Jdbi accounting) {
        return accounting.withHandle(handle -> {
            long last = handle.createQuery(LAST).mapTo(Long.class).one();
            var batches = ProofStore.batches(handle, 1, last);
            assertEquals(last, batches.size());
            long next = 1;
            for (var batch : batches) {
                var seal = batch.seal();
                assertTrue(batch.isChained(), () -> "batch " + seal.number());
                assertEquals(next, seal.first());
                next += seal.transactions();
                var hashes = ProofStore.leaves(handle, seal.first(), next - 1).stream()
                        .map(Merkle::leaf)
                        .toList();
                assertEquals(seal.transactions(), hashes.size());
                assertArrayEquals(Merkle.root(hashes), seal.root(), () -> "batch " + seal.number());
            }
            return last;
        });
    }
}
