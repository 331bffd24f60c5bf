package org.almonry.ledger.rpc;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;

import org.almonry.ledger.check.Verifications;
import org.almonry.ledger.export.JournalFormats;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.v1.ExplainBalanceRequest;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.ExportJournalRequest;
import org.almonry.ledger.v1.ExportJournalResponse;
import org.almonry.ledger.v1.GetLedgerStateRequest;
import org.almonry.ledger.v1.GetLedgerStateResponse;
import org.almonry.ledger.v1.GetTrialBalanceRequest;
import org.almonry.ledger.v1.GetTrialBalanceResponse;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.VerificationState;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.wire.ChunkStream;
import org.almonry.wire.MoneyCodec;
import org.almonry.wire.TimeCodec;

import java.time.Duration;

/// almonry.ledger.v1.LedgerReadService: the books as admins read them, each method under a
/// permission of the person.
public final class AdminLedgerRpc extends ReadsRpc implements LedgerReadServiceGrpc.AsyncService {
    private final LedgerReads reads;
    private final Verifications check;
    private final JournalFormats exports;
    private final LedgerStateRpc state;
    private final ExplainCodec explain;

    public AdminLedgerRpc(
            LedgerReads reads,
            Metadata metadata,
            ProcessesRpc processes,
            Verifications check,
            JournalFormats exports,
            LedgerStateRpc state) {
        super(reads, metadata, processes);
        this.reads = reads;
        this.check = requireNonNull(check, "check is null");
        this.exports = requireNonNull(exports, "exports is null");
        this.state = requireNonNull(state, "state is null");
        this.explain = new ExplainCodec(reads);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return LedgerReadServiceGrpc.bindService(this);
    }

    @Override
    public void explainBalance(
            ExplainBalanceRequest request, StreamObserver<ExplainBalanceResponse> answer) {
        send(answer, explain.explain(request));
    }

    @Override
    public void getTrialBalance(
            GetTrialBalanceRequest request, StreamObserver<GetTrialBalanceResponse> answer) {
        send(answer, explain.trial(request));
    }

    @Override
    public void getLedgerState(
            GetLedgerStateRequest request, StreamObserver<GetLedgerStateResponse> answer) {
        var head = reads.head();
        var response = GetLedgerStateResponse.newBuilder()
                .setBatch(head.batch())
                .setLastTransactionId(
                        LedgerCodec.id(LedgerCodec.TRANSACTION, head.lastTransaction()))
                .setChain(head.chain())
                .setWriter(head.owner())
                .setEpoch(head.epoch())
                .setCoins(head.coins())
                .setTransactions(head.lastTransaction())
                .setOpenHolds(head.openHolds());
        if (head.batch() > 0) {
            response.setRecordedAt(TimeCodec.toProto(head.recordedAt()));
        }
        check.last()
                .ifPresent(past -> response.setVerification(VerificationState.newBuilder()
                        .setEndedAt(TimeCodec.toProto(past.endedAt()))
                        .setRight(past.faults().isEmpty())
                        .setTransactions(past.transactions())
                        .addAllFaults(past.faults())
                        .setDurationMs(Duration.between(past.startedAt(), past.endedAt())
                                .toMillis())));
        state.addTo(response);
        send(answer, response.build());
    }

    @Override
    public void exportJournal(
            ExportJournalRequest request, StreamObserver<ExportJournalResponse> answer) {
        var from = LedgerCodec.day(request.getFrom(), "from");
        var to = LedgerCodec.day(request.getTo(), "to");
        var file = new ChunkStream<>(
                answer,
                chunk -> ExportJournalResponse.newBuilder().setChunk(chunk).build());
        var format = switch (request.getFormat()) {
            case JOURNAL_FORMAT_BEANCOUNT -> JournalFormats.Format.BEANCOUNT;
            case JOURNAL_FORMAT_HLEDGER -> JournalFormats.Format.HLEDGER;
            default -> JournalFormats.Format.CSV;
        };
        exports.write(format, from, to, request.getIssuerKey(), file);
        file.flush();
        answer.onCompleted();
    }

    @Override
    public void verifyLedger(
            VerifyLedgerRequest request, StreamObserver<VerifyLedgerResponse> answer) {
        var found = check.run();
        var response = VerifyLedgerResponse.newBuilder()
                .setRight(found.isRight())
                .setCoins(found.coins())
                .setTransactions(found.transactions())
                .addAllFaults(found.faults());
        found.sums().forEach(each -> response.addSums(MoneyCodec.toProto(each)));
        send(answer, response.build());
    }
}
