package org.almonry.ledger.rpc;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;

import org.almonry.ledger.Hold;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Statement;
import org.almonry.ledger.read.StatementPart;
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
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
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
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;

import java.util.List;

/// The reads of the ledger, each written once for the readers of the inner zone and for
/// admins.
///
/// Each of these two services binds the methods under its own name in the contract. Who may
/// call is a rule of that name, so what is shared here is no right.
abstract sealed class ReadsRpc implements LedgerReaderServiceGrpc.AsyncService, BindableService
        permits LedgerReaderRpc, AdminLedgerRpc {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    private final LedgerReads reads;
    private final Metadata metadata;
    private final ProcessesRpc processes;
    private final SearchRpc search;
    private final Lookup lookup;

    ReadsRpc(LedgerReads reads, Metadata metadata, ProcessesRpc processes) {
        this.reads = requireNonNull(reads, "reads is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.search = new SearchRpc(reads, metadata, processes);
        this.lookup = new Lookup(reads);
    }

    @Override
    public void listIssuers(
            ListIssuersRequest request, StreamObserver<ListIssuersResponse> answer) {
        var response = ListIssuersResponse.newBuilder();
        reads.issuers().forEach(each -> response.addIssuers(LedgerCodec.issuer(each)));
        send(answer, response.build());
    }

    @Override
    public void listCoins(ListCoinsRequest request, StreamObserver<ListCoinsResponse> answer) {
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        var coins = reads.searchCoins(
                request.getSearch(),
                token.isEmpty() ? 0 : Lookup.number(LedgerCodec.COIN, token),
                size);
        var issuers = reads.issuersById();
        var response = ListCoinsResponse.newBuilder();
        coins.forEach(each -> response.addCoins(LedgerCodec.coin(each, issuers)));
        if (coins.size() == size) {
            response.setPage(next(LedgerCodec.COIN + coins.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getCoin(GetCoinRequest request, StreamObserver<GetCoinResponse> answer) {
        var coin = lookup.coin(request.getCoinId());
        int size = size(request.getPage());
        var entries =
                reads.entries(coin.id(), before(LedgerCodec.TRANSACTION, request.getPage()), size);
        var response =
                GetCoinResponse.newBuilder().setCoin(LedgerCodec.coin(coin, reads.issuersById()));
        entries.forEach(each -> response.addEntries(LedgerCodec.entry(each)));
        if (entries.size() == size) {
            response.setPage(next(LedgerCodec.TRANSACTION + entries.getLast().transactionId()));
        }
        send(answer, response.build());
    }

    @Override
    public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> answer) {
        send(answer, balance(request));
    }

    private GetBalanceResponse balance(GetBalanceRequest request) {
        var coin = lookup.coin(request.getCoinId());
        var day = LedgerCodec.day(request.getEffectiveOn(), "effective_on");
        var response = GetBalanceResponse.newBuilder().setCoinId(request.getCoinId());
        if (!request.hasRecordedAt() && day == null) {
            // A coin carries its own balance, and the newest transaction that it knows of.
            var newest = reads.entries(coin.id(), LedgerReads.NEWEST, 1);
            return response.setBalance(LedgerCodec.money(coin.balance(), coin.currency()))
                    .setHeld(LedgerCodec.money(coin.held(), coin.currency()))
                    .setAvailable(LedgerCodec.money(coin.available(), coin.currency()))
                    .setAsOfTransactionId(
                            newest.isEmpty()
                                    ? ""
                                    : LedgerCodec.TRANSACTION
                                            + newest.getFirst().transactionId())
                    .build();
        }
        var at = request.hasRecordedAt()
                ? LedgerCodec.instant(request.getRecordedAt(), "recorded_at")
                : null;
        var found = reads.balance(coin.id(), at, day);
        return response.setBalance(LedgerCodec.money(found.minor(), coin.currency()))
                .setAsOfTransactionId(LedgerCodec.id(LedgerCodec.TRANSACTION, found.asOf()))
                .build();
    }

    @Override
    public void listEntries(
            ListEntriesRequest request, StreamObserver<ListEntriesResponse> answer) {
        var page = statement(request);
        var response = ListEntriesResponse.newBuilder();
        page.entries().forEach(each -> response.addEntries(LedgerCodec.entry(each)));
        if (!page.next().isEmpty()) {
            response.setPage(next(page.next()));
        }
        send(answer, response.build());
    }

    private Statement statement(ListEntriesRequest request) {
        long coin = lookup.coin(request.getCoinId()).id();
        var from = LedgerCodec.day(request.getFrom(), "from");
        var to = LedgerCodec.day(request.getTo(), "to");
        var basis = LedgerCodec.basis(request.getBasis());
        var token = request.getPage().getToken();
        int size = size(request.getPage());
        try {
            var part = part(request);
            return part.isAll()
                    ? reads.statement(coin, from, to, basis, token, size)
                    : reads.statement(coin, from, to, basis, part, token, size);
        } catch (IllegalArgumentException e) {
            throw LedgerCodec.invalid("page.token", "is of no page", e);
        }
    }

    private static StatementPart part(ListEntriesRequest request) {
        return new StatementPart(
                request.getType(),
                request.getProcessKind(),
                request.getOtherCoinId().isEmpty()
                        ? 0
                        : Lookup.number(LedgerCodec.COIN, request.getOtherCoinId()));
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> answer) {
        send(answer, processes.get(request.getProcessId()));
    }

    @Override
    public void listProcesses(
            ListProcessesRequest request, StreamObserver<ListProcessesResponse> answer) {
        send(answer, processes.list(request));
    }

    @Override
    public void getTransaction(
            GetTransactionRequest request, StreamObserver<GetTransactionResponse> answer) {
        var found = lookup.transaction(request.getTransactionId());
        send(
                answer,
                GetTransactionResponse.newBuilder()
                        .setTransaction(search.messages(List.of(found)).getFirst())
                        .build());
    }

    @Override
    public void findTransactions(
            FindTransactionsRequest request, StreamObserver<FindTransactionsResponse> answer) {
        send(answer, search.find(request));
    }

    @Override
    public void getHold(GetHoldRequest request, StreamObserver<GetHoldResponse> answer) {
        var found = reads.hold(Lookup.number(LedgerCodec.HOLD, request.getHoldId()))
                .orElseThrow(Lookup::notFound);
        send(
                answer,
                GetHoldResponse.newBuilder().setHold(LedgerCodec.hold(found)).build());
    }

    @Override
    public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> answer) {
        int size = size(request.getPage());
        long coin = request.getCoinId().isEmpty()
                ? 0
                : lookup.coin(request.getCoinId()).id();
        var state = request.getState() == HoldState.HOLD_STATE_UNSPECIFIED
                ? null
                : Hold.State.valueOf(request.getState().name().replace("HOLD_STATE_", ""));
        var rows = reads.holds(coin, state, before(LedgerCodec.HOLD, request.getPage()), size);
        var response = ListHoldsResponse.newBuilder();
        rows.forEach(each -> response.addHolds(LedgerCodec.hold(each)));
        if (rows.size() == size) {
            response.setPage(next(LedgerCodec.HOLD + rows.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getMetadata(
            GetMetadataRequest request, StreamObserver<GetMetadataResponse> answer) {
        var target = lookup.target(request.getTargetId());
        var response = GetMetadataResponse.newBuilder();
        metadata.current(target).forEach(each -> response.addItems(LedgerCodec.item(each)));
        metadata.history(target).forEach(each -> response.addHistory(LedgerCodec.item(each)));
        send(answer, response.build());
    }

    static int size(PageRequest page) {
        return page.getSize() == 0 ? SIZE : page.getSize();
    }

    static PageInfo next(String token) {
        return PageInfo.newBuilder().setNextToken(token).build();
    }

    /// The id that the page ended with before, or above all of them.
    static long before(String prefix, PageRequest page) {
        var token = page.getToken();
        return token.isEmpty() ? LedgerReads.NEWEST : Lookup.number(prefix, token);
    }
}
