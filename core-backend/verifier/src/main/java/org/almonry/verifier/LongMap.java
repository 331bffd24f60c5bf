package org.almonry.verifier;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// A map from ids to objects without boxes.
final class LongMap<V> {
    private static final int START_SIZE = 64;

    private long[] keys = new long[START_SIZE];
    private @Nullable Object[] values = new Object[START_SIZE];
    private int count;

    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        int at = place(key);
        return (V) values[at];
    }

    void put(long key, V value) {
        if (2 * count >= keys.length) {
            grow();
        }
        int at = place(key);
        if (values[at] == null) {
            count++;
        }
        keys[at] = key;
        values[at] = value;
    }

    @SuppressWarnings("unchecked")
    void forEach(Consumer<V> action) {
        for (var value : values) {
            if (value != null) {
                action.accept((V) value);
            }
        }
    }

    int size() {
        return count;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (values[at] != null && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        count = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            var value = (V) oldValues[i];
            if (value != null) {
                put(oldKeys[i], value);
            }
        }
    }
}
