package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;
import static org.almonry.gateway.testing.Money.usd;

import com.google.protobuf.Timestamp;

import org.almonry.ledger.v1.BalanceDay;
import org.almonry.ledger.v1.BalancePart;
import org.almonry.ledger.v1.BusinessProcess;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Entry;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.GetLedgerStateResponse;
import org.almonry.ledger.v1.GetTrialBalanceResponse;
import org.almonry.ledger.v1.Hold;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.SelfCheckState;
import org.almonry.ledger.v1.Transaction;
import org.almonry.ledger.v1.TrialBalanceRow;
import org.almonry.ledger.v1.TrialBalanceTotal;
import org.almonry.ledger.v1.VerificationState;

/// Coins, transactions and holds as a core would answer them; a name is made to be dangerous
/// in markup.
public final class LedgerSamples {

    static final Timestamp AT = Timestamp.newBuilder().setSeconds(1_795_000_000).build();

    /// The name of coin_8, which must come out escaped.
    public static final String NASTY = "Müller <script>alert(1)</script> & Co";

    static final Coin BANK = coin("coin_1", "Bank DE02", "issuing", -125_000).build();

    static final Coin OTTERS = coin("coin_4", "Otter rescue", "project", 112_500)
            .setHeld(eur(500))
            .setAvailable(eur(122_000))
            .setCreditLimit(eur(10_000))
            .setLabel("nets")
            .setClosedTo("2026-09-30")
            .build();

    static final Coin NASTY_COIN =
            coin("coin_8", NASTY, "member", 12_500).setFrozen(true).build();

    static final Coin EMPTY =
            coin("coin_9", "Old pot", "pot", 0).setClosed(true).build();

    static final Transaction MOVE = Transaction.newBuilder()
            .setId("txn_7")
            .setType("transfer")
            .setSource(NASTY_COIN)
            .setDestination(OTTERS)
            .setAmount(eur(2500))
            .setProcessId("prc_0197")
            .setRecordedAt(AT)
            .setEffectiveOn("2026-11-20")
            .setRequestId("req_01970000000070008000000000000001")
            .setSourceAfter(eur(12_500))
            .setDestinationAfter(eur(112_500))
            .setCorrectedByTransactionId("txn_12")
            .build();

    static final Transaction AUTHORIZATION =
            oneLegged("txn_8", "authorization", 500, 500).toBuilder()
                    .setExpiresAt(AT)
                    .build();

    static final Transaction CAPTURE = MOVE.toBuilder()
            .setId("txn_9")
            .setType("commission_capture")
            .setHoldId("hold_8")
            .setHeldChange(eur(-300))
            .setAmount(eur(300))
            .clearCorrectedByTransactionId()
            .build();

    static final Transaction REVERSAL = oneLegged("txn_10", "reversal", 200, -200);

    static final Transaction CHECK = oneLegged("txn_11", "balance", 0, 0).toBuilder()
            .clearHoldId()
            .setSourceAfter(eur(112_500))
            .build();

    static final Transaction CORRECTION = MOVE.toBuilder()
            .setId("txn_12")
            .setSource(OTTERS)
            .setDestination(NASTY_COIN)
            .setCorrectsTransactionId("txn_7")
            .clearCorrectedByTransactionId()
            .build();

    static final BusinessProcess PROCESS = BusinessProcess.newBuilder()
            .setId("prc_0197")
            .setKind("BOOKING")
            .setState("DONE")
            .setSubject("inc_01")
            .setOpenedBy("usr_1")
            .setOpenedAt(AT)
            .build();

    static final BusinessProcess ASKED = PROCESS.toBuilder()
            .setId(FakeRequests.TRANSFER)
            .setKind("CLIENT_TRANSFER")
            .setState("PROCESSED")
            .build();

    private LedgerSamples() {}

    private static Coin.Builder coin(String id, String name, String kind, long minor) {
        return Coin.newBuilder()
                .setId(id)
                .setName(name)
                .setKind(kind)
                .setIssuer("Hoster")
                .setIssuerKey("hoster")
                .setBalance(eur(minor))
                .setHeld(eur(0))
                .setAvailable(eur(minor))
                .setCreditLimit(eur(0))
                .setScale(2)
                .setSequence(2)
                .setOwner(kind.equals("project") ? "prj_1" : "acc_1");
    }

    private static Transaction oneLegged(String id, String type, long minor, long held) {
        return MOVE.toBuilder()
                .setId(id)
                .setType(type)
                .setSource(OTTERS)
                .clearDestination()
                .clearDestinationAfter()
                .clearCorrectedByTransactionId()
                .setAmount(eur(minor))
                .setHeldChange(eur(held))
                .setHoldId("hold_8")
                .build();
    }

