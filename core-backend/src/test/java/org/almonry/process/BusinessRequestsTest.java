package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.BANK_ACCOUNT;
import static org.almonry.process.RequestWorld.BOTH;
import static org.almonry.process.RequestWorld.JOB;
import static org.almonry.process.RequestWorld.eur;
import static org.almonry.process.RequestWorld.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.commission.Level;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.TransactionType;
import org.almonry.ledger.read.Transaction;
import org.almonry.testing.Callers;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDate;
import java.util.List;

/// Requests from being asked for to being booked, refused and taken back: K-034, K-035, K-037,
/// K-041 to K-044, K-056, K-094. Each test leaves right books and an empty transit.
class BusinessRequestsTest {
    private final RequestWorld world = new RequestWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /// K-094, K-034: money made by hand waits for a second person and comes through transit.
    @Test
    void anIssueIsBookedWhenAnAccountantAgrees() {
        var made = world.make(ASKER, new RequestDetails.ClientIssue(world.alice, "gift"), 10_000);
        assertEquals(RequestState.WAITING, state(made));
        assertEquals(0, world.balance(world.alice));
        var own = assertThrows(Failure.class, () -> world.act(ASKER, made, Action.APPROVE));
        assertEquals(Reason.NOT_ALLOWED, own.reason());
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(10_000, world.balance(world.alice));
        assertEquals(10_000, world.issued());
        assertEquals(List.of(TransactionType.ISSUE, TransactionType.TRANSFER), types(made.id()));
        assertEquals(
                List.of(
                        " WAITING",
                        "WAITING APPROVED_BY_ACCOUNTANT",
                        "APPROVED_BY_ACCOUNTANT PROCESSED"),
                world.processes.steps(made.id()).stream()
                        .map(step -> step.fromState() + " " + step.toState())
                        .toList());
    }

    /// K-017, K-019: what a client is charged is set aside at once and captured later.
    @Test
    void aTransferByHandIsHeldAndThenCaptured() {
        world.fund(world.alice, 20_000);
        world.rule(ProcessKind.CLIENT_TRANSFER, Direction.OUT, BOTH);
        var made = world.transfer(ASKER, 10_000);
        assertEquals(RequestState.REQUIRES_CONFIRMATION, state(made));
        assertEquals(10_300, world.held(world.alice));
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(0, world.held(world.alice));
        assertEquals(9_700, world.balance(world.alice));
        assertEquals(10_000, world.balance(world.bob));
        assertEquals(300, world.earned("hoster"));
        assertEquals(
                List.of(
                        TransactionType.AUTHORIZATION,
                        TransactionType.COMMISSION_AUTHORIZATION,
                        TransactionType.CAPTURE,
                        TransactionType.COMMISSION_CAPTURE),
                types(made.id()));
    }

    /// What a job or a client does itself needs nobody else.
    @Test
    void aTransferByAJobIsBookedAtOnce() {
        world.fund(world.alice, 10_000);
        var made = world.transfer(JOB, 4_000);
        assertEquals(RequestState.PROCESSED, state(made));
        assertEquals(4_000, world.balance(world.bob));
        assertEquals(List.of(TransactionType.TRANSFER), types(made.id()));
    }

