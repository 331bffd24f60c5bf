package org.almonry.process;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.events.Outbox;
import org.almonry.ledger.Coin;
import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.read.Issuer;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.GetCoinResponse;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTransactionResponse;
import org.almonry.ledger.v1.LedgerReadServiceGrpc.LedgerReadServiceImplBase;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// almonry.ledger.v1.LedgerReadService. It stands here and not in the ledger, because it
/// also tells what processes the transactions belong to.
public final class LedgerRpc extends LedgerReadServiceImplBase {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    private static final String COIN = "coin_";
    private static final String TRANSACTION = "txn_";

    private final LedgerReads ledger;
    private final LedgerCheck check;
    private final BusinessProcesses processes;
    private final Timeline timeline;

    public LedgerRpc(
            LedgerReads ledger,
            LedgerCheck check,
            BusinessProcesses processes,
            Outbox outbox,
            AuditLog audit) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.check = requireNonNull(check, "check is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.timeline = new Timeline(processes, outbox, audit);
    }

    @Override
    public void listCoins(ListCoinsRequest request, StreamObserver<ListCoinsResponse> answer) {
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        var coins = ledger.searchCoins(
                request.getSearch(), token.isEmpty() ? 0 : number(COIN, token), size);
        var issuers = ledger.issuersById();
        var response = ListCoinsResponse.newBuilder();
        coins.forEach(each -> response.addCoins(LedgerCodec.coin(each, issuers)));
        if (coins.size() == size) {
            response.setPage(next(COIN + coins.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getCoin(GetCoinRequest request, StreamObserver<GetCoinResponse> answer) {
        var coin = ledger.coin(number(COIN, request.getCoinId())).orElseThrow(LedgerRpc::notFound);
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        long before = token.isEmpty() ? LedgerReads.NEWEST : number(TRANSACTION, token);
        var entries = ledger.entries(coin.id(), before, size);
        var response =
                GetCoinResponse.newBuilder().setCoin(LedgerCodec.coin(coin, ledger.issuersById()));
        entries.forEach(each -> response.addEntries(LedgerCodec.entry(each)));
        if (entries.size() == size) {
            response.setPage(next(TRANSACTION + entries.getLast().transactionId()));
        }
        send(answer, response.build());
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> answer) {
        var process = processes.find(request.getProcessId()).orElseThrow(LedgerRpc::notFound);
        var transactions = ledger.transactionsOf(process.id());
        var coins = coinsOf(transactions);
        var issuers = ledger.issuersById();
        var response = GetProcessResponse.newBuilder().setProcess(LedgerCodec.process(process));
        for (var each : transactions) {
            response.addTransactions(encode(each, coins, issuers));
        }
        timeline.of(process, transactions, coins)
                .forEach(each -> response.addTimeline(LedgerCodec.item(each)));
        processes
                .related(process.id())
                .forEach(each -> response.addRelated(LedgerCodec.process(each)));
        send(answer, response.build());
    }

    @Override
    public void listProcesses(
            ListProcessesRequest request, StreamObserver<ListProcessesResponse> answer) {
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        var before = token.isEmpty() ? BusinessProcesses.NEWEST : token;
        var rows = processes.page(request.getKind(), before, size);
        var response = ListProcessesResponse.newBuilder();
        rows.forEach(each -> response.addProcesses(LedgerCodec.process(each)));
        if (rows.size() == size) {
            response.setPage(next(rows.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getTransaction(
            GetTransactionRequest request, StreamObserver<GetTransactionResponse> answer) {
        var transaction = ledger.transaction(number(TRANSACTION, request.getTransactionId()))
                .orElseThrow(LedgerRpc::notFound);
        var coins = coinsOf(List.of(transaction));
        send(
                answer,
                GetTransactionResponse.newBuilder()
                        .setTransaction(encode(transaction, coins, ledger.issuersById()))
                        .build());
    }

    @Override
    public void verifyLedger(
            VerifyLedgerRequest request, StreamObserver<VerifyLedgerResponse> answer) {
        var found = check.verify();
        var response = VerifyLedgerResponse.newBuilder()
                .setRight(found.isRight())
                .setCoins(found.coins())
                .setTransactions(found.transactions())
                .addAllFaults(found.faults());
        found.sums().forEach(each -> response.addSums(MoneyCodec.toProto(each)));
        send(answer, response.build());
    }

    private Map<Long, Coin> coinsOf(List<Transaction> transactions) {
        var ids = transactions.stream()
                .flatMap(each -> Stream.of(each.source(), each.destination()))
                .distinct()
                .toList();
        return ledger.coins(ids);
    }

    private static org.almonry.ledger.v1.Transaction encode(
            Transaction transaction, Map<Long, Coin> coins, Map<Long, Issuer> issuers) {
        return LedgerCodec.transaction(
                transaction,
                requireNonNull(coins.get(transaction.source())),
                coins.get(transaction.destination()),
                issuers);
    }

    private static <T> void send(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static int size(PageRequest page) {
        return page.getSize() == 0 ? SIZE : page.getSize();
    }

    private static PageInfo next(String token) {
        return PageInfo.newBuilder().setNextToken(token).build();
    }

    /// The number in an id of the ledger. What has another form names nothing.
    private static long number(String prefix, String id) {
        if (!id.matches(prefix + "[0-9]{1,18}")) {
            throw notFound();
        }
        return Long.parseLong(id.substring(prefix.length()));
    }

    private static Failure notFound() {
        return new Failure(Reason.NOT_FOUND, "There is no such thing in the ledger.");
    }
}
