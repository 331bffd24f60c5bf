package org.almonry.accounting;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The runs of this process while they work, for those who watch: newer than what is
/// stored.
final class LiveRuns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, FetchRun> runs = new HashMap<>();

    void put(FetchRun run) {
        lock.lock();
        try {
            runs.put(run.id(), run);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// From here on the stored run is the newest.
    void remove(String id) {
        lock.lock();
        try {
            runs.remove(id);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<FetchRun> get(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(runs.get(id));
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a run differs from what was seen, or for so long.
    void await(FetchRun seen, Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (left > 0 && seen.equals(runs.get(seen.id()))) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until no run works any more, or for so long.
    boolean awaitNone(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(longest);
            while (left > 0 && !runs.isEmpty()) {
                left = changed.awaitNanos(left);
            }
            return runs.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
