package org.almonry.ledger.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/// Writes canonical bytes, version 1, and hashes them: a version byte, then fields, each
/// as its length (four bytes) and its bytes, so that no two rows look alike. Numbers take
/// eight bytes, big-endian; what is absent has length 0.
///
/// The writer of the books calls this for each row, so one buffer and one digest are used
/// again and again. Not for two threads at once.
public final class LeafWriter {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte VERSION = 1;

    /// A transaction takes about 330 bytes; owners and names may make it longer.
    private static final int START_SIZE = 1_024;

    private static final long MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private final MessageDigest sha = Merkle.sha256();
    private byte[] buffer = new byte[START_SIZE];
    private int end;

    public LeafWriter() {
        begin();
    }

    /// Starts anew.
    public void begin() {
        // The first byte is the prefix of RFC 6962 that tells leaves from nodes.
        buffer[0] = Merkle.LEAF;
        buffer[1] = VERSION;
        end = 2;
    }

    public void number(long value) {
        room(Integer.BYTES + Long.BYTES);
        INT.set(buffer, end, Long.BYTES);
        LONG.set(buffer, end + Integer.BYTES, value);
        end += Integer.BYTES + Long.BYTES;
    }

    /// A number for which zero means that there is none.
    public void numberUnlessZero(long value) {
        if (value == 0) {
            absent();
        } else {
            number(value);
        }
    }

    public void text(@Nullable String value) {
        if (value == null) {
            absent();
        } else {
            bytes(value.getBytes(UTF_8));
        }
    }

    public void uuid(@Nullable UUID value) {
        if (value == null) {
            absent();
            return;
        }
        room(Integer.BYTES + 2 * Long.BYTES);
        INT.set(buffer, end, 2 * Long.BYTES);
        LONG.set(buffer, end + Integer.BYTES, value.getMostSignificantBits());
        LONG.set(buffer, end + Integer.BYTES + Long.BYTES, value.getLeastSignificantBits());
        end += Integer.BYTES + 2 * Long.BYTES;
    }

    /// Microseconds since 1970, UTC: as exact as the database stores it.
    public void instant(@Nullable Instant value) {
        if (value == null) {
            absent();
        } else {
            number(Math.addExact(
                    Math.multiplyExact(value.getEpochSecond(), MICROS),
                    value.getNano() / NANOS_OF_MICRO));
        }
    }

    public void bytes(byte[] value) {
        room(Integer.BYTES + value.length);
        INT.set(buffer, end, value.length);
        System.arraycopy(value, 0, buffer, end + Integer.BYTES, value.length);
        end += Integer.BYTES + value.length;
    }

    public void absent() {
        room(Integer.BYTES);
        INT.set(buffer, end, 0);
        end += Integer.BYTES;
    }

    /// The hash of the leaf.
    public byte[] end() {
        return digest(0);
    }

    /// The bytes themselves, as an outsider gets them to hash.
    byte[] data() {
        return Arrays.copyOfRange(buffer, 1, end);
    }

    /// The hash of the same bytes without the prefix of a leaf.
    byte[] endPlain() {
        return digest(1);
    }

    private byte[] digest(int from) {
        sha.update(buffer, from, end - from);
        var hash = new byte[Merkle.HASH];
        try {
            sha.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a hash has 32 bytes", e);
        }
        return hash;
    }

    private void room(int bytes) {
        if (buffer.length - end < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, end + bytes));
        }
    }
}
