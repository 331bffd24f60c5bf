package org.almonry.ledger.rpc;

import static org.almonry.ledger.rpc.Integrator.authorize;
import static org.almonry.ledger.rpc.Integrator.balanceIs;
import static org.almonry.ledger.rpc.Integrator.capture;
import static org.almonry.ledger.rpc.Integrator.commission;
import static org.almonry.ledger.rpc.Integrator.correction;
import static org.almonry.ledger.rpc.Integrator.eur;
import static org.almonry.ledger.rpc.Integrator.hold;
import static org.almonry.ledger.rpc.Integrator.holdOf;
import static org.almonry.ledger.rpc.Integrator.issue;
import static org.almonry.ledger.rpc.Integrator.merge;
import static org.almonry.ledger.rpc.Integrator.redeem;
import static org.almonry.ledger.rpc.Integrator.reverse;
import static org.almonry.ledger.rpc.Integrator.split;
import static org.almonry.ledger.rpc.Integrator.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CloseCoinRequest;
import org.almonry.ledger.v1.ClosePeriodRequest;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.FreezeCoinRequest;
import org.almonry.ledger.v1.GetHoldRequest;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.Operation;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.ledger.v1.ProcessAdvance;
import org.almonry.ledger.v1.ProcessChange;
import org.almonry.ledger.v1.ProcessOpening;
import org.almonry.ledger.v1.Rejection;
import org.almonry.ledger.v1.SetCreditLimitRequest;
import org.almonry.testing.TestCore;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ledger as an integrator meets it: over mutual TLS, by the contract alone (K-010 to
/// K-024, K-033, X-013, X-020). Every rejection has its own answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerServiceTest {
    private final Set<Rejection> seen = EnumSet.noneOf(Rejection.class);
    private TestCore core;
    private Integrator shop;
    private String bank;
    private String member;
    private String project;
    private String fees;

    @BeforeAll
    void start(@TempDir Path directory) {
        core = TestCore.start(directory, Map.of());
        shop = new Integrator(core);
        bank = shop.coin(CoinKind.COIN_KIND_ISSUING, "bank");
        member = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_1");
        project = shop.coin(CoinKind.COIN_KIND_PROJECT, "prj_1");
        fees = shop.coin(CoinKind.COIN_KIND_COMMISSION, "fees");
        assertPosted(shop.post(issue(bank, member, 100_000)));
    }

    @AfterAll
    void close() {
        core.close();
    }

    @Test
    void allOperationsOfAPostingHappenOrNone() {
        var one = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_all");
        var result = shop.post(
                issue(bank, one, 1_000),
                transfer(one, project, 300),
                commission(one, fees, 30),
                split(one, "usr_all", 70),
                balanceIs(one, 600),
                redeem(one, bank, 100));
        assertEquals(6, result.getPosted().getTransactionIdsCount());
        assertEquals(500, shop.balance(one));
        var pot = transaction(result.getPosted().getTransactionIds(3)).getDestination();
        assertEquals("pot", pot.getKind());
        assertPosted(shop.post(merge(pot.getId(), one)));
        assertEquals(570, shop.balance(one));
        assertTrue(shop.state(pot.getId()).getClosed());
        assertRejected(
                Rejection.REJECTION_INSUFFICIENT_FUNDS,
                shop.post(transfer(one, project, 570), transfer(one, project, 1)));
        assertEquals(570, shop.balance(one), "a rejection leaves no trace");
    }

    /// K-017 to K-024
    @Test
    void holdsAreReservedCapturedAndGivenBack() {
        var one = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_holds");
        assertPosted(shop.post(issue(bank, one, 1_000)));
        var meant = Integrator.authorization(one, 400).setDestinationCoinId(project);
        var hold = holdOf(shop.post(Operation.newBuilder().setAuthorize(meant).build()));
        assertEquals(600, shop.state(one).getAvailable().getMinor());
        var open = shop.reader
                .getHold(GetHoldRequest.newBuilder().setHoldId(hold).build())
                .getHold();
        assertEquals(HoldState.HOLD_STATE_OPEN, open.getState());
        assertEquals(project, open.getDestinationCoinId());
        var part = capture(hold, "", 150).toBuilder();
        part.getCaptureBuilder().setKeepRest(true);
        assertPosted(shop.post(part.build()));
        assertEquals(250, shop.state(one).getHeld().getMinor());
        assertPosted(shop.post(reverse(hold)));
        assertEquals(0, shop.state(one).getHeld().getMinor());
        assertEquals(850, shop.balance(one));
        var fee = holdOf(shop.post(Operation.newBuilder()
                .setAuthorizeCommission(
                        Integrator.authorization(one, 50).setDestinationCoinId(fees))
                .build()));
        var captured = shop.post(capture(fee, fees, 20));
        assertEquals(
                "commission_capture",
                transaction(captured.getPosted().getTransactionIds(0)).getType());
        var captures = shop.reader.listEntries(ListEntriesRequest.newBuilder()
                .setCoinId(one)
                .setType("commission_capture")
                .build());
        assertEquals(1, captures.getEntriesCount());
        assertEquals("commission_capture", captures.getEntries(0).getType());
        assertEquals(830, shop.state(one).getAvailable().getMinor(), "the rest is given back");
        var set = holdOf(shop.post(hold(one, 30)));
        assertRejected(Rejection.REJECTION_TYPE_NOT_ALLOWED, shop.post(capture(set, project, 30)));
        assertPosted(shop.post(reverse(set)));
    }

    @Test
    void everyRejectionIsToldByName() {
        var one = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_rejected");
        var two = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_other");
        assertPosted(shop.post(issue(bank, one, 1_000)));
        rejected(Rejection.REJECTION_AMOUNT_NOT_POSITIVE, transfer(one, two, 0));
        rejected(Rejection.REJECTION_AMOUNT_NOT_POSITIVE, transfer(one, two, -5));
        rejected(Rejection.REJECTION_SAME_COIN, transfer(one, one, 5));
        for (var stranger : List.of("coin_999999", "coin_", "coin_-1", "x' or 1=1", "txn_1")) {
            rejected(Rejection.REJECTION_COIN_UNKNOWN, transfer(one, stranger, 5));
            rejected(Rejection.REJECTION_COIN_UNKNOWN, split(stranger, "usr_x", 5));
        }
        rejected(Rejection.REJECTION_HOLD_UNKNOWN, capture("hold_999999", two, 5));
        rejected(Rejection.REJECTION_HOLD_UNKNOWN, reverse("coin_1"));
        rejected(Rejection.REJECTION_INSUFFICIENT_FUNDS, transfer(one, two, 1_001));
        rejected(Rejection.REJECTION_TYPE_NOT_ALLOWED, commission(one, two, 5));
        rejected(Rejection.REJECTION_TYPE_NOT_ALLOWED, issue(one, two, 5));
        rejected(Rejection.REJECTION_BALANCE_DIFFERS, balanceIs(one, 999));
        rejected(Rejection.REJECTION_CYCLE, transfer(one, two, 5), transfer(two, one, 5));
        rejected(Rejection.REJECTION_OVERFLOW, issue(bank, one, Long.MAX_VALUE));
        closedAndFrozen(one);
        otherBooks(one);
        assertPosted(shop.post(split(one, "usr_rejected", 10)));
        rejected(Rejection.REJECTION_COIN_EXISTS, split(one, "usr_rejected", 10));
        spentHolds(one, two);
        corrections(one, two);
        staleProcesses(one, two);
        closedPeriod();
        var missing = EnumSet.allOf(Rejection.class);
        missing.removeAll(seen);
        missing.removeAll(Set.of(Rejection.REJECTION_UNSPECIFIED, Rejection.UNRECOGNIZED));
        assertEquals(Set.of(), missing, "no scene for these");
    }

    private void closedAndFrozen(String one) {
        var empty = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_closed");
        freeze(empty, true);
        rejected(Rejection.REJECTION_COIN_FROZEN, transfer(one, empty, 5));
        freeze(empty, false);
        var closed = shop.ledger.closeCoin(
                CloseCoinRequest.newBuilder().setCoinId(empty).build());
        assertTrue(closed.getClosed().getClosed());
        rejected(Rejection.REJECTION_COIN_CLOSED, transfer(one, empty, 5));
        assertTrue(shop.ledger
                .closeCoin(CloseCoinRequest.newBuilder().setCoinId(one).build())
                .hasNotEmpty());
        assertFailure(Reason.WRONG_STATE, () -> freeze(empty, true));
    }

    private void otherBooks(String one) {
        shop.issuer("other");
        var foreign = shop.coin("other", "EUR", CoinKind.COIN_KIND_MEMBER, "usr_1");
        rejected(Rejection.REJECTION_ISSUER_MISMATCH, transfer(one, foreign, 5));
        var dollars = shop.coin("shop", "USD", CoinKind.COIN_KIND_MEMBER, "usr_1");
        rejected(Rejection.REJECTION_CURRENCY_MISMATCH, transfer(one, dollars, 5));
        // The amount itself is in another currency than the coin.
        rejected(Rejection.REJECTION_CURRENCY_MISMATCH, transfer(dollars, one, 5));
        rejected(Rejection.REJECTION_CURRENCY_MISMATCH, balanceIs(dollars, 0));
    }

    private void spentHolds(String one, String two) {
        var hold = holdOf(shop.post(authorize(one, 100)));
        rejected(Rejection.REJECTION_HOLD_TOO_SMALL, capture(hold, two, 101));
        var dollars = capture(hold, two, 5).toBuilder();
        dollars.getCaptureBuilder().getAmountBuilder().setCurrency("USD");
        rejected(Rejection.REJECTION_CURRENCY_MISMATCH, dollars.build());
        rejected(Rejection.REJECTION_COIN_HAS_HOLDS, merge(one, two));
        assertPosted(shop.post(capture(hold, two, 100)));
        rejected(Rejection.REJECTION_HOLD_SPENT, capture(hold, two, 1));
        rejected(Rejection.REJECTION_HOLD_SPENT, reverse(hold));
        var past = Integrator.authorization(one, 10)
                .setExpiresAt(Timestamp.newBuilder().setSeconds(1_700_000_000));
        var expired = shop.post(Operation.newBuilder().setAuthorize(past).build());
        if (expired.hasPosted()) {
            rejected(Rejection.REJECTION_HOLD_EXPIRED, capture(holdOf(expired), two, 1));
            assertPosted(shop.post(reverse(holdOf(expired))));
        } else {
            assertRejected(Rejection.REJECTION_HOLD_EXPIRED, expired);
        }
    }

    private void corrections(String one, String two) {
        var wrong = shop.post(transfer(one, two, 40)).getPosted().getTransactionIds(0);
        rejected(Rejection.REJECTION_TRANSACTION_UNKNOWN, correction("txn_999999", two, one, 40));
        rejected(Rejection.REJECTION_CORRECTION_DIFFERS, correction(wrong, two, one, 41));
        var right = shop.post(correction(wrong, two, one, 40));
        assertPosted(right);
        rejected(Rejection.REJECTION_ALREADY_CORRECTED, correction(wrong, two, one, 40));
        assertEquals(
                right.getPosted().getTransactionIds(0),
                transaction(wrong).getCorrectedByTransactionId());
        var issued = shop.post(issue(bank, one, 7)).getPosted().getTransactionIds(0);
        var taken = shop.post(correction(issued, one, bank, 7));
        assertEquals(
                "redeem", transaction(taken.getPosted().getTransactionIds(0)).getType());
    }

    private void staleProcesses(String one, String two) {
        var process = shop.ids.next("prc");
        var opening = ProcessChange.newBuilder()
                .setOpen(ProcessOpening.newBuilder()
                        .setProcessId(process)
                        .setProcessKind("SETTLEMENT")
                        .setState("PENDING")
                        .setSubject("ord_1")
                        .setDetailsJson("{\"order\": 1}"));
        assertPosted(shop.post(
                shop.posting(transfer(one, two, 1)).setProcessId(process).addProcesses(opening)));
        assertRejected(
                Rejection.REJECTION_STALE_PROCESS,
                shop.post(shop.posting(transfer(one, two, 1)).addProcesses(opening)));
        var advance = ProcessChange.newBuilder()
                .setAdvance(ProcessAdvance.newBuilder()
                        .setProcessId(process)
                        .setExpectedState("DONE")
                        .setNewState("PAID"));
        assertRejected(
                Rejection.REJECTION_STALE_PROCESS,
                shop.post(shop.posting(transfer(one, two, 1)).addProcesses(advance)));
        assertFailure(
                Reason.INVALID_ARGUMENT,
                () -> shop.post(shop.posting()
                        .addProcesses(ProcessChange.newBuilder()
                                .setOpen(opening.getOpen().toBuilder().setDetailsJson("[]")))));
    }

    private void closedPeriod() {
        shop.issuer("closing");
        var source = shop.coin("closing", "EUR", CoinKind.COIN_KIND_ISSUING, "bank");
        var target = shop.coin("closing", "EUR", CoinKind.COIN_KIND_MEMBER, "usr_1");
        for (var day : List.of("2026-02-28", "2026-03-31", "2026-03-01")) {
            var closed = shop.ledger.closePeriod(ClosePeriodRequest.newBuilder()
                    .setIssuerKey("closing")
                    .setClosedTo(day)
                    .build());
            assertEquals(
                    day.equals("2026-02-28") ? day : "2026-03-31",
                    closed.getIssuer().getClosedTo(),
                    "a closed period is not opened again");
        }
        rejected(Rejection.REJECTION_PERIOD_CLOSED, issue(source, target, 5));
        var late = shop.post(shop.posting(issue(source, target, 5)).setBookForward(true));
        assertEquals(
                "2026-04-01", transaction(late.getPosted().getTransactionIds(0)).getEffectiveOn());
        assertEquals("2026-03-31", shop.state(target).getClosedTo());
    }

    ///
    @Test
    void theSameIdIsAnsweredFromTheBooksAndOtherContentIsAConflict() {
        var posting = shop.posting(transfer(member, project, 11));
        var first = shop.post(posting);
        assertPosted(first);
        var again = shop.post(posting);
        assertEquals(
                first.getPosted().getTransactionIdsList(),
                again.getReplayed().getTransactionIdsList());
        assertTrue(shop.post(posting.clone().setEffectiveOn("2026-03-02")).hasConflict());
        // A rejected id is not used up.
        var poor = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_poor");
        var wanted = shop.posting(transfer(poor, project, 5));
        assertRejected(Rejection.REJECTION_INSUFFICIENT_FUNDS, shop.post(wanted));
        assertPosted(shop.post(transfer(member, poor, 5)));
        assertPosted(shop.post(wanted));
    }

    @Test
    void aCreditLimitLetsACoinGoBelowZero() {
        var one = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_credit");
        limit(one, 100);
        assertPosted(shop.post(transfer(one, project, 60)));
        assertRejected(
                Rejection.REJECTION_INSUFFICIENT_FUNDS, shop.post(transfer(one, project, 41)));
        assertFailure(Reason.WRONG_STATE, () -> limit(one, 59));
        assertFailure(Reason.INVALID_ARGUMENT, () -> limit(one, -1));
        assertEquals(40, shop.state(one).getAvailable().getMinor());
    }

    /// What breaks the contract is refused as a whole, with nothing done.
    @Test
    void aRequestThatBreaksTheContractIsRefused() {
        long before = shop.balance(member);
        var good = shop.posting(transfer(member, project, 1)).build();
        for (var bad : List.of(
                good.toBuilder().setRequestId("").build(),
                good.toBuilder().setRequestId("req_1").build(),
                good.toBuilder().setRequestId(shop.ids.next("prc")).build(),
                good.toBuilder().setEffectiveOn("2026-02-30").build(),
                good.toBuilder().setEffectiveOn("0000-01-01").build(),
                good.toBuilder().setProcessId("prc_nonsense").build(),
                good.toBuilder().clearOperations().build(),
                good.toBuilder().addOperations(Operation.getDefaultInstance()).build(),
                good.toBuilder()
                        .addOperations(Operation.newBuilder()
                                .setAuthorize(Integrator.authorization(member, 1)
                                        .setExpiresAt(Timestamp.newBuilder().setNanos(-1))))
                        .build())) {
            assertFailure(
                    Reason.INVALID_ARGUMENT,
                    () -> shop.ledger.postBatch(org.almonry.ledger.v1.PostBatchRequest.newBuilder()
                            .addPostings(good)
                            .addPostings(bad)
                            .build()));
        }
        assertEquals(before, shop.balance(member));
    }

    private void rejected(Rejection reason, Operation... operations) {
        assertRejected(reason, shop.post(operations));
    }

    private void assertRejected(Rejection reason, PostingResult result) {
        assertEquals(reason, result.getRejected().getReason(), result::toString);
        assertTrue(!result.getRejected().getText().isEmpty());
        seen.add(reason);
    }

    private static void assertPosted(PostingResult result) {
        assertTrue(result.hasPosted(), result::toString);
    }

    private static void assertFailure(
            Reason reason, org.junit.jupiter.api.function.Executable call) {
        var thrown = assertThrows(StatusRuntimeException.class, call);
        assertEquals(reason, Failure.from(thrown).reason());
    }

    private void freeze(String coin, boolean frozen) {
        var after = shop.ledger
                .freezeCoin(FreezeCoinRequest.newBuilder()
                        .setCoinId(coin)
                        .setFrozen(frozen)
                        .build())
                .getCoin();
        assertEquals(frozen, after.getFrozen());
    }

    private void limit(String coin, long minor) {
        shop.ledger.setCreditLimit(SetCreditLimitRequest.newBuilder()
                .setCoinId(coin)
                .setCreditLimit(eur(minor))
                .build());
    }

    private org.almonry.ledger.v1.Transaction transaction(String id) {
        return shop.reader
                .getTransaction(
                        GetTransactionRequest.newBuilder().setTransactionId(id).build())
                .getTransaction();
    }
}
