package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.LedgerSamples.AT;
import static org.almonry.gateway.testing.LedgerSamples.AUTHORIZATION;
import static org.almonry.gateway.testing.LedgerSamples.BANK;
import static org.almonry.gateway.testing.LedgerSamples.CAPTURE;
import static org.almonry.gateway.testing.LedgerSamples.CHECK;
import static org.almonry.gateway.testing.LedgerSamples.CORRECTION;
import static org.almonry.gateway.testing.LedgerSamples.EMPTY;
import static org.almonry.gateway.testing.LedgerSamples.MOVE;
import static org.almonry.gateway.testing.LedgerSamples.NASTY_COIN;
import static org.almonry.gateway.testing.LedgerSamples.OTTERS;
import static org.almonry.gateway.testing.LedgerSamples.PROCESS;
import static org.almonry.gateway.testing.LedgerSamples.REVERSAL;
import static org.almonry.gateway.testing.Money.eur;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.Coin;
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
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.LedgerReadServiceGrpc.LedgerReadServiceImplBase;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListEntriesResponse;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.ledger.v1.ListHoldsResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;
import org.almonry.ledger.v1.MetadataItem;
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.ledger.v1.Transaction;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Failure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Four coins, a hold, a process with transactions of every shape. What was asked is kept.
public final class FakeLedger extends LedgerReadServiceImplBase {

    private static final Map<String, Coin> COINS =
            Map.of("coin_1", BANK, "coin_4", OTTERS, "coin_8", NASTY_COIN, "coin_9", EMPTY);

    private static final List<Transaction> TRANSACTIONS =
            List.of(MOVE, AUTHORIZATION, CAPTURE, REVERSAL, CHECK, CORRECTION);

    /// The requests of this kind, in order.
    public final List<ListEntriesRequest> statements = new CopyOnWriteArrayList<>();

    public final List<GetBalanceRequest> balances = new CopyOnWriteArrayList<>();
    public final List<FindTransactionsRequest> searches = new CopyOnWriteArrayList<>();
    public final List<ListHoldsRequest> holdLists = new CopyOnWriteArrayList<>();

    private static <T> void answer(StreamObserver<T> out, T value) {
        out.onNext(value);
        out.onCompleted();
    }

    private static Coin coin(String id) {
        Coin coin = COINS.get(id);
        if (coin == null) {
            throw new Failure(Reason.NOT_FOUND, "There is no such coin.");
        }
        return coin;
    }

    @Override
    public void listCoins(ListCoinsRequest request, StreamObserver<ListCoinsResponse> out) {
        var found = ListCoinsResponse.newBuilder();
        List.of(BANK, OTTERS, NASTY_COIN, EMPTY).stream()
                .filter(each -> (each.getId() + " " + each.getName() + " " + each.getOwner())
                        .contains(request.getSearch()))
                .forEach(found::addCoins);
        answer(out, found.build());
    }

    @Override
    public void getCoin(GetCoinRequest request, StreamObserver<GetCoinResponse> out) {
        Coin coin = coin(request.getCoinId());
        var found = GetCoinResponse.newBuilder().setCoin(coin);
        if (!coin.getClosed()) {
            found.addEntries(LedgerSamples.reservation())
                    .addEntries(LedgerSamples.move())
                    .setPage(PageInfo.newBuilder().setNextToken("older"));
        }
        answer(out, found.build());
    }

