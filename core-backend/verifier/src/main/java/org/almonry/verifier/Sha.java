package org.almonry.verifier;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, and the trees of RFC 6962 over it.
final class Sha {
    /// Bytes of a hash.
    static final int SIZE = 32;

    static final byte LEAF = 0;
    static final byte NODE = 1;

    private Sha() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The hash of a leaf with these bytes.
    static byte[] leaf(byte[] data) {
        var sha = digest();
        sha.update(LEAF);
        return sha.digest(data);
    }

    static byte[] node(MessageDigest sha, byte[] left, byte[] right) {
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /// The root over so many leaf hashes, one after the other in this array, which is used
    /// up.
    static byte[] root(MessageDigest sha, byte[] hashes, int leaves) {
        var root = new byte[SIZE];
        if (leaves == 0) {
            return sha.digest();
        }
        try {
            int count = leaves;
            while (count > 1) {
                for (int i = 0; i + 1 < count; i += 2) {
                    sha.update(NODE);
                    sha.update(hashes, i * SIZE, 2 * SIZE);
                    sha.digest(hashes, i / 2 * SIZE, SIZE);
                }
                if (count % 2 == 1) {
                    System.arraycopy(hashes, (count - 1) * SIZE, hashes, count / 2 * SIZE, SIZE);
                }
                count = (count + 1) / 2;
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a hash has 32 bytes", e);
        }
        System.arraycopy(hashes, 0, root, 0, SIZE);
        return root;
    }
}
