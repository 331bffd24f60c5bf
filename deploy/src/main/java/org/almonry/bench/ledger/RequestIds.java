package org.almonry.bench.ledger;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// UUIDs of version 7 from a cheap source of chance: a load generator must not be slowed by
/// its own ids. Strictly increasing.
final class RequestIds {

    private static final int SUB_MS_BITS = 12;
    private static final long RANDOM_BITS = 0x3fff_ffff_ffff_ffffL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final AtomicLong LAST = new AtomicLong();

    private RequestIds() {}

    static UUID next() {
        long now = System.currentTimeMillis() << SUB_MS_BITS;
        long tick = LAST.updateAndGet(before -> Math.max(before + 1, now));
        long high = (tick >>> SUB_MS_BITS) << 16 | 0x7000L | (tick & 0xfffL);
        return new UUID(high, (ThreadLocalRandom.current().nextLong() & RANDOM_BITS) | VARIANT);
    }
}
