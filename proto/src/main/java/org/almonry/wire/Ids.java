package org.almonry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Ids from clock and secure random numbers, strictly increasing within the process.
/// Thread-safe.
public final class Ids implements IdSource {
    private static final int HEX_DIGITS = 32;
    private static final int SUB_MS_BITS = 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /// Milliseconds and the 12 bits below them of the newest id, so that one millisecond's
    /// ids keep their order.
    private final AtomicLong last = new AtomicLong();

    public Ids(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String next(String prefix) {
        return text(prefix, nextUuid());
    }

    /// An id of this prefix for a UUID.
    public static String text(String prefix, UUID uuid) {
        if (!prefix.matches("[a-z]{2,8}")) {
            throw new IllegalArgumentException("not an id prefix: " + prefix);
        }
        var hex = HexFormat.of();
        return prefix
                + "_"
                + hex.toHexDigits(uuid.getMostSignificantBits())
                + hex.toHexDigits(uuid.getLeastSignificantBits());
    }

    /// The UUID inside an id; refuses text that is no id of ours.
    public static UUID uuid(String id) {
        int start = id.length() - HEX_DIGITS;
        if (start < 3 || id.charAt(start - 1) != '_') {
            throw new IllegalArgumentException("not an id");
        }
        try {
            return new UUID(
                    HexFormat.fromHexDigitsToLong(id, start, start + 16),
                    HexFormat.fromHexDigitsToLong(id, start + 16, start + HEX_DIGITS));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an id", e);
        }
    }

    /// A UUID that always follows from this id and purpose, and sorts by the time of the
    /// id. A step that is repeated after a crash finds its own earlier result under the
    /// same request id.
    public static UUID derive(String id, String purpose) {
        var sha = sha256((purpose + "|" + id).getBytes(UTF_8));
        var hash = ByteBuffer.wrap(sha);
        long time = uuid(id).getMostSignificantBits() & ~0xffffL;
        // Version 8: RFC 9562's number for bits that follow a rule of one's own.
        long high = time | 0x8000L | (hash.getLong() & 0xfffL);
        return new UUID(high, variant(hash.getLong()));
    }

    private UUID nextUuid() {
        long now = clock.millis() << SUB_MS_BITS | random.nextInt(1 << (SUB_MS_BITS - 1));
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = (tick >>> SUB_MS_BITS) << 16 | 0x7000L | (tick & 0xfffL);
        return new UUID(high, variant(random.nextLong()));
    }

    private static long variant(long bits) {
        return bits & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
