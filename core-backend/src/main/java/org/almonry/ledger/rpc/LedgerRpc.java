package org.almonry.ledger.rpc;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.v1.CloseCoinRequest;
import org.almonry.ledger.v1.CloseCoinResponse;
import org.almonry.ledger.v1.ClosePeriodRequest;
import org.almonry.ledger.v1.ClosePeriodResponse;
import org.almonry.ledger.v1.FreezeCoinRequest;
import org.almonry.ledger.v1.FreezeCoinResponse;
import org.almonry.ledger.v1.LedgerServiceGrpc.LedgerServiceImplBase;
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

/// almonry.ledger.v1.LedgerService: everything that processes of the inner zone write.
public final class LedgerRpc extends LedgerServiceImplBase {
    private final Ledger ledger;
    private final LedgerReads reads;
    private final Lookup lookup;
    private final Metadata metadata;
    private final PostingCodec postings;

    public LedgerRpc(Ledger ledger, LedgerReads reads, Metadata metadata) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.lookup = new Lookup(reads);
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.postings = new PostingCodec(ledger, new CoinFacts(reads));
    }

    @Override
    public void openIssuer(OpenIssuerRequest request, StreamObserver<OpenIssuerResponse> answer) {
        ledger.openIssuer(request.getIssuerKey(), request.getName());
        send(
                answer,
                OpenIssuerResponse.newBuilder()
                        .setIssuer(LedgerCodec.issuer(lookup.issuer(request.getIssuerKey())))
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
                    lookup.issuer(request.getIssuerKey()).id(),
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
        var coin = lookup.coin(request.getCoinId());
        if (coin.closed() || !ledger.freeze(coin.id(), request.getFrozen())) {
            throw new Failure(Reason.WRONG_STATE, "The coin is closed.");
        }
        send(answer, FreezeCoinResponse.newBuilder().setCoin(coin(coin.id())).build());
    }

    @Override
    public void closeCoin(CloseCoinRequest request, StreamObserver<CloseCoinResponse> answer) {
        var coin = lookup.coin(request.getCoinId());
        boolean isClosed = coin.closed() || ledger.closeCoin(coin.id());
        var now = coin(coin.id());
        var response = CloseCoinResponse.newBuilder();
        send(answer, (isClosed ? response.setClosed(now) : response.setNotEmpty(now)).build());
    }

    @Override
    public void setCreditLimit(
            SetCreditLimitRequest request, StreamObserver<SetCreditLimitResponse> answer) {
        var coin = lookup.coin(request.getCoinId());
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
        var issuer = lookup.issuer(request.getIssuerKey());
        var to = requireNonNull(LedgerCodec.day(request.getClosedTo(), "closed_to"));
        if (issuer.closedTo() == null || issuer.closedTo().isBefore(to)) {
            ledger.closePeriod(issuer.id(), to, Caller.current().actor());
        }
        send(
                answer,
                ClosePeriodResponse.newBuilder()
                        .setIssuer(LedgerCodec.issuer(lookup.issuer(issuer.key())))
                        .build());
    }

    @Override
    public void setMetadata(
            SetMetadataRequest request, StreamObserver<SetMetadataResponse> answer) {
        var target = lookup.target(request.getTargetId());
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

    private org.almonry.ledger.v1.Coin coin(long id) {
        return LedgerCodec.coin(reads.coin(id).orElseThrow(), reads.issuersById());
    }
}
