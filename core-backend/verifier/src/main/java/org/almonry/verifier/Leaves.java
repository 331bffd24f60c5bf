package org.almonry.verifier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Canonical bytes of leaves, one after the other, each with the prefix of RFC 6962 and the
/// version before its fields. A field is its length in four bytes and its bytes.
final class Leaves {
    static final byte VERSION = 1;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int START_SIZE = 512;
    private static final int START_COUNT = 16;

    byte[] bytes;
    int[] ends = new int[START_COUNT];
    int count;
    private int end;

    Leaves() {
        this(START_SIZE);
    }

    /// @param size bytes that are expected
    Leaves(int size) {
        bytes = new byte[size];
    }

    void clear() {
        end = 0;
        count = 0;
    }

    void begin() {
        room(2);
        bytes[end++] = Sha.LEAF;
        bytes[end++] = VERSION;
    }

    /// Bytes so far.
    int size() {
        return end;
    }

    void number(long value) {
        if (value == Row.NONE) {
            absent();
            return;
        }
        room(Integer.BYTES + Long.BYTES);
        INT.set(bytes, end, Long.BYTES);
        LONG.set(bytes, end + Integer.BYTES, value);
        end += Integer.BYTES + Long.BYTES;
    }

    void uuid(long high, long low) {
        room(Integer.BYTES + 2 * Long.BYTES);
        INT.set(bytes, end, 2 * Long.BYTES);
        LONG.set(bytes, end + Integer.BYTES, high);
        LONG.set(bytes, end + Integer.BYTES + Long.BYTES, low);
        end += Integer.BYTES + 2 * Long.BYTES;
    }

    void field(byte[] value) {
        room(Integer.BYTES + value.length);
        INT.set(bytes, end, value.length);
        end += Integer.BYTES;
        raw(value);
    }

    /// Fields that were written before.
    void raw(byte[] fields) {
        room(fields.length);
        System.arraycopy(fields, 0, bytes, end, fields.length);
        end += fields.length;
    }

    void absent() {
        room(Integer.BYTES);
        INT.set(bytes, end, 0);
        end += Integer.BYTES;
    }

    void end() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = end;
    }

    /// The bytes of all that was written.
    byte[] all() {
        return Arrays.copyOf(bytes, end);
    }

    /// One leaf, taken apart into its fields.
    List<byte[]> fields(int leaf) {
        int at = (leaf == 0 ? 0 : ends[leaf - 1]) + 2;
        var fields = new ArrayList<byte[]>();
        while (at < ends[leaf]) {
            int length = (int) INT.get(bytes, at);
            at += Integer.BYTES;
            fields.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        return fields;
    }

    static byte[] bytes(long value) {
        if (value == Row.NONE) {
            return new byte[0];
        }
        var bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        return bytes;
    }

    static long value(byte[] field) {
        return field.length == 0 ? Row.NONE : (long) LONG.get(field, 0);
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + more));
        }
    }
}
