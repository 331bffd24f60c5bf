package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.check.Verifications;
import org.almonry.ledger.export.JournalFormats;
import org.almonry.ledger.v1.ExplainBalanceRequest;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.ExportJournalRequest;
import org.almonry.ledger.v1.ExportJournalResponse;
import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.FindTransactionsResponse;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.GetBalanceResponse;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.GetCoinResponse;
import org.almonry.ledger.v1.GetHoldRequest;
import org.almonry.ledger.v1.GetHoldResponse;
import org.almonry.ledger.v1.GetLedgerStateRequest;
import org.almonry.ledger.v1.GetLedgerStateResponse;
import org.almonry.ledger.v1.GetMetadataRequest;
import org.almonry.ledger.v1.GetMetadataResponse;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTransactionResponse;
import org.almonry.ledger.v1.GetTrialBalanceRequest;
import org.almonry.ledger.v1.GetTrialBalanceResponse;
import org.almonry.ledger.v1.LedgerReadServiceGrpc.LedgerReadServiceImplBase;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListEntriesResponse;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.ledger.v1.ListHoldsResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;
import org.almonry.ledger.v1.VerificationState;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.wire.ChunkStream;
import org.almonry.wire.MoneyCodec;

import java.time.Duration;

/// almonry.ledger.v1.LedgerReadService: the books as admins read them.
public final class AdminLedgerRpc extends LedgerReadServiceImplBase {
    private final ReadsRpc reads;
    private final Verifications check;
    private final JournalFormats exports;
    private final LedgerStateRpc state;
    private final ExplainCodec explain;

    public AdminLedgerRpc(
            ReadsRpc reads, Verifications check, JournalFormats exports, LedgerStateRpc state) {
        this.reads = requireNonNull(reads, "reads is null");
        this.check = requireNonNull(check, "check is null");
        this.exports = requireNonNull(exports, "exports is null");
        this.state = requireNonNull(state, "state is null");
        this.explain = new ExplainCodec(reads);
    }

    @Override
    public void getCoin(GetCoinRequest request, StreamObserver<GetCoinResponse> answer) {
        send(answer, reads.getCoin(request));
    }

    @Override
    public void listCoins(ListCoinsRequest request, StreamObserver<ListCoinsResponse> answer) {
        send(answer, reads.listCoins(request));
    }

    @Override
    public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> answer) {
        send(answer, reads.getBalance(request));
    }

    @Override
    public void listEntries(
            ListEntriesRequest request, StreamObserver<ListEntriesResponse> answer) {
        send(answer, reads.listEntries(request));
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> answer) {
        send(answer, reads.processes().get(request.getProcessId()));
    }

    @Override
    public void listProcesses(
            ListProcessesRequest request, StreamObserver<ListProcessesResponse> answer) {
        send(answer, reads.processes().list(request));
    }

    @Override
    public void getTransaction(
            GetTransactionRequest request, StreamObserver<GetTransactionResponse> answer) {
        send(answer, reads.getTransaction(request));
    }

    @Override
    public void findTransactions(
            FindTransactionsRequest request, StreamObserver<FindTransactionsResponse> answer) {
        send(answer, reads.search().find(request));
    }

    @Override
    public void getHold(GetHoldRequest request, StreamObserver<GetHoldResponse> answer) {
        send(answer, reads.getHold(request));
    }

    @Override
    public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> answer) {
        send(answer, reads.listHolds(request));
    }

    @Override
    public void getMetadata(
            GetMetadataRequest request, StreamObserver<GetMetadataResponse> answer) {
        send(answer, reads.getMetadata(request));
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
        var head = reads.reads().head();
        var response = GetLedgerStateResponse.newBuilder()
                .setBatch(head.batch())
                .setLastTransactionId(LedgerCodec.id(ReadsRpc.TRANSACTION, head.lastTransaction()))
                .setChain(head.chain())
                .setWriter(head.owner())
                .setEpoch(head.epoch())
                .setCoins(head.coins())
                .setTransactions(head.lastTransaction())
                .setOpenHolds(head.openHolds());
        if (head.batch() > 0) {
            response.setRecordedAt(LedgerCodec.timestamp(head.recordedAt()));
        }
        check.last()
                .ifPresent(past -> response.setVerification(VerificationState.newBuilder()
                        .setEndedAt(LedgerCodec.timestamp(past.endedAt()))
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

    private static <T> void send(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
