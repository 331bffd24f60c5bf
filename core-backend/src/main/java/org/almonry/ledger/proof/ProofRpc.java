package org.almonry.ledger.proof;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CheckpointState;
import org.almonry.ledger.v1.CreateCheckpointRequest;
import org.almonry.ledger.v1.CreateCheckpointResponse;
import org.almonry.ledger.v1.GetCheckpointRequest;
import org.almonry.ledger.v1.GetCheckpointResponse;
import org.almonry.ledger.v1.GetConsistencyProofRequest;
import org.almonry.ledger.v1.GetConsistencyProofResponse;
import org.almonry.ledger.v1.GetInclusionProofRequest;
import org.almonry.ledger.v1.GetInclusionProofResponse;
import org.almonry.ledger.v1.GetLedgerStateResponse;
import org.almonry.ledger.v1.LedgerProofReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerProofServiceGrpc.LedgerProofServiceImplBase;
import org.almonry.ledger.v1.ListCheckpointsRequest;
import org.almonry.ledger.v1.ListCheckpointsResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Failure;
import org.almonry.wire.TimeCodec;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// almonry.ledger.v1.LedgerProofService, and what of it readers of the inner zone are shown.
public final class ProofRpc extends LedgerProofServiceImplBase
        implements LedgerProofReaderServiceGrpc.AsyncService {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    private static final Pattern TRANSACTION = Pattern.compile("txn_([0-9]{1,18})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Proofs proofs;

    public ProofRpc(Proofs proofs) {
        this.proofs = requireNonNull(proofs, "proofs is null");
    }

    /// almonry.ledger.v1.LedgerProofReaderService, by the same methods.
    public BindableService forReaders() {
        return () -> LedgerProofReaderServiceGrpc.bindService(this);
    }

    /// What proofs add to the state of the ledger.
    public void addTo(GetLedgerStateResponse.Builder response) {
        proofs.latest()
                .ifPresent(each -> response.setCheckpoint(CheckpointState.newBuilder()
                        .setSignedAt(TimeCodec.toProto(each.signedAt()))
                        .setSize(each.size())
                        .setRoot(HexFormat.of().formatHex(each.root()))
                        .setNote(each.note())));
    }

    @Override
    public void getCheckpoint(
            GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> answer) {
        send(
                answer,
                GetCheckpointResponse.newBuilder()
                        .setCheckpoint(encode(proofs.get(request.getSize())))
                        .setVerifierKey(proofs.verifierKey())
                        .build());
    }

    @Override
    public void createCheckpoint(
            CreateCheckpointRequest request, StreamObserver<CreateCheckpointResponse> answer) {
        send(
                answer,
                CreateCheckpointResponse.newBuilder()
                        .setCheckpoint(encode(proofs.sign()))
                        .build());
    }

    @Override
    public void listCheckpoints(
            ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> answer) {
        int size = request.getPage().getSize() == 0 ? SIZE : request.getPage().getSize();
        var token = request.getPage().getToken();
        if (!token.isEmpty() && !NUMBER.matcher(token).matches()) {
            throw new Failure(Reason.INVALID_ARGUMENT, "This page does not exist.");
        }
        var rows = proofs.page(token.isEmpty() ? Proofs.NEWEST : Long.parseLong(token), size);
        var response = ListCheckpointsResponse.newBuilder();
        rows.forEach(each -> response.addCheckpoints(encode(each)));
        if (rows.size() == size) {
            response.setPage(PageInfo.newBuilder()
                    .setNextToken(Long.toString(rows.getLast().size())));
        }
        send(answer, response.build());
    }

    @Override
    public void getInclusionProof(
            GetInclusionProofRequest request, StreamObserver<GetInclusionProofResponse> answer) {
        var id = TRANSACTION.matcher(request.getTransactionId());
        if (!id.matches()) {
            throw new Failure(Reason.NOT_FOUND, "There is no such transaction in the ledger.");
        }
        var proof = proofs.inclusion(Long.parseLong(id.group(1)), request.getSize());
        send(
                answer,
                GetInclusionProofResponse.newBuilder()
                        .setLeaf(ByteString.copyFrom(proof.leaf()))
                        .setIndex(proof.index())
                        .setBatch(encode(proof.batch()))
                        .addAllBatchPath(encode(proof.batchPath()))
                        .addAllLogPath(encode(proof.logPath()))
                        .setCheckpoint(encode(proof.checkpoint()))
                        .build());
    }

    @Override
    public void getConsistencyProof(
            GetConsistencyProofRequest request,
            StreamObserver<GetConsistencyProofResponse> answer) {
        var proof = proofs.consistency(request.getFromSize(), request.getToSize());
        send(
                answer,
                GetConsistencyProofResponse.newBuilder()
                        .setBefore(encode(proof.before()))
                        .setAfter(encode(proof.after()))
                        .addAllPath(encode(proof.path()))
                        .build());
    }

    private static org.almonry.ledger.v1.Checkpoint encode(Checkpoint checkpoint) {
        return org.almonry.ledger.v1.Checkpoint.newBuilder()
                .setOrigin(checkpoint.origin())
                .setSize(checkpoint.size())
                .setRoot(ByteString.copyFrom(checkpoint.root()))
                .setSignedAt(TimeCodec.toProto(checkpoint.signedAt()))
                .setNote(checkpoint.note())
                .build();
    }

    private static org.almonry.ledger.v1.BatchSeal encode(BatchSeal batch) {
        return org.almonry.ledger.v1.BatchSeal.newBuilder()
                .setShard(batch.shard())
                .setNumber(batch.number())
                .setEpoch(batch.epoch())
                .setFirstTransaction(batch.first())
                .setTransactions(batch.transactions())
                .setRequests(batch.requests())
                .setRecordedAt(TimeCodec.toProto(batch.recordedAt()))
                .setRoot(ByteString.copyFrom(batch.root()))
                .setRequestRoot(ByteString.copyFrom(batch.requestRoot()))
                .setPreviousChain(ByteString.copyFrom(batch.previousChain()))
                .build();
    }

    private static List<ByteString> encode(List<byte[]> hashes) {
        return hashes.stream().map(ByteString::copyFrom).toList();
    }
}
