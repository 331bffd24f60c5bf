package org.almonry.ledger.rpc;

import static org.almonry.ledger.rpc.Integrator.issue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.proof.CheckpointKey;
import org.almonry.ledger.proof.MerkleTest;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.CreateCheckpointRequest;
import org.almonry.ledger.v1.GetCheckpointRequest;
import org.almonry.ledger.v1.GetConsistencyProofRequest;
import org.almonry.ledger.v1.GetInclusionProofRequest;
import org.almonry.ledger.v1.GetInclusionProofResponse;
import org.almonry.ledger.v1.LedgerProofReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerProofServiceGrpc;
import org.almonry.ledger.v1.ListCheckpointsRequest;
import org.almonry.testing.SignedIn;
import org.almonry.testing.TestCore;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.almonry.wire.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/// Proofs for processes of the inner zone, over mutual TLS (X-010, K-037).
class ProofReadingTest {
    /// RFC 6962: tells a leaf from a node.
    private static final byte LEAF = 0;

    @Test
    void aReaderProvesWhatAWriterPosted(@TempDir Path directory) throws Exception {
        var key = directory.resolve("checkpoint.pem");
        CheckpointKey.create(key);
        try (var core =
                TestCore.start(directory, Map.of("ledger.checkpoint.key-file", key.toString()))) {
            var shop = new Integrator(core);
            var reader = LedgerProofReaderServiceGrpc.newBlockingStub(
                    core.channel(Identity.LEDGER_READER));
            var admin = WireClient.withSession(
                    LedgerProofServiceGrpc.newBlockingStub(core.channel(Identity.ADMIN)),
                    SignedIn.at(core, Identity.ADMIN, TestCore.ADMIN));
            var bank = shop.coin(CoinKind.COIN_KIND_ISSUING, "bank");
            var project = shop.coin(CoinKind.COIN_KIND_PROJECT, "prj_1");
            shop.post(shop.posting(issue(bank, project, 100)));
            var early = admin.createCheckpoint(CreateCheckpointRequest.getDefaultInstance());
            var posted = shop.post(shop.posting(issue(bank, project, 200)));
            var late = admin.createCheckpoint(CreateCheckpointRequest.getDefaultInstance());

            assertEquals(
                    late.getCheckpoint(),
                    reader.getCheckpoint(GetCheckpointRequest.getDefaultInstance())
                            .getCheckpoint());
            assertEquals(
                    List.of(late.getCheckpoint(), early.getCheckpoint()),
                    reader.listCheckpoints(ListCheckpointsRequest.getDefaultInstance())
                            .getCheckpointsList()
                            .subList(0, 2));
            var id = posted.getPosted().getTransactionIds(0);
            var proof = reader.getInclusionProof(
                    GetInclusionProofRequest.newBuilder().setTransactionId(id).build());
            assertEquals(late.getCheckpoint(), proof.getCheckpoint());
            assertArrayEquals(proof.getBatch().getRoot().toByteArray(), rootOf(proof));
            assertEquals(
                    late.getCheckpoint(),
                    reader.getConsistencyProof(GetConsistencyProofRequest.newBuilder()
                                    .setFromSize(early.getCheckpoint().getSize())
                                    .build())
                            .getAfter());
            var unknown = GetInclusionProofRequest.newBuilder()
                    .setTransactionId("txn_999")
                    .build();
            var refused = assertThrows(
                    StatusRuntimeException.class, () -> reader.getInclusionProof(unknown));
            assertEquals(Reason.NOT_FOUND, Failure.from(refused).reason());
        }
    }

    private static byte[] rootOf(GetInclusionProofResponse proof) throws NoSuchAlgorithmException {
        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(LEAF);
        return MerkleTest.climb(
                sha.digest(proof.getLeaf().toByteArray()),
                proof.getIndex(),
                proof.getBatch().getTransactions(),
                proof.getBatchPathList().stream().map(ByteString::toByteArray).toList());
    }
}
