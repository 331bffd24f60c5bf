package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.FindTransactionsResponse;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.GetBalanceResponse;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.GetCoinResponse;
import org.almonry.ledger.v1.GetHoldRequest;
import org.almonry.ledger.v1.GetHoldResponse;
import org.almonry.ledger.v1.GetMetadataRequest;
import org.almonry.ledger.v1.GetMetadataResponse;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTransactionResponse;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc.LedgerReaderServiceImplBase;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListEntriesResponse;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.ledger.v1.ListHoldsResponse;
import org.almonry.ledger.v1.ListIssuersRequest;
import org.almonry.ledger.v1.ListIssuersResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;

/// almonry.ledger.v1.LedgerReaderService: the reads alone.
public final class LedgerReaderRpc extends LedgerReaderServiceImplBase {
    private final ReadsRpc reads;

    public LedgerReaderRpc(ReadsRpc reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    @Override
    public void listIssuers(
            ListIssuersRequest request, StreamObserver<ListIssuersResponse> answer) {
        send(answer, reads.listIssuers());
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

    private static <T> void send(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