    @Override
    public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> out) {
        balances.add(request);
        answer(
                out,
                GetBalanceResponse.newBuilder()
                        .setCoinId(coin(request.getCoinId()).getId())
                        .setBalance(eur(98_700))
                        .setAsOfTransactionId("txn_7")
                        .build());
    }

    @Override
    public void listEntries(ListEntriesRequest request, StreamObserver<ListEntriesResponse> out) {
        statements.add(request);
        var found = ListEntriesResponse.newBuilder();
        if (!coin(request.getCoinId()).getClosed()) {
            found.addEntries(LedgerSamples.move());
        }
        answer(out, found.build());
    }

    @Override
    public void explainBalance(
            ExplainBalanceRequest request, StreamObserver<ExplainBalanceResponse> out) {
        Coin coin = coin(request.getCoinId());
        var from = LocalDate.parse(request.getFrom());
        if (from.plusDays(1100).isBefore(LocalDate.parse(request.getTo()))) {
            throw new Failure(Reason.INVALID_ARGUMENT, "At most 1,100 days can be explained.");
        }
        answer(out, LedgerSamples.explanation(coin));
    }

    @Override
    public void getTrialBalance(
            GetTrialBalanceRequest request, StreamObserver<GetTrialBalanceResponse> out) {
        answer(
                out,
                request.getAsOf().startsWith("19")
                        ? GetTrialBalanceResponse.getDefaultInstance()
                        : LedgerSamples.trialBalance());
    }

    @Override
    public void findTransactions(
            FindTransactionsRequest request, StreamObserver<FindTransactionsResponse> out) {
        searches.add(request);
        var found = FindTransactionsResponse.newBuilder();
        if (request.getId().equals("hold_8")) {
            found.addTransactions(AUTHORIZATION).addTransactions(CAPTURE);
        } else if (request.getId().equals("req_01970000000070008000000000000001")) {
            found.addTransactions(MOVE);
        } else if (request.hasAmount() && request.getAmount().getMinor() == 2500) {
            found.addTransactions(MOVE)
                    .setPage(PageInfo.newBuilder().setNextToken("back"))
                    .setSearchedBackTo(AT);
        } else if (request.getReference().equals("inc_01x")) {
            found.addTransactions(CORRECTION);
        } else if (!request.getId().isEmpty()) {
            throw new Failure(Reason.NOT_FOUND, "There is no such transaction.");
        }
        answer(out, found.build());
    }

    @Override
    public void getHold(GetHoldRequest request, StreamObserver<GetHoldResponse> out) {
        if (!request.getHoldId().equals("hold_8")) {
            throw new Failure(Reason.NOT_FOUND, "There is no such hold.");
        }
        answer(
                out,
                GetHoldResponse.newBuilder()
                        .setHold(LedgerSamples.hold(HoldState.HOLD_STATE_CAPTURED))
                        .build());
    }

    @Override
    public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> out) {
        holdLists.add(request);
        var found = ListHoldsResponse.newBuilder();
        if (!request.getCoinId().equals("coin_9")) {
            found.addHolds(LedgerSamples.hold(HoldState.HOLD_STATE_OPEN));
        }
        answer(out, found.build());
    }

    @Override
    public void getMetadata(GetMetadataRequest request, StreamObserver<GetMetadataResponse> out) {
        var note = MetadataItem.newBuilder()
                .setKey("invoice")
                .setValue("<b>R-17</b>")
                .setAt(AT)
                .setBy("service:shop");
        answer(out, GetMetadataResponse.newBuilder().addItems(note).build());
    }

    @Override
    public void getLedgerState(
            GetLedgerStateRequest request, StreamObserver<GetLedgerStateResponse> out) {
        answer(out, LedgerSamples.state());
    }

    @Override
    public void exportJournal(
            ExportJournalRequest request, StreamObserver<ExportJournalResponse> out) {
        for (String part : List.of("; " + request.getFormat() + "\n", "; end\n")) {
            out.onNext(ExportJournalResponse.newBuilder()
                    .setChunk(ByteString.copyFromUtf8(part))
                    .build());
        }
        out.onCompleted();
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> out) {
        var process = switch (request.getProcessId()) {
            case "prc_0197" -> PROCESS;
            case FakeRequests.TRANSFER -> LedgerSamples.ASKED;
            default -> throw new Failure(Reason.NOT_FOUND, "There is no such process.");
        };
        var found = GetProcessResponse.newBuilder()
                .setProcess(process)
                .addAllTransactions(TRANSACTIONS)
                .addTimeline(TimelineItem.newBuilder()
                        .setAt(AT)
                        .setKind("state")
                        .setText("opened as DONE")
                        .setRef("prc_0197")
                        .setActor("usr_1"));
        for (Transaction each : TRANSACTIONS) {
            found.addTimeline(TimelineItem.newBuilder()
                    .setAt(AT)
                    .setKind("transaction")
                    .setText("in the words of the core")
                    .setRef(each.getId()));
        }
        answer(
                out,
                found.addRelated(PROCESS.toBuilder()
                                .setId("prc_0196")
                                .setKind("INCOMING")
                                .setState("BOOKED"))
                        .build());
    }

    @Override
    public void listProcesses(
            ListProcessesRequest request, StreamObserver<ListProcessesResponse> out) {
        answer(out, ListProcessesResponse.newBuilder().addProcesses(PROCESS).build());
    }

    @Override
    public void getTransaction(
            GetTransactionRequest request, StreamObserver<GetTransactionResponse> out) {
        Transaction found = TRANSACTIONS.stream()
                .filter(each -> each.getId().equals(request.getTransactionId()))
                .findFirst()
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such thing."));
        answer(out, GetTransactionResponse.newBuilder().setTransaction(found).build());
    }

    @Override
    public void verifyLedger(
            VerifyLedgerRequest request, StreamObserver<VerifyLedgerResponse> out) {
        answer(
                out,
                VerifyLedgerResponse.newBuilder()
                        .setRight(true)
                        .addSums(eur(0))
                        .setCoins(2)
                        .setTransactions(1)
                        .build());
    }
}
