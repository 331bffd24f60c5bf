package org.almonry.ledger;

import org.almonry.ledger.process.ProcessChange;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// A journal whose connection breaks before and after commits, which is out of order for a
/// while, and which cannot write some requests at all.
final class FaultyJournal implements Journal {
    /// A process of this kind cannot be written, as if the database refused its details.
    static final String POISON = "POISON";

    private final Journal journal;
    private final Random random;
    private final int percent;
    private Runnable beforeNextWrite = () -> {};
    private int downFor;
    private boolean hasFailed;

    /// @param percent how often something breaks
    FaultyJournal(Journal journal, Random random, int percent) {
        this.journal = journal;
        this.random = random;
        this.percent = percent;
    }

    /// Whether anything broke since the last time that this was asked.
    boolean hasFailed() {
        var failed = hasFailed;
        hasFailed = false;
        return failed;
    }

    /// Something that happens between the judging of the next batch and its commit.
    void beforeNextWrite(Runnable happening) {
        beforeNextWrite = happening;
    }

    @Override
    public Optional<Head> takeOver(String owner) {
        return journal.takeOver(owner);
    }

    @Override
    public Head resolve(String owner) {
        mayBreak(Fault.Kind.CONNECTION, percent);
        return journal.resolve(owner);
    }

    @Override
    public void release(Head head) {
        journal.release(head);
    }

    @Override
    public Map<UUID, Known> requests(Set<UUID> ids) {
        mayBreak(Fault.Kind.PASSING, percent / 4);
        return journal.requests(ids);
    }

    @Override
    public Map<Long, Coin> coins(Set<Long> ids) {
        mayBreak(Fault.Kind.CONNECTION, percent / 4);
        return journal.coins(ids);
    }

    @Override
    public Map<Long, Hold> holds(Set<Long> ids) {
        return journal.holds(ids);
    }

    @Override
    public Map<Long, Past> pasts(Set<Long> ids) {
        return journal.pasts(ids);
    }

    @Override
    public Map<NewCoin.Key, Long> coinIds(Set<NewCoin.Key> keys) {
        return journal.coinIds(keys);
    }

    @Override
    public Map<String, String> processStates(Set<String> ids) {
        return journal.processStates(ids);
    }

    @Override
    public Head write(Batch batch, Head before) {
        if (batch.accepted().isEmpty()) {
            mayBreak(Fault.Kind.CONNECTION, percent);
            return journal.write(batch, before);
        }
        var happening = beforeNextWrite;
        beforeNextWrite = () -> {};
        happening.run();
        for (var each : batch.accepted()) {
            for (var change : each.request().processes()) {
                if (change instanceof ProcessChange.Open it && it.kind().equals(POISON)) {
                    throw new Fault(Fault.Kind.OTHER, "simulated", null);
                }
            }
        }
        if (downFor > 0) {
            downFor--;
            throw broken(Fault.Kind.PASSING);
        }
        if (random.nextInt(4 * 100) < percent) {
            downFor = random.nextInt(4);
        }
        mayBreak(Fault.Kind.PASSING, percent / 4);
        mayBreak(Fault.Kind.CONNECTION, percent / 2);
        mayBreak(Fault.Kind.OLD_PICTURE, percent / 2);
        var after = journal.write(batch, before);
        // Committed, but the answer is lost.
        mayBreak(Fault.Kind.CONNECTION, percent);
        return after;
    }

    @Override
    public void close() {
        journal.close();
    }

    private void mayBreak(Fault.Kind kind, int chance) {
        if (random.nextInt(100) < chance) {
            throw broken(kind);
        }
    }

    private Fault broken(Fault.Kind kind) {
        hasFailed = true;
        return new Fault(kind, "simulated", null);
    }
}
