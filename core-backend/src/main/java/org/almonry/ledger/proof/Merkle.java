package org.almonry.ledger.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Merkle trees of RFC 6962 over SHA-256: roots, inclusion and consistency proofs.
///
/// The parts of a tree come from [Nodes], so the same code serves a batch in memory and a
/// log of millions of batches of which only the upper parts are kept.
public final class Merkle {
    /// Bytes of a hash.
    public static final int HASH = 32;

    static final byte LEAF = 0;
    private static final byte NODE = 1;

    /// Complete parts of a tree: the hash over the leaves from `index << level` on,
    /// `1 << level` of them.
    @FunctionalInterface
    public interface Nodes {
        byte[] node(int level, long index);
    }

    private final Nodes nodes;
    private final MessageDigest sha = sha256();

    private Merkle(Nodes nodes) {
        this.nodes = nodes;
    }

    /// The root over hashes of leaves; of none, the hash of nothing.
    public static byte[] root(List<byte[]> leafHashes) {
        var sha = sha256();
        int count = leafHashes.size();
        if (count == 0) {
            return sha.digest();
        }
        // Level by level in one array: two neighbours become one, a last single one moves
        // up as it is. That gives the tree of RFC 6962 without recursion.
        var level = new byte[count * HASH];
        for (int i = 0; i < count; i++) {
            System.arraycopy(leafHashes.get(i), 0, level, i * HASH, HASH);
        }
        try {
            while (count > 1) {
                int pairs = count / 2;
                for (int i = 0; i < pairs; i++) {
                    sha.update(NODE);
                    sha.update(level, 2 * i * HASH, 2 * HASH);
                    sha.digest(level, i * HASH, HASH);
                }
                if (count % 2 == 1) {
                    System.arraycopy(level, (count - 1) * HASH, level, pairs * HASH, HASH);
                }
                count = pairs + count % 2;
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a hash has 32 bytes", e);
        }
        return Arrays.copyOf(level, HASH);
    }

    /// The root of the first `size` leaves.
    public static byte[] root(Nodes nodes, long size) {
        return size == 0 ? sha256().digest() : new Merkle(nodes).over(0, size);
    }

    /// The hashes that lead from leaf `index` to the root of the first `size` leaves, from
    /// below.
    public static List<byte[]> inclusion(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not among " + size);
        }
        var path = new ArrayList<byte[]>();
        new Merkle(nodes).path(index, 0, size, path);
        return List.copyOf(path);
    }

    /// The hashes that show that the first `size` leaves begin with the first `before`.
    public static List<byte[]> consistency(Nodes nodes, long before, long size) {
        if (before < 0 || before > size) {
            throw new IllegalArgumentException(before + " leaves are more than " + size);
        }
        var path = new ArrayList<byte[]>();
        if (before > 0 && before < size) {
            new Merkle(nodes).subproof(before, 0, size, true, path);
        }
        return List.copyOf(path);
    }

    /// The complete parts of a tree whose leaves are in memory.
    public static Nodes of(List<byte[]> leafHashes) {
        var levels = new ArrayList<List<byte[]>>();
        levels.add(leafHashes);
        var sha = sha256();
        while (levels.getLast().size() > 1) {
            var below = levels.getLast();
            var level = new ArrayList<byte[]>(below.size() / 2);
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(node(sha, below.get(i), below.get(i + 1)));
            }
            levels.add(level);
        }
        return (level, index) -> levels.get(level).get(Math.toIntExact(index));
    }

    /// The hash of a leaf with these bytes.
    public static byte[] leaf(byte[] data) {
        var sha = sha256();
        sha.update(LEAF);
        return sha.digest(data);
    }

    static byte[] node(MessageDigest sha, byte[] left, byte[] right) {
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The hash over the leaves from `low` to before `high`; `low` is a multiple of every
    /// part that is asked for, because parts are split at powers of two.
    private byte[] over(long low, long high) {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return nodes.node(level, low >> level);
        }
        long middle = low + Long.highestOneBit(count);
        return node(sha, over(low, middle), over(middle, high));
    }

    private void path(long index, long low, long high, List<byte[]> path) {
        if (high - low == 1) {
            return;
        }
        long middle = middle(low, high);
        if (index < middle) {
            path(index, low, middle, path);
            path.add(over(middle, high));
        } else {
            path(index, middle, high, path);
            path.add(over(low, middle));
        }
    }

    /// SUBPROOF of RFC 6962, 2.1.2. `isKnown`: the verifier has the hash of this part.
    private void subproof(long before, long low, long high, boolean isKnown, List<byte[]> path) {
        if (before == high) {
            if (!isKnown) {
                path.add(over(low, high));
            }
            return;
        }
        long middle = middle(low, high);
        if (before <= middle) {
            subproof(before, low, middle, isKnown, path);
            path.add(over(middle, high));
        } else {
            subproof(before, middle, high, false, path);
            path.add(over(low, middle));
        }
    }

    /// Where the tree over these leaves is split: the largest power of two below their
    /// number.
    private static long middle(long low, long high) {
        return low + Long.highestOneBit(high - low - 1);
    }
}
