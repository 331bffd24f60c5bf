package org.almonry.verifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The transparency log over the chains of the batches, of which only the complete parts at
/// its right edge are kept.
final class Log {
    private record Part(int level, byte[] hash) {}

    private final MessageDigest sha = Sha.digest();
    private final List<Part> edge = new ArrayList<>();
    private long size;

    void append(byte[] chain) {
        var part = new Part(0, Sha.leaf(chain));
        while (!edge.isEmpty() && edge.getLast().level() == part.level()) {
            part = new Part(part.level() + 1, Sha.node(sha, edge.removeLast().hash(), part.hash()));
        }
        edge.add(part);
        size++;
    }

    long size() {
        return size;
    }

    byte[] root() {
        if (edge.isEmpty()) {
            return sha.digest();
        }
        var root = edge.getLast().hash();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = Sha.node(sha, edge.get(i).hash(), root);
        }
        return root;
    }
}