    /// K-042: declined by a person, rejected by a check; either way all is free again.
    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"DECLINE", "REJECT"})
    void whatIsRefusedIsFreeAgain(Action action) {
        world.fund(world.alice, 20_000);
        world.rule(ProcessKind.BANK_REDEEM, Direction.SHARED, BOTH);
        var made = bankRedeem(10_000);
        assertEquals(10_150, world.held(world.alice));
        var ended = world.act(APPROVER, made, action);
        assertEquals(
                action == Action.DECLINE ? RequestState.DECLINED : RequestState.REJECTED,
                state(ended));
        assertEquals(0, world.held(world.alice));
        assertEquals(20_000, world.balance(world.alice));
        assertTrue(types(made.id()).contains(TransactionType.COMMISSION_REVERSAL));
        var again = assertThrows(Failure.class, () -> world.act(APPROVER, made, Action.APPROVE));
        assertEquals(Reason.WRONG_STATE, again.reason());
    }

    /// A pay-out by a bank is agreed to first and booked when the bank has paid.
    @Test
    void aBankRedeemWaitsForTheBank() {
        world.fund(world.alice, 20_000);
        world.rule(ProcessKind.BANK_REDEEM, Direction.IN, BOTH);
        var made = bankRedeem(10_000);
        assertEquals(RequestState.APPROVED_BY_ACCOUNTANT, state(world.approve(made)));
        assertEquals(10_000, world.held(world.alice));
        assertEquals(20_000, world.balance(world.alice));
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(10_000, world.balance(world.alice));
        assertEquals(300, world.earned("hoster"));
        assertEquals(-9_700, world.issued());
    }

    /// Money that should arrive is booked when somebody saw it.
    @Test
    void aBankTopUpWaitsForTheMoney() {
        world.rule(ProcessKind.BANK_TOP_UP, Direction.SHARED, BOTH);
        var details = new RequestDetails.BankTopUp(world.alice, BANK_ACCOUNT, "RF18", "");
        var made = world.make(ASKER, details, 10_000);
        assertEquals(RequestState.PENDING, state(made));
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(9_850, world.balance(world.alice));
        assertEquals(10_150, world.issued());
        assertEquals(300, world.earned("hoster"));
    }

    @Test
    void aRedeemGoesBackToTheIssuer() {
        world.fund(world.alice, 10_000);
        var made = world.make(ASKER, new RequestDetails.Redeem(world.alice, ""), 4_000);
        assertEquals(4_000, world.held(world.alice));
        world.approve(made);
        assertEquals(6_000, world.balance(world.alice));
        assertEquals(-4_000, world.issued());
    }

    /// K-056: for each kind and direction, what was calculated is what is booked; K-054: system
    /// and provider both earn; K-037: their coins are made on first need.
    @ParameterizedTest
    @EnumSource(Direction.class)
    void calculateEqualsWhatIsBooked(Direction direction) {
        var provider = Callers.as(
                ASKER, () -> world.commissions.make("Provider", Level.PROVIDER, "npo_provider"));
        for (var owner : List.of("usr_alice", "usr_bob")) {
            Callers.run(
                    ASKER,
                    () -> world.commissions.contract(
                            owner,
                            provider.id(),
                            LocalDate.of(2026, 3, 2),
                            LocalDate.of(2026, 3, 2)));
        }
        for (var kind : ProcessKind.ofRequests()) {
            world.rule(kind, direction, new Formula.FixedAndPercent(12_345, 33));
            world.rule(provider.id(), kind, Direction.SHARED, new Formula.Fixed(7));
        }
        assertFalse(world.books
                .findCoin(
                        world.issuer,
                        RequestWorld.EUR,
                        org.almonry.ledger.CoinKind.COMMISSION,
                        "npo_provider")
                .isPresent());
        world.fund(world.alice, 1_000_000);
        for (var details : List.of(
                new RequestDetails.ClientIssue(world.bob, ""),
                new RequestDetails.ClientTransfer(world.alice, world.bob, ""),
                new RequestDetails.Redeem(world.alice, ""),
                new RequestDetails.BankTopUp(world.bob, BANK_ACCOUNT, "RF18", ""),
                new RequestDetails.BankRedeem(world.alice, BANK_ACCOUNT, "RF18", ""))) {
            var quoted = world.requests.calculate(details, eur(12_347)).calculation();
            long alice = world.balance(world.alice);
            long bob = world.balance(world.bob);
            long issued = world.issued();
            long system = world.earned("hoster");
            long provided = world.earned("npo_provider");
            var made = world.requests.make(world.by(ASKER), details, eur(12_347), quoted.taken());
            while (state(made) != RequestState.PROCESSED) {
                made = world.approve(made);
            }
            assertEquals(quoted, made.calculation().orElseThrow());
            long taken = details.sender() == 0
                    ? world.issued() - issued
                    : alice - world.balance(world.alice);
            long given = details.receiver() == 0
                    ? issued - world.issued()
                    : world.balance(world.bob) - bob;
            assertEquals(quoted.taken().minor(), taken, details.kind() + " taken");
            assertEquals(quoted.given().minor(), given, details.kind() + " given");
            assertEquals(quoted.commission(Level.SYSTEM).minor(), world.earned("hoster") - system);
            assertEquals(
                    quoted.commission(Level.PROVIDER).minor(),
                    world.earned("npo_provider") - provided);
            assertEquals(7, quoted.commission(Level.PROVIDER).minor());
            world.assertTransitIsEmpty();
        }
    }

    /// What was promised stays, whatever the price list says later.
    @Test
    void aPromiseStands() {
        world.fund(world.alice, 20_000);
        world.rule(ProcessKind.CLIENT_TRANSFER, Direction.OUT, new Formula.Fixed(100));
        var made = world.transfer(ASKER, 10_000);
        var rule = world.commissions.rules("pfl_base").getFirst();
        Callers.run(
                ASKER,
                () -> world.commissions.change(new org.almonry.commission.Rule(
                        rule.id(), rule.scope(), false, rule.terms())));
        var stale = assertThrows(
                Failure.class,
                () -> world.requests.make(
                        world.by(ASKER),
                        new RequestDetails.ClientTransfer(world.alice, world.bob, ""),
                        eur(1_000),
                        eur(1_100)));
        assertEquals(Reason.STALE, stale.reason());
        world.approve(made);
        assertEquals(100, world.earned("hoster"));
    }

    /// What the ledger does not take stands as failed, and goes through once it can.
    @Test
    void withoutMoneyARequestFailsAndCanBeRepeated() {
        var made = world.transfer(ASKER, 10_000);
        assertEquals(RequestState.ERROR, state(made));
        var again = assertThrows(Failure.class, () -> world.act(ASKER, made, Action.REPEAT));
        assertEquals(Reason.WRONG_STATE, again.reason());
        assertEquals(RequestState.ERROR, state(world.requests.get(made.id())));
        world.fund(world.alice, 10_000);
        assertEquals(
                RequestState.REQUIRES_CONFIRMATION, state(world.act(ASKER, made, Action.REPEAT)));
        assertEquals(10_000, world.held(world.alice));
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(10_000, world.balance(world.bob));
    }

    /// K-094 for the reversal too; X-002: the opposite of each transaction, naming it, once.
    @Test
    void aWholeProcessIsTakenBackOnce() {
        world.fund(world.alice, 20_000);
        world.rule(ProcessKind.REDEEM, Direction.SHARED, BOTH);
        var made = world.make(ASKER, new RequestDetails.Redeem(world.alice, ""), 10_000);
        var early = assertThrows(
                Failure.class, () -> world.requests.reverse(world.by(ASKER), made.id()));
        assertEquals(Reason.WRONG_STATE, early.reason());
        world.approve(made);
        assertEquals(9_850, world.balance(world.alice));
        var first = world.requests.reverse(world.by(ASKER, "wrong coin"), made.id());
        var second = world.requests.reverse(world.by(ASKER, "wrong coin"), made.id());
        assertEquals(RequestState.WAITING, state(first));
        assertThrows(Failure.class, () -> world.act(ASKER, first, Action.APPROVE));
        assertEquals(RequestState.PROCESSED, state(world.approve(first)));
        assertEquals(20_000, world.balance(world.alice));
        assertEquals(0, world.earned("hoster"));
        assertEquals(0, world.issued());
        var twice = assertThrows(Failure.class, () -> world.approve(second));
        assertEquals(Reason.WRONG_STATE, twice.reason());
        assertEquals(20_000, world.balance(world.alice));
        var corrected = world.books.transactionsOf(first.id()).stream()
                .map(Transaction::corrects)
                .sorted()
                .toList();
        assertEquals(
                world.books.transactionsOf(made.id()).stream()
                        .filter(each -> each.destination() != 0)
                        .map(Transaction::id)
                        .toList(),
                corrected);
        assertTrue(world.processes.corrections(made.id()).stream()
                .anyMatch(process -> process.id().equals(first.id())));
        assertEquals(
                Reason.WRONG_STATE,
                assertThrows(
                                Failure.class,
                                () -> world.requests.reverse(world.by(ASKER), first.id()))
                        .reason());
    }

    /// Money that was spent meanwhile cannot be taken back.
    @Test
    void whatIsSpentIsNotTakenBack() {
        world.fund(world.alice, 10_000);
        var made = world.transfer(JOB, 10_000);
        world.make(JOB, new RequestDetails.ClientTransfer(world.bob, world.alice, ""), 1);
        var back = world.requests.reverse(world.by(ASKER, "mistake"), made.id());
        var refused = assertThrows(Failure.class, () -> world.approve(back));
        assertEquals(Reason.WRONG_STATE, refused.reason());
        assertEquals(RequestState.WAITING, state(world.requests.get(back.id())));
        assertEquals(9_999, world.balance(world.bob));
    }

    @Test
    void coinsThatDoNotFitAreRefused() {
        world.fund(world.alice, 10_000);
        long bank = world.books.coinsOf("bank").getFirst().id();
        for (var details : List.of(
                new RequestDetails.ClientTransfer(world.alice, world.alice, ""),
                new RequestDetails.ClientTransfer(world.alice, 999, ""),
                new RequestDetails.ClientTransfer(bank, world.alice, ""),
                new RequestDetails.BankRedeem(world.alice, "acc_none", "RF18", ""))) {
            var refused = assertThrows(Failure.class, () -> world.make(ASKER, details, 100));
            assertEquals(Reason.INVALID_ARGUMENT, refused.reason(), details.toString());
        }
        assertThrows(Failure.class, () -> world.transfer(ASKER, 0));
        world.rule(ProcessKind.CLIENT_TRANSFER, Direction.IN, new Formula.Fixed(101));
        var eaten = assertThrows(Failure.class, () -> world.transfer(ASKER, 100));
        assertEquals(Reason.INVALID_ARGUMENT, eaten.reason());
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 101)));
        assertEquals(101, world.earned("hoster"));
    }

    /// who, when, from where to where, and why.
    @Test
    void everyStepKeepsItsMaker() {
        world.fund(world.alice, 10_000);
        var made = world.requests.make(
                world.by(ASKER, "ignored"),
                new RequestDetails.Redeem(world.alice, "cash"),
                eur(100),
                null);
        world.requests.act(
                world.by(APPROVER, "not today"), made.id(), Action.DECLINE, RequestState.WAITING);
        var steps = world.requests.steps(made.id());
        assertEquals(
                List.of(
                        "usr_asker MAKE >WAITING cash posted",
                        "usr_approver DECLINE WAITING>DECLINED not today posted"),
                steps.stream()
                        .map(step -> "%s %s %s>%s %s %s"
                                .formatted(
                                        step.actor(),
                                        step.action(),
                                        step.fromState(),
                                        step.toState(),
                                        step.reason(),
                                        step.outcome()))
                        .toList());
        var audited = world.audit.page(made.id(), "", Long.MAX_VALUE, 10);
        assertEquals(
                List.of("request.decline", "request.make"),
                audited.stream().map(row -> row.entry().action()).toList());
    }

    private BusinessRequest bankRedeem(long minor) {
        return world.make(
                ASKER, new RequestDetails.BankRedeem(world.alice, BANK_ACCOUNT, "RF18", ""), minor);
    }

    private List<TransactionType> types(String process) {
        return world.books.transactionsOf(process).stream()
                .map(Transaction::type)
                .toList();
    }
}
