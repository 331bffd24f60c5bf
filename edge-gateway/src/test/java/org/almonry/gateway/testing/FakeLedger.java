package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.BusinessProcess;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Entry;
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
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.ledger.v1.Transaction;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;

/// Two coins, one transaction, one process.
final class FakeLedger extends LedgerReadServiceImplBase {

    private static final Timestamp AT =
            Timestamp.newBuilder().setSeconds(1_795_000_000).build();

    private static Coin coin(String id, String name, String kind, long minor) {
        return Coin.newBuilder()
                .setId(id)
                .setName(name)
                .setKind(kind)
                .setIssuer("Hoster")
                .setBalance(eur(minor))
                .setHeld(eur(0))
                .setSequence(2)
                .setOwner(kind.equals("project") ? "prj_1" : "acc_1")
                .build();
    }

    private static final Coin BANK = coin("coin_1", "Bank DE02", "issuing", -125_000);
    private static final Coin OTTERS = coin("coin_4", "Otter rescue", "project", 112_500);

    private static final Transaction TRANSACTION = Transaction.newBuilder()
            .setId("txn_7")
            .setType("transfer")
            .setSource(BANK)
            .setDestination(OTTERS)
            .setAmount(eur(2500))
            .setProcessId("prc_0197")
            .setRecordedAt(AT)
            .setEffectiveOn("2026-11-20")
            .setRequestId("01970000-0000-7000-8000-000000000001")
            .build();

    private static final BusinessProcess PROCESS = BusinessProcess.newBuilder()
            .setId("prc_0197")
            .setKind("BOOKING")
            .setState("DONE")
            .setSubject("inc_01")
            .setOpenedBy("usr_1")
            .setOpenedAt(AT)
            .build();

    @Override
    public void listCoins(ListCoinsRequest request, StreamObserver<ListCoinsResponse> out) {
        out.onNext(
                ListCoinsResponse.newBuilder().addCoins(BANK).addCoins(OTTERS).build());
        out.onCompleted();
    }

    @Override
    public void getCoin(GetCoinRequest request, StreamObserver<GetCoinResponse> out) {
        out.onNext(GetCoinResponse.newBuilder()
                .setCoin(OTTERS)
                .addEntries(Entry.newBuilder()
                        .setTransactionId("txn_7")
                        .setType("transfer")
                        .setOtherCoinId("coin_1")
                        .setOtherCoinName("Bank DE02")
                        .setAmount(eur(2500))
                        .setBalanceAfter(eur(112_500))
                        .setSequence(2)
                        .setProcessId("prc_0197")
                        .setRecordedAt(AT)
                        .setEffectiveOn("2026-11-20"))
                .build());
        out.onCompleted();
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> out) {
        out.onNext(GetProcessResponse.newBuilder()
                .setProcess(PROCESS)
                .addTransactions(TRANSACTION)
                .addTimeline(TimelineItem.newBuilder()
                        .setAt(AT)
                        .setKind("state")
                        .setText("opened as DONE")
                        .setRef("prc_0197")
                        .setActor("usr_1"))
                .addTimeline(TimelineItem.newBuilder()
                        .setAt(AT)
                        .setKind("transaction")
                        .setText("transfer 25.00 EUR")
                        .setRef("txn_7"))
                .addRelated(PROCESS.toBuilder()
                        .setId("prc_0196")
                        .setKind("INCOMING")
                        .setState("BOOKED"))
                .build());
        out.onCompleted();
    }

    @Override
    public void listProcesses(
            ListProcessesRequest request, StreamObserver<ListProcessesResponse> out) {
        out.onNext(ListProcessesResponse.newBuilder().addProcesses(PROCESS).build());
        out.onCompleted();
    }

    @Override
    public void getTransaction(
            GetTransactionRequest request, StreamObserver<GetTransactionResponse> out) {
        out.onNext(
                GetTransactionResponse.newBuilder().setTransaction(TRANSACTION).build());
        out.onCompleted();
    }

    @Override
    public void verifyLedger(
            VerifyLedgerRequest request, StreamObserver<VerifyLedgerResponse> out) {
        out.onNext(VerifyLedgerResponse.newBuilder()
                .setRight(true)
                .addSums(eur(0))
                .setCoins(2)
                .setTransactions(1)
                .build());
        out.onCompleted();
    }
}
