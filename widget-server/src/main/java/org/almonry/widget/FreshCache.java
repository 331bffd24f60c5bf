package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Values that may be a few seconds old, at most so many. "There is no such thing" is kept
/// as well, so that guessing names does not reach the core; other failures are not.
///
/// Readers of one missing key wait for one call instead of making fifty.
final class FreshCache<V> {

    private final Clock clock;
    private final Duration fresh;
    private final Map<String, Slot<V>> slots;

    private static final class Slot<V> {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Kept<V> kept;
    }

    private record Kept<V>(@Nullable V value, Instant until) {}

    FreshCache(Clock clock, Duration fresh, int keptMax) {
        this.clock = requireNonNull(clock, "clock is null");
        this.fresh = requireNonNull(fresh, "fresh is null");
        this.slots = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Slot<V>> eldest) {
                return size() > keptMax;
            }
        };
    }

    V get(String key, Supplier<V> load) {
        Slot<V> slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(key, unused -> new Slot<>());
        }
        Kept<V> kept = slot.kept;
        if (kept == null || !clock.instant().isBefore(kept.until())) {
            kept = load(slot, load);
        }
        V value = kept.value();
        if (value == null) {
            throw new Failure(Reason.NOT_FOUND, "no such name");
        }
        return value;
    }

    /// The value of a key when it was last loaded, however long ago.
    Optional<V> last(String key) {
        synchronized (slots) {
            return Optional.ofNullable(slots.get(key)).flatMap(FreshCache::valueOf);
        }
    }

    /// Some value that was loaded, however long ago.
    Optional<V> lastWhere(Predicate<V> wanted) {
        synchronized (slots) {
            return slots.values().stream()
                    .flatMap(slot -> valueOf(slot).stream())
                    .filter(wanted)
                    .findFirst();
        }
    }

    private static <V> Optional<V> valueOf(Slot<V> slot) {
        Kept<V> kept = slot.kept;
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.value());
    }

    private Kept<V> load(Slot<V> slot, Supplier<V> load) {
        slot.lock.lock();
        try {
            Kept<V> kept = slot.kept;
            if (kept != null && clock.instant().isBefore(kept.until())) {
                return kept;
            }
            kept = new Kept<>(orMissing(load), clock.instant().plus(fresh));
            slot.kept = kept;
            return kept;
        } finally {
            slot.lock.unlock();
        }
    }

    private static <V> @Nullable V orMissing(Supplier<V> load) {
        try {
            return load.get();
        } catch (Failure failure) {
            if (failure.reason() == Reason.NOT_FOUND) {
                return null;
            }
            throw failure;
        }
    }
}
