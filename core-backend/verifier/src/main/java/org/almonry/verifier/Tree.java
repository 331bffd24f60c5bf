package org.almonry.verifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// A Merkle tree over leaves that are given as fields, in which one leaf can be exchanged
/// for the price of its path.
final class Tree {
    private final MessageDigest sha = Sha.digest();
    private final List<List<byte[]>> levels = new ArrayList<>();

    Tree(List<List<byte[]>> leaves) {
        var level = new ArrayList<byte[]>(leaves.size());
        leaves.forEach(each -> level.add(hash(each)));
        levels.add(level);
        while (levels.getLast().size() > 1) {
            var below = levels.getLast();
            var above = new ArrayList<byte[]>();
            for (int i = 0; i < below.size(); i += 2) {
                above.add(i + 1 == below.size()
                        ? below.get(i)
                        : Sha.node(sha, below.get(i), below.get(i + 1)));
            }
            levels.add(above);
        }
    }

    boolean isRoot(byte[] wanted) {
        return !levels.getLast().isEmpty()
                && ChainCheck.same(levels.getLast().getFirst(), wanted);
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
        var leaf = new Leaves();
        leaf.begin();
        fields.forEach(leaf::field);
        sha.update(leaf.bytes, 0, leaf.size());
        return sha.digest();
    }
}
