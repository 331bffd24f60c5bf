package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.error.v1.Reason;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// X-010, K-037: checkpoints, and the proofs that they make possible.
class ProofsTest {
    /// Head of the DER form of an Ed25519 public key.
    private static final byte[] DER_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    @TempDir
    Path folder;

    @Test
    void everyTransactionIsProvenInEveryLaterCheckpoint() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var books = new SealedBooks(database.superuserJdbi(), 1);
            var proofs = proofs(database);
            books.fill(300, 2);
            var early = proofs.sign();
            books.fill(900, 2);
            var late = proofs.sign();
            assertTrue(late.size() > 300, "more than one tile of the log");
            for (long id = 1; id <= books.transactions(); id += 7) {
                check(proofs.inclusion(id, 0));
            }
            check(proofs.inclusion(1, early.size()));
            // A core that starts later knows the same tree.
            var cold = proofs(database);
            check(cold.inclusion(2, 0));
            assertEquals(late.size(), cold.sign().size());
            assertEquals(
                    HexFormat.of().formatHex(Merkle.root(chains(database, early.size()))),
                    HexFormat.of().formatHex(early.root()));
            assertEquals(
                    Reason.NOT_FOUND,
                    assertThrows(Failure.class, () -> proofs.inclusion(books.transactions() + 1, 0))
                            .reason());
            assertEquals(
                    Reason.WRONG_STATE,
                    assertThrows(
                                    Failure.class,
                                    () -> proofs.inclusion(books.transactions(), early.size()))
                            .reason());
        }
    }

    @Test
    void checkpointsContinueEachOther() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var books = new SealedBooks(database.superuserJdbi(), 2);
            var proofs = proofs(database);
            var empty = proofs.sign();
            assertEquals(0, empty.size());
            books.fill(50, 2);
            var first = proofs.sign();
            assertEquals(first.note(), proofs.sign().note());
            books.fill(120, 2);
            var second = proofs.sign();
            var proof = proofs.consistency(first.size(), 0);
            assertEquals(second.note(), proof.after().note());
            assertFalse(proof.path().isEmpty());
            assertEquals(
                    List.of(second.size(), first.size(), 0L),
                    proofs.page(Proofs.NEWEST, 10).stream()
                            .map(Checkpoint::size)
                            .toList());
        }
    }

    @Test
    void notesHaveTheFormOfTheSpecification() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var books = new SealedBooks(database.superuserJdbi(), 3);
            books.fill(5, 1);
            var proofs = proofs(database);
            var checkpoint = proofs.sign();
            var parts = checkpoint.note().split("\n\n", -1);
            assertEquals(
                    "almonry.test/ledger\n" + checkpoint.size() + "\n"
                            + Base64.getEncoder().encodeToString(checkpoint.root()),
                    parts[0]);
            var signature = parts[1].split(" ", -1);
            assertEquals("\u2014", signature[0]);
            assertEquals("almonry.test/ledger", signature[1]);
            var signed = Base64.getDecoder().decode(signature[2].strip());
            var key = proofs.verifierKey().split("\\+", 3);
            assertEquals(key[1], HexFormat.of().formatHex(Arrays.copyOf(signed, 4)));
            var typed = Base64.getDecoder().decode(key[2]);
            assertEquals(1, typed[0]);
            var der = Arrays.copyOf(DER_HEAD, DER_HEAD.length + 32);
            System.arraycopy(typed, 1, der, DER_HEAD.length, 32);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            verifier.update((parts[0] + "\n").getBytes(UTF_8));
            assertTrue(verifier.verify(Arrays.copyOfRange(signed, 4, signed.length)));
        }
    }

    @Test
    void aChangedHistoryIsNotSigned() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var books = new SealedBooks(database.superuserJdbi(), 4);
            books.fill(40, 2);
            proofs(database).sign();
            database.superuserJdbi().useHandle(handle -> {
                handle.execute("set session_replication_role = replica");
                handle.execute("update ledger.batch set epoch = epoch + 1 where number = 3");
            });
            assertEquals(
                    Reason.WRONG_STATE,
                    assertThrows(Failure.class, () -> proofs(database).sign()).reason());
        }
    }

    @Test
    void keysThatAreNoneAreRefused() throws Exception {
        var file = folder.resolve("wrong.pem");
        Files.writeString(file, "hello");
        assertThrows(ConfigRefused.class, () -> CheckpointKey.read(file, "a.test"));
        var one = folder.resolve("one.pem");
        var two = folder.resolve("two.pem");
        CheckpointKey.create(one);
        CheckpointKey.create(two);
        var mixed = Files.readString(one).split("(?=-----BEGIN PUBLIC)", -1)[0]
                + Files.readString(two).split("(?=-----BEGIN PUBLIC)", -1)[1];
        Files.writeString(file, mixed);
        assertThrows(ConfigRefused.class, () -> CheckpointKey.read(file, "a.test"));
        assertThrows(ConfigRefused.class, () -> CheckpointKey.read(one, "a b"));
        assertThrows(ConfigRefused.class, () -> CheckpointKey.read(one, "a+b"));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    }

    private Proofs proofs(TestDatabase database) {
        var file = folder.resolve("checkpoint.pem");
        if (!Files.exists(file)) {
            CheckpointKey.create(file);
        }
        return new Proofs(
                database.accounting(),
                CheckpointKey.read(file, "almonry.test/ledger"),
                Clock.systemUTC());
    }

    private static List<byte[]> chains(TestDatabase database, long size) {
        return database.accounting()
                .withHandle(handle -> handle.createQuery(
                                "select chain from ledger.batch where number <= :n order by number")
                        .bind("n", size)
                        .mapTo(byte[].class)
                        .map(Merkle::leaf)
                        .list());
    }

    /// As an outsider would: from the leaf up to the signed root.
    private static void check(InclusionProof proof) {
        var batch = proof.batch();
        assertArrayEquals(
                batch.root(),
                MerkleTest.climb(
                        Merkle.leaf(proof.leaf()),
                        proof.index(),
                        batch.transactions(),
                        proof.batchPath()));
        assertArrayEquals(
                proof.checkpoint().root(),
                MerkleTest.climb(
                        Merkle.leaf(batch.chain()),
                        batch.number() - 1,
                        proof.checkpoint().size(),
                        proof.logPath()));
    }
}
