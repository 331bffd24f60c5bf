package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.proof.BatchSeal;

import java.time.Instant;
import java.util.List;

/// A run of the self-check: what it looked at, what it found, and where the next goes on.
///
/// @param batch history is right up to this batch
/// @param chain that of this batch; the next run starts from it
/// @param nextCoin after this coin the round over all coins goes on
/// @param nextBatch after this batch the round over old history goes on
/// @param transactions looked at in this run
/// @param coins looked at in this run
/// @param isComplete whether it came up to the last batch; else the next run goes on
public record CheckRun(
        Instant startedAt,
        Instant endedAt,
        long batch,
        long transaction,
        byte[] chain,
        long nextCoin,
        long nextBatch,
        long transactions,
        long coins,
        boolean isComplete,
        List<String> faults) {
    public CheckRun {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
        faults = List.copyOf(faults);
    }

    /// Before the first run.
    static CheckRun none() {
        return new CheckRun(
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                BatchSeal.NO_CHAIN,
                0,
                0,
                0,
                0,
                true,
                List.of());
    }

    /// A run that came no further than this one, for the books cannot be read.
    CheckRun unreadable(Instant from, Instant to) {
        var fault = List.of("the books cannot be read: they are damaged");
        return new CheckRun(
                from, to, batch, transaction, chain, nextCoin, nextBatch, 0, 0, false, fault);
    }

    public boolean isRight() {
        return faults.isEmpty();
    }
}
