package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Coin;
import org.almonry.ledger.Hold;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.StatementPart;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.GetBalanceResponse;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.GetCoinResponse;
import org.almonry.ledger.v1.GetHoldRequest;
import org.almonry.ledger.v1.GetHoldResponse;
import org.almonry.ledger.v1.GetMetadataRequest;
import org.almonry.ledger.v1.GetMetadataResponse;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTransactionResponse;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListEntriesResponse;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.ledger.v1.ListHoldsResponse;
import org.almonry.ledger.v1.ListIssuersResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.stream.Stream;

/// The reads that all services of the ledger offer.
public final class ReadsRpc {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    static final String COIN = "coin_";
    static final String TRANSACTION = "txn_";
    static final String HOLD = "hold_";

    private final LedgerReads reads;
    private final Metadata metadata;
    private final ProcessesRpc processes;
    private final SearchRpc search;

    public ReadsRpc(LedgerReads reads, Metadata metadata, ProcessesRpc processes) {
        this.reads = requireNonNull(reads, "reads is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.search = new SearchRpc(this, reads, metadata, processes);
    }

    LedgerReads reads() {
        return reads;
    }

    ProcessesRpc processes() {
        return processes;
    }

    SearchRpc search() {
        return search;
    }

    ListIssuersResponse listIssuers() {
        var response = ListIssuersResponse.newBuilder();
        reads.issuers().forEach(each -> response.addIssuers(LedgerCodec.issuer(each)));
        return response.build();
    }

    ListCoinsResponse listCoins(ListCoinsRequest request) {
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        var coins = reads.searchCoins(
                request.getSearch(), token.isEmpty() ? 0 : existing(COIN, token), size);
        var issuers = reads.issuersById();
        var response = ListCoinsResponse.newBuilder();
        coins.forEach(each -> response.addCoins(LedgerCodec.coin(each, issuers)));
        if (coins.size() == size) {
            response.setPage(next(COIN + coins.getLast().id()));
        }
        return response.build();
    }

    GetCoinResponse getCoin(GetCoinRequest request) {
        var coin = coin(request.getCoinId());
        int size = size(request.getPage());
        var entries = reads.entries(coin.id(), before(TRANSACTION, request.getPage()), size);
        var response =
                GetCoinResponse.newBuilder().setCoin(LedgerCodec.coin(coin, reads.issuersById()));
        entries.forEach(each -> response.addEntries(LedgerCodec.entry(each)));
        if (entries.size() == size) {
            response.setPage(next(TRANSACTION + entries.getLast().transactionId()));
        }
        return response.build();
    }

    GetBalanceResponse getBalance(GetBalanceRequest request) {
        var coin = coin(request.getCoinId());
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
                                    : TRANSACTION + newest.getFirst().transactionId())
                    .build();
        }
        var at = request.hasRecordedAt()
                ? LedgerCodec.instant(request.getRecordedAt(), "recorded_at")
                : null;
        var found = reads.balance(coin.id(), at, day);
        return response.setBalance(LedgerCodec.money(found.minor(), coin.currency()))
                .setAsOfTransactionId(LedgerCodec.id(TRANSACTION, found.asOf()))
                .build();
    }

    ListEntriesResponse listEntries(ListEntriesRequest request) {
        var coin = coin(request.getCoinId());
        var from = LedgerCodec.day(request.getFrom(), "from");
        var to = LedgerCodec.day(request.getTo(), "to");
        var basis = LedgerCodec.basis(request.getBasis());
        var token = request.getPage().getToken();
        try {
            var part = part(request);
            int size = size(request.getPage());
            var page = part.isAll()
                    ? reads.statement(coin.id(), from, to, basis, token, size)
                    : reads.statement(coin.id(), from, to, basis, part, token, size);
            var response = ListEntriesResponse.newBuilder();
            page.entries().forEach(each -> response.addEntries(LedgerCodec.entry(each)));
            if (!page.next().isEmpty()) {
                response.setPage(next(page.next()));
            }
            return response.build();
        } catch (IllegalArgumentException e) {
            throw LedgerCodec.invalid("page.token", "is of no page", e);
        }
    }

    private static StatementPart part(ListEntriesRequest request) {
        return new StatementPart(
                request.getType(),
                request.getProcessKind(),
                request.getOtherCoinId().isEmpty() ? 0 : existing(COIN, request.getOtherCoinId()));
    }

    GetTransactionResponse getTransaction(GetTransactionRequest request) {
        var found = reads.transaction(existing(TRANSACTION, request.getTransactionId()))
                .orElseThrow(ReadsRpc::notFound);
        return GetTransactionResponse.newBuilder()
                .setTransaction(transactions(List.of(found)).getFirst())
                .build();
    }

    GetHoldResponse getHold(GetHoldRequest request) {
        var found = reads.hold(existing(HOLD, request.getHoldId())).orElseThrow(ReadsRpc::notFound);
        return GetHoldResponse.newBuilder().setHold(LedgerCodec.hold(found)).build();
    }

    ListHoldsResponse listHolds(ListHoldsRequest request) {
        int size = size(request.getPage());
        long coin =
                request.getCoinId().isEmpty() ? 0 : coin(request.getCoinId()).id();
        var state = request.getState() == HoldState.HOLD_STATE_UNSPECIFIED
                ? null
                : Hold.State.valueOf(request.getState().name().replace("HOLD_STATE_", ""));
        var rows = reads.holds(coin, state, before(HOLD, request.getPage()), size);
        var response = ListHoldsResponse.newBuilder();
        rows.forEach(each -> response.addHolds(LedgerCodec.hold(each)));
        if (rows.size() == size) {
            response.setPage(next(HOLD + rows.getLast().id()));
        }
        return response.build();
    }

    GetMetadataResponse getMetadata(GetMetadataRequest request) {
        var target = target(request.getTargetId());
        var response = GetMetadataResponse.newBuilder();
        metadata.current(target).forEach(each -> response.addItems(LedgerCodec.item(each)));
        metadata.history(target).forEach(each -> response.addHistory(LedgerCodec.item(each)));
        return response.build();
    }

    /// The coin of an id that must exist.
    Coin coin(String id) {
        return reads.coin(existing(COIN, id)).orElseThrow(ReadsRpc::notFound);
    }

    /// The id of a coin or transaction that must exist, in its one form.
    String target(String id) {
        if (id.startsWith(COIN)) {
            return COIN + coin(id).id();
        }
        return TRANSACTION
                + reads.transaction(existing(TRANSACTION, id))
                        .orElseThrow(ReadsRpc::notFound)
                        .id();
    }

    /// Transactions with their coins, as messages.
    List<org.almonry.ledger.v1.Transaction> transactions(List<Transaction> rows) {
        var ids = rows.stream()
                .flatMap(each -> Stream.of(each.source(), each.destination()))
                .distinct()
                .toList();
        var coins = reads.coins(ids);
        var issuers = reads.issuersById();
        return rows.stream()
                .map(each -> LedgerCodec.transaction(
                        each,
                        requireNonNull(coins.get(each.source())),
                        coins.get(each.destination()),
                        issuers))
                .toList();
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
        return token.isEmpty() ? LedgerReads.NEWEST : existing(prefix, token);
    }

    /// The number in an id. What has another form names nothing.
    static long existing(String prefix, String id) {
        long number = LedgerCodec.number(prefix, id);
        if (number == 0) {
            throw notFound();
        }
        return number;
    }

    static Failure notFound() {
        return new Failure(Reason.NOT_FOUND, "There is no such thing in the ledger.");
    }
}
