package org.almonry.gateway.testing;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.BatchSeal;
import org.almonry.ledger.v1.Checkpoint;
import org.almonry.ledger.v1.CreateCheckpointRequest;
import org.almonry.ledger.v1.CreateCheckpointResponse;
import org.almonry.ledger.v1.GetCheckpointRequest;
import org.almonry.ledger.v1.GetCheckpointResponse;
import org.almonry.ledger.v1.GetConsistencyProofRequest;
import org.almonry.ledger.v1.GetConsistencyProofResponse;
import org.almonry.ledger.v1.GetInclusionProofRequest;
import org.almonry.ledger.v1.GetInclusionProofResponse;
import org.almonry.ledger.v1.LedgerProofServiceGrpc.LedgerProofServiceImplBase;
import org.almonry.ledger.v1.ListCheckpointsRequest;
import org.almonry.ledger.v1.ListCheckpointsResponse;
import org.almonry.wire.Failure;

/// Two checkpoints; the books are broken before, or nothing can be signed, if a test says so.
public final class FakeProof extends LedgerProofServiceImplBase {

    /// Why nothing can be proven or signed; empty when all is right.
    public volatile String refusal = "";

    private static ByteString hash(int value) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }

    private static Checkpoint checkpoint(long size) {
        return Checkpoint.newBuilder()
                .setOrigin("almonry.test/ledger")
                .setSize(size)
                .setRoot(hash(0xab))
                .setSignedAt(LedgerSamples.AT)
                .setNote("almonry.test/ledger\n" + size + "\nq6s=\n\n\u2014 almonry.test <sig>\n")
                .build();
    }

    private void refuse() {
        if (!refusal.isEmpty()) {
            throw new Failure(Reason.WRONG_STATE, refusal);
        }
    }

    @Override
    public void getCheckpoint(
            GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> out) {
        if (request.getSize() > 40) {
            throw new Failure(Reason.NOT_FOUND, "There is no checkpoint of this size.");
        }
        out.onNext(GetCheckpointResponse.newBuilder()
                .setCheckpoint(checkpoint(request.getSize() == 0 ? 40 : request.getSize()))
                .setVerifierKey("almonry.test/ledger+1234abcd+AbCd")
                .build());
        out.onCompleted();
    }

    @Override
    public void createCheckpoint(
            CreateCheckpointRequest request, StreamObserver<CreateCheckpointResponse> out) {
        refuse();
        out.onNext(CreateCheckpointResponse.newBuilder()
                .setCheckpoint(checkpoint(40))
                .build());
        out.onCompleted();
    }

    @Override
    public void listCheckpoints(
            ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> out) {
        out.onNext(ListCheckpointsResponse.newBuilder()
                .addCheckpoints(checkpoint(40))
                .addCheckpoints(checkpoint(38))
                .build());
        out.onCompleted();
    }

    @Override
    public void getInclusionProof(
            GetInclusionProofRequest request, StreamObserver<GetInclusionProofResponse> out) {
        refuse();
        out.onNext(GetInclusionProofResponse.newBuilder()
                .setLeaf(ByteString.copyFrom(new byte[] {1, 0, 0}))
                .setIndex(1)
                .setBatch(BatchSeal.newBuilder()
                        .setNumber(39)
                        .setEpoch(3)
                        .setFirstTransaction(6)
                        .setTransactions(2)
                        .setRequests(1)
                        .setRecordedAt(LedgerSamples.AT)
                        .setRoot(hash(1))
                        .setRequestRoot(hash(2))
                        .setPreviousChain(hash(3)))
                .addBatchPath(hash(0x11))
                .addLogPath(hash(0x22))
                .addLogPath(hash(0x33))
                .setCheckpoint(checkpoint(40))
                .build());
        out.onCompleted();
    }

    @Override
    public void getConsistencyProof(
            GetConsistencyProofRequest request, StreamObserver<GetConsistencyProofResponse> out) {
        refuse();
        out.onNext(GetConsistencyProofResponse.newBuilder()
                .setBefore(checkpoint(request.getFromSize()))
                .setAfter(checkpoint(40))
                .addPath(hash(0x44))
                .build());
        out.onCompleted();
    }
}
