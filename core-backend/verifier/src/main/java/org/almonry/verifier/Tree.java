package org.almonry.verifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// A Merkle tree over leaves that are given as fields, in which one leaf can be exchanged
/// for the price of its path.
final class Tree {
    private final MessageDigest sha = Sha.digest();
    private final Leaves buffer = new Leaves();
    private final List<List<byte[]>> leaves;
    private final List<List<byte[]>> levels = new ArrayList<>();

    Tree(List<List<byte[]>> leaves) {
        this.leaves = leaves;
        var level = new ArrayList<byte[]>(leaves.size());
        leaves.forEach(each -> level.add(hash(each)));
        levels.add(level);
        while (levels.getLast().size() > 1) {
            var below = levels.getLast();
            var above = new ArrayList<byte[]>();
            for (int i = 0; i < below.size(); i += 2) {
                above.add(
                        i + 1 == below.size()
                                ? below.get(i)
                                : Sha.node(sha, below.get(i), below.get(i + 1)));
            }
            levels.add(above);
        }
    }

    /// Whether this is the root once the leaves are these; those that stayed are the same
    /// objects.
    boolean isRoot(List<List<byte[]>> changed, byte[] wanted) {
        var hashes = new byte[Math.max(1, leaves.size()) * Sha.SIZE];
        for (int i = 0; i < leaves.size(); i++) {
            var hash = changed.get(i) == leaves.get(i)
                    ? levels.getFirst().get(i)
                    : hash(changed.get(i));
            System.arraycopy(hash, 0, hashes, i * Sha.SIZE, Sha.SIZE);
        }
        return ChainCheck.same(Sha.root(sha, hashes, leaves.size()), wanted);
    }

    /// Whether this is the root once a leaf is exchanged.
    boolean isRoot(int place, List<byte[]> leaf, byte[] wanted) {
        var hash = hash(leaf);
        int at = place;
        for (var level : levels.subList(0, levels.size() - 1)) {
            if (at % 2 == 1) {
                hash = Sha.node(sha, level.get(at - 1), hash);
            } else if (at + 1 < level.size()) {
                hash = Sha.node(sha, hash, level.get(at + 1));
            }
            at /= 2;
        }
        return ChainCheck.same(hash, wanted);
    }

    private byte[] hash(List<byte[]> fields) {
        buffer.clear();
        buffer.begin();
        fields.forEach(buffer::field);
        sha.update(buffer.bytes, 0, buffer.size());
        return sha.digest();
    }
}