    static Hold hold(HoldState state) {
        boolean isOpen = state == HoldState.HOLD_STATE_OPEN;
        var hold = Hold.newBuilder()
                .setId("hold_8")
                .setCoinId("coin_4")
                .setCoinName("Otter rescue")
                .setType("authorization")
                .setAmount(eur(500))
                .setRemaining(eur(isOpen ? 500 : 0))
                .setCaptured(eur(isOpen ? 0 : 300))
                .setState(state)
                .setOpenedAt(AT)
                .setExpiresAt(AT)
                .setProcessId("prc_0197")
                .setDestinationCoinId("coin_8")
                .setDestinationCoinName(NASTY);
        if (!isOpen) {
            hold.setResolvedAt(AT);
        }
        return hold.build();
    }

    static Entry move() {
        return Entry.newBuilder()
                .setTransactionId("txn_7")
                .setType("transfer")
                .setOtherCoinId("coin_8")
                .setOtherCoinName(NASTY)
                .setAmount(eur(2500))
                .setBalanceAfter(eur(112_500))
                .setSequence(2)
                .setProcessId("prc_0197")
                .setRecordedAt(AT)
                .setEffectiveOn("2026-11-20")
                .build();
    }

    static Entry reservation() {
        return move().toBuilder()
                .setTransactionId("txn_8")
                .setType("authorization")
                .clearOtherCoinId()
                .clearOtherCoinName()
                .setAmount(eur(0))
                .setHeldChange(eur(500))
                .setHoldId("hold_8")
                .setSequence(3)
                .build();
    }

    static ExplainBalanceResponse explanation(Coin coin) {
        var base = ExplainBalanceResponse.newBuilder().setCoin(coin);
        if (coin.getClosed()) {
            return base.setOpening(eur(0))
                    .setCameIn(eur(0))
                    .setWentOut(eur(0))
                    .setClosing(eur(0))
                    .build();
        }
        return base.setOpening(eur(100_000))
                .setCameIn(eur(15_000))
                .setWentOut(eur(2500))
                .setClosing(eur(112_500))
                .addParts(BalancePart.newBuilder()
                        .setType("transfer")
                        .setProcessKind("BOOKING")
                        .setOtherCoinId("coin_8")
                        .setOtherCoinName(NASTY)
                        .setOtherCoinKind("member")
                        .setEntries(3)
                        .setCameIn(eur(15_000))
                        .setWentOut(eur(0)))
                .addParts(BalancePart.newBuilder()
                        .setEntries(1)
                        .setCameIn(eur(0))
                        .setWentOut(eur(2500)))
                .addDays(BalanceDay.newBuilder()
                        .setDay("2026-11-20")
                        .setCameIn(eur(15_000))
                        .setWentOut(eur(2500))
                        .setBalance(eur(112_500)))
                .build();
    }

    static GetTrialBalanceResponse trialBalance() {
        return GetTrialBalanceResponse.newBuilder()
                .addRows(trialRow("issuing", 125_000, 0))
                .addRows(trialRow("project", 0, 125_000))
                .addTotals(TrialBalanceTotal.newBuilder()
                        .setIssuer("Hoster")
                        .setDebit(eur(125_000))
                        .setCredit(eur(125_000))
                        .setBalance(eur(0)))
                .addTotals(TrialBalanceTotal.newBuilder()
                        .setIssuer("Hoster")
                        .setDebit(usd(0))
                        .setCredit(usd(1))
                        .setBalance(usd(1)))
                .build();
    }

    private static TrialBalanceRow trialRow(String kind, long debit, long credit) {
        return TrialBalanceRow.newBuilder()
                .setIssuer("Hoster")
                .setKind(kind)
                .setCoins(1)
                .setDebit(eur(debit))
                .setCredit(eur(credit))
                .setBalance(eur(credit - debit))
                .build();
    }

    static GetLedgerStateResponse state() {
        return GetLedgerStateResponse.newBuilder()
                .setBatch(40)
                .setLastTransactionId("txn_12")
                .setRecordedAt(AT)
                .setChain("5f".repeat(32))
                .setWriter("core-1/4711")
                .setEpoch(3)
                .setCoins(4)
                .setTransactions(12)
                .setOpenHolds(1)
                .setVerification(VerificationState.newBuilder()
                        .setEndedAt(AT)
                        .setRight(true)
                        .setTransactions(12)
                        .setDurationMs(31))
                .setSelfCheck(SelfCheckState.newBuilder()
                        .setCheckedAt(AT)
                        .setRight(true)
                        .setCheckedToTransactionId("txn_12"))
                .build();
    }
}
