package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.Issuer;
import org.almonry.ledger.v1.CloseCoinRequest;
import org.almonry.ledger.v1.CloseCoinResponse;
import org.almonry.ledger.v1.ClosePeriodRequest;
import org.almonry.ledger.v1.ClosePeriodResponse;
import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.FindTransactionsResponse;
import org.almonry.ledger.v1.FreezeCoinRequest;
import org.almonry.ledger.v1.FreezeCoinResponse;
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
import org.almonry.ledger.v1.LedgerServiceGrpc.LedgerServiceImplBase;
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
import org.almonry.ledger.v1.OpenCoinRequest;
import org.almonry.ledger.v1.OpenCoinResponse;
import org.almonry.ledger.v1.OpenIssuerRequest;
import org.almonry.ledger.v1.OpenIssuerResponse;
import org.almonry.ledger.v1.PostBatchRequest;
import org.almonry.ledger.v1.PostBatchResponse;
import org.almonry.ledger.v1.PostRequest;
import org.almonry.ledger.v1.PostResponse;
import org.almonry.ledger.v1.PostStreamRequest;
import org.almonry.ledger.v1.PostStreamResponse;
import org.almonry.ledger.v1.SetCreditLimitRequest;
import org.almonry.ledger.v1.SetCreditLimitResponse;
import org.almonry.ledger.v1.SetMetadataRequest;
import org.almonry.ledger.v1.SetMetadataResponse;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;

/// almonry.ledger.v1.LedgerService: everything that internal processes write, and the
/// reads.
public final class LedgerRpc extends LedgerServiceImplBase {
    private final Ledger ledger;
    private final ReadsRpc reads;
    private final Metadata metadata;
    private final PostingCodec postings;

    public LedgerRpc(Ledger ledger, ReadsRpc reads, Metadata metadata) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.postings = new PostingCodec(ledger, new CoinFacts(reads.reads()));
    }

    @Override
    public void openIssuer(OpenIssuerRequest request, StreamObserver<OpenIssuerResponse> answer) {
        ledger.openIssuer(request.getIssuerKey(), request.getName());
        send(
                answer,
                OpenIssuerResponse.newBuilder()
                        .setIssuer(LedgerCodec.issuer(issuer(request.getIssuerKey())))
                        .build());
    }

    @Override
    public void openCoin(OpenCoinRequest request, StreamObserver<OpenCoinResponse> answer) {
        var currency = MoneyCodec.fromProto(org.almonry.type.v1.Money.newBuilder()
                        .setCurrency(request.getCurrency())
                        .build())
                .currency();
        NewCoin wanted;
        try {
            wanted = new NewCoin(
                    issuer(request.getIssuerKey()).id(),
                    currency,
                    PostingCodec.kind(request.getKind()),
                    request.getName(),
                    request.getOwner(),
                    request.getLabel());
        } catch (IllegalArgumentException e) {
            throw LedgerCodec.invalid("name", "or owner or label is too long", e);
        }
        var coin = ledger.openCoin(wanted);
        send(answer, OpenCoinResponse.newBuilder().setCoin(coin(coin.id())).build());
    }

    @Override
    public void post(PostRequest request, StreamObserver<PostResponse> answer) {
        var result = postings.post(request.getPosting(), Caller.current());
        send(answer, PostResponse.newBuilder().setResult(result).build());
    }

    @Override
    public void postBatch(PostBatchRequest request, StreamObserver<PostBatchResponse> answer) {
        var results = postings.post(request.getPostingsList(), Caller.current());
        send(answer, PostBatchResponse.newBuilder().addAllResults(results).build());
    }

    @Override
    public StreamObserver<PostStreamRequest> postStream(StreamObserver<PostStreamResponse> answer) {
        return new PostStreamRpc(
                postings, Caller.current(), (ServerCallStreamObserver<PostStreamResponse>) answer);
    }

    @Override
    public void freezeCoin(FreezeCoinRequest request, StreamObserver<FreezeCoinResponse> answer) {
        var coin = reads.coin(request.getCoinId());
        if (coin.closed() || !ledger.freeze(coin.id(), request.getFrozen())) {
            throw new Failure(Reason.WRONG_STATE, "The coin is closed.");
        }
        send(answer, FreezeCoinResponse.newBuilder().setCoin(coin(coin.id())).build());
    }

    @Override
    public void closeCoin(CloseCoinRequest request, StreamObserver<CloseCoinResponse> answer) {
        var coin = reads.coin(request.getCoinId());
        boolean isClosed = coin.closed() || ledger.closeCoin(coin.id());
        var now = coin(coin.id());
        var response = CloseCoinResponse.newBuilder();
        send(answer, (isClosed ? response.setClosed(now) : response.setNotEmpty(now)).build());
    }

    @Override
    public void setCreditLimit(
            SetCreditLimitRequest request, StreamObserver<SetCreditLimitResponse> answer) {
        var coin = reads.coin(request.getCoinId());
        var limit = MoneyCodec.fromProto(request.getCreditLimit());
        if (!limit.currency().equals(coin.currency()) || limit.isNegative()) {
            throw LedgerCodec.invalid(
                    "credit_limit", "is negative or not in the currency of the coin", null);
        }
        if (coin.closed() || !ledger.setCreditLimit(coin.id(), limit.minor())) {
            throw new Failure(
                    Reason.WRONG_STATE, "The coin is closed, or further below zero already.");
        }
        send(
                answer,
                SetCreditLimitResponse.newBuilder().setCoin(coin(coin.id())).build());
    }

    @Override
    public void closePeriod(
            ClosePeriodRequest request, StreamObserver<ClosePeriodResponse> answer) {
        var issuer = issuer(request.getIssuerKey());
        var to = requireNonNull(LedgerCodec.day(request.getClosedTo(), "closed_to"));
        if (issuer.closedTo() == null || issuer.closedTo().isBefore(to)) {
            ledger.closePeriod(issuer.id(), to, Caller.current().actor());
        }
        send(
                answer,
                ClosePeriodResponse.newBuilder()
                        .setIssuer(LedgerCodec.issuer(issuer(issuer.key())))
                        .build());
    }

    @Override
    public void setMetadata(
            SetMetadataRequest request, StreamObserver<SetMetadataResponse> answer) {
        var target = reads.target(request.getTargetId());
        if (!metadata.set(
                target, request.getKey(), request.getValue(), Caller.current().actor())) {
            throw new Failure(
                    Reason.LIMIT_REACHED,
                    "More than " + Metadata.KEYS_MAX + " names are attached already.");
        }
        var response = SetMetadataResponse.newBuilder();
        metadata.current(target).forEach(each -> response.addItems(LedgerCodec.item(each)));
        send(answer, response.build());
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

    private org.almonry.ledger.v1.Coin coin(long id) {
        return LedgerCodec.coin(
                reads.reads().coin(id).orElseThrow(), reads.reads().issuersById());
    }

    private Issuer issuer(String key) {
        return reads.reads().issuers().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such issuer."));
    }

    private static <T> void send(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
