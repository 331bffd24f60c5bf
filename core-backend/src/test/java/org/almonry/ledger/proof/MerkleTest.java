package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// K-037, X-010: hashes and trees. The known values are those that implementations of
/// RFC 6962 share.
public class MerkleTest {
    private static final HexFormat HEX = HexFormat.of();

    private static final List<String> LEAVES = List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheStandard() {
        for (int size = 0; size <= LEAVES.size(); size++) {
            var leaves = leaves(size);
            assertEquals(ROOTS.get(size), HEX.formatHex(Merkle.root(leaves)));
            assertEquals(ROOTS.get(size), HEX.formatHex(Merkle.root(Merkle.of(leaves), size)));
        }
    }

    @Test
    void knownInclusion() {
        assertEquals(
                List.of(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                Merkle.inclusion(Merkle.of(leaves(8)), 0, 8).stream()
                        .map(HEX::formatHex)
                        .toList());
    }

    @Test
    void everyProofOfEverySizeLeadsToTheRoot() {
        var leaves = IntStream.range(0, 70)
                .mapToObj(i -> Merkle.leaf(new byte[] {(byte) i}))
                .toList();
        var nodes = Merkle.of(leaves);
        for (int size = 1; size <= leaves.size(); size++) {
            var root = Merkle.root(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                var path = Merkle.inclusion(nodes, index, size);
                assertArrayEquals(root, climb(leaves.get(index), index, size, path));
            }
            for (int before = 1; before <= size; before++) {
                assertTrue(isConsistent(
                        before,
                        size,
                        Merkle.root(leaves.subList(0, before)),
                        root,
                        Merkle.consistency(nodes, before, size)));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Merkle.inclusion(nodes, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> Merkle.consistency(nodes, 6, 5));
    }

    @Test
    void leavesAreTheDocumentedBytes() throws Exception {
        var writer = new LeafWriter();
        for (int round = 0; round < 2; round++) {
            writer.begin();
            writer.number(-2);
            writer.numberUnlessZero(0);
            writer.text("€");
            writer.text(null);
            writer.uuid(new UUID(1, 2));
            writer.uuid(null);
            writer.instant(Instant.parse("1970-01-01T00:00:01.000002Z"));
            writer.bytes(new byte[] {9});
            var hash = writer.end();
            var bytes = ByteBuffer.allocate(200).put((byte) 0).put((byte) 1);
            bytes.putInt(8).putLong(-2).putInt(0).putInt(3).put(HEX.parseHex("e282ac"));
            bytes.putInt(0).putInt(16).putLong(1).putLong(2).putInt(0);
            bytes.putInt(8).putLong(1_000_002).putInt(1).put((byte) 9);
            assertArrayEquals(
                    MessageDigest.getInstance("SHA-256")
                            .digest(Arrays.copyOf(bytes.array(), bytes.position())),
                    hash);
        }
    }

    @Test
    void longTextsGetRoom() {
        var writer = new LeafWriter();
        writer.text("x".repeat(5_000));
        var one = writer.end();
        writer.begin();
        writer.text("x".repeat(5_000));
        assertArrayEquals(one, writer.end());
    }

    @Test
    void chainCoversEveryPartOfABatch() {
        var at = Instant.parse("2026-01-02T03:04:05.678901Z");
        var zero = BatchSeal.NO_CHAIN;
        var other = Merkle.leaf(zero);
        var short0 = (short) 0;
        var variants = List.of(
                new BatchSeal(short0, 1, 2, 3, 4, 5, at, zero, zero, zero),
                new BatchSeal((short) 1, 1, 2, 3, 4, 5, at, zero, zero, zero),
                new BatchSeal(short0, 9, 2, 3, 4, 5, at, zero, zero, zero),
                new BatchSeal(short0, 1, 9, 3, 4, 5, at, zero, zero, zero),
                new BatchSeal(short0, 1, 2, 9, 4, 5, at, zero, zero, zero),
                new BatchSeal(short0, 1, 2, 3, 9, 5, at, zero, zero, zero),
                new BatchSeal(short0, 1, 2, 3, 4, 9, at, zero, zero, zero),
                new BatchSeal(short0, 1, 2, 3, 4, 5, at.plusMillis(1), zero, zero, zero),
                new BatchSeal(short0, 1, 2, 3, 4, 5, at, other, zero, zero),
                new BatchSeal(short0, 1, 2, 3, 4, 5, at, zero, other, zero),
                new BatchSeal(short0, 1, 2, 3, 4, 5, at, zero, zero, other));
        assertEquals(
                variants.size(),
                variants.stream()
                        .map(each -> HEX.formatHex(each.chain()))
                        .distinct()
                        .count());
    }

    @Test
    void requestsSealAlikeInAnyOrder() {
        var first = new RequestLeaf(new UUID(-1, 0), new byte[32], 7, 0);
        var second = new RequestLeaf(new UUID(1, 0), new byte[32], 7, 0);
        var third = new RequestLeaf(new UUID(0, 5), new byte[32], 7, 2);
        assertArrayEquals(
                RequestLeaf.root(List.of(first, second, third)),
                RequestLeaf.root(List.of(third, second, first)));
    }

    private static List<byte[]> leaves(int size) {
        return LEAVES.stream().limit(size).map(HEX::parseHex).map(Merkle::leaf).toList();
    }

    /// RFC 9162, 2.1.3.2.
    public static byte[] climb(byte[] leaf, long index, long size, List<byte[]> path) {
        long place = index;
        long last = size - 1;
        var hash = leaf;
        for (var each : path) {
            assertTrue(last > 0, "the path is too long");
            if (place % 2 == 1 || place == last) {
                hash = parent(each, hash);
                while (place % 2 == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = parent(hash, each);
            }
            place >>= 1;
            last >>= 1;
        }
        assertEquals(0, last, "the path is too short");
        return hash;
    }

    /// RFC 9162, 2.1.4.2.
    private static boolean isConsistent(
            long before, long size, byte[] rootBefore, byte[] root, List<byte[]> given) {
        if (before == size) {
            return given.isEmpty() && Arrays.equals(rootBefore, root);
        }
        var path = new ArrayList<>(given);
        if (Long.bitCount(before) == 1) {
            path.addFirst(rootBefore);
        }
        long place = before - 1;
        long last = size - 1;
        while (place % 2 == 1) {
            place >>= 1;
            last >>= 1;
        }
        var one = path.getFirst();
        var other = path.getFirst();
        for (var each : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if (place % 2 == 1 || place == last) {
                one = parent(each, one);
                other = parent(each, other);
                while (place % 2 == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                other = parent(other, each);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(one, rootBefore) && Arrays.equals(other, root);
    }

    private static byte[] parent(byte[] left, byte[] right) {
        var sha = Merkle.sha256();
        sha.update((byte) 1);
        sha.update(left);
        return sha.digest(right);
    }
}
