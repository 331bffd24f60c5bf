package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.BANK_ACCOUNT;
import static org.almonry.process.RequestWorld.JOB;
import static org.almonry.process.RequestWorld.eur;
import static org.almonry.process.RequestWorld.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.commission.Direction;
import org.almonry.error.v1.Reason;
import org.almonry.limit.Consequence;
import org.almonry.limit.Measure;
import org.almonry.limit.Period;
import org.almonry.process.Action.Effect;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Requests under races and crashes, and the matrix of K-043 against real requests.
class RequestFaultTest {
    private static final int AT_ONCE = 16;

    private final RequestWorld world = new RequestWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /// K-043: each action in each state that a request of today can be in does what the table
    /// says, or fails with its reason and changes nothing.
    @ParameterizedTest
    @EnumSource(
            value = RequestState.class,
            names = {"APPROVED", "ALLOWED_TO_WITHDRAW"},
            mode = EnumSource.Mode.EXCLUDE)
    void actionsDoWhatTheTableSays(RequestState from) {
        world.fund(world.alice, 1_000_000);
        world.limit(
                ProcessKind.CLIENT_TRANSFER,
                Measure.AMOUNT,
                Period.TRANSACTION,
                5_000,
                Consequence.LIMITED);
        for (var action : Action.values()) {
            var request = in(from);
            assertEquals(from, state(request));
            var allowed = world.requests.open(request, APPROVER).contains(action);
            switch (action.on(from)) {
                case Effect.Refused _ -> {
                    assertEquals(Reason.WRONG_STATE, failure(request, action));
                    assertEquals(from, state(world.requests.get(request.id())));
                    assertEquals(false, allowed);
                }
                case Effect.Moves it -> {
                    var last = request.kind().courseTo(it.to()).getLast();
                    assertEquals(last, state(world.act(APPROVER, request, action)));
                    assertTrue(allowed);
                }
                case Effect.Released _ -> {
                    var last = request.kind().releasedCourse().getLast();
                    assertEquals(last, state(world.act(APPROVER, request, action)));
                    assertTrue(allowed);
                }
                case Effect.TriedAgain _ -> {
                    // Nothing has changed since, so it comes to the same.
                    var expected = from == RequestState.LIMITED
                            ? Reason.LIMIT_REACHED
                            : Reason.WRONG_STATE;
                    assertEquals(expected, failure(request, action));
                    assertEquals(from, state(world.requests.get(request.id())));
                    assertTrue(allowed);
                }
            }
        }
        assertEquals(List.of(), openAttempts());
    }

    /// Of many approvals at once one is booked; the others are told that they are late.
    @Test
    void approvalsAtOnceBookOnce() throws Exception {
        world.fund(world.alice, 1_000_000);
        world.rule(ProcessKind.CLIENT_TRANSFER, Direction.SHARED, RequestWorld.BOTH);
        var made = world.transfer(ASKER, 10_000);
        var reasons = new ArrayList<Reason>();
        int booked = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<BusinessRequest>>();
            for (int i = 0; i < AT_ONCE; i++) {
                var caller = new Caller.User("usr_" + i, "ses_" + i, "admin/admin", Set.of());
                var action = i % 4 == 3 ? Action.DECLINE : Action.APPROVE;
                calls.add(() -> world.requests.act(
                        world.by(caller), made.id(), action, RequestState.REQUIRES_CONFIRMATION));
            }
            for (var each : threads.invokeAll(calls)) {
                try {
                    each.get();
                    booked++;
                } catch (java.util.concurrent.ExecutionException e) {
                    reasons.add(((Failure) e.getCause()).reason());
                }
            }
        }
        assertEquals(1, booked);
        assertEquals(Set.of(Reason.STALE), Set.copyOf(reasons));
        var end = state(world.requests.get(made.id()));
        boolean isBooked = end == RequestState.PROCESSED;
        assertEquals(isBooked ? 9_850 : 0, world.balance(world.bob));
        assertEquals(0, world.held(world.alice));
        assertEquals(List.of(), openAttempts());
    }

    /// the same operation, many times at once and again later, has one effect.
    @Test
    void theSameOperationIsDoneOnce() throws Exception {
        world.fund(world.alice, 1_000_000);
        var by = world.by(JOB);
        var details = new RequestDetails.ClientTransfer(world.alice, world.bob, "");
        Callable<BusinessRequest> make = () -> world.requests.make(by, details, eur(100), null);
        var answers = atOnce(make);
        assertEquals(1, Set.copyOf(answers).size());
        assertEquals(100, world.balance(world.bob));
        var held = world.transfer(ASKER, 100);
        var approval = world.by(APPROVER);
        Callable<BusinessRequest> approve = () -> world.requests.act(
                approval, held.id(), Action.APPROVE, RequestState.REQUIRES_CONFIRMATION);
        assertEquals(1, Set.copyOf(atOnce(approve)).size());
        assertEquals(state(approve.call()), RequestState.PROCESSED);
        assertEquals(200, world.balance(world.bob));
    }

    /// the core ends after a step was stored and before it was posted.
    @Test
    void whatACrashLeftUnpostedIsPostedLater() {
        world.fund(world.alice, 10_000);
        var by = world.by(ASKER);
        var details = new RequestDetails.Redeem(world.alice, "");
        world.ledger.close();
        assertThrows(Failure.class, () -> world.requests.make(by, details, eur(1_000), null));
        try (var next = new Restarted(world)) {
            next.requests.repair();
            assertEquals(1, openAttempts().size(), "its caller may still be at it");
            world.clock.advance(Duration.ofMinutes(2));
            next.requests.repair();
            assertEquals(List.of(), openAttempts());
            assertEquals(1_000, world.held(world.alice));
            var again = next.requests.make(by, details, eur(1_000), null);
            assertEquals(RequestState.WAITING, state(again));
            assertEquals(1_000, world.held(world.alice));
            next.requests.act(world.by(APPROVER), again.id(), Action.APPROVE, RequestState.WAITING);
            assertEquals(9_000, world.balance(world.alice));
        }
    }

    /// the core ends after a step was posted and before that was noted. The next who
    /// touches the request finds its holds.
    @Test
    void whatACrashLeftUnnotedIsFoundAgain() {
        world.fund(world.alice, 10_000);
        var made = world.make(
                ASKER, new RequestDetails.BankRedeem(world.alice, BANK_ACCOUNT, "RF18", ""), 1_000);
        forget();
        assertEquals(1, openAttempts().size());
        assertEquals(RequestState.APPROVED_BY_ACCOUNTANT, state(world.approve(made)));
        forget();
        assertEquals(RequestState.PROCESSED, state(world.approve(made)));
        assertEquals(9_000, world.balance(world.alice));
        forget();
        world.clock.advance(Duration.ofMinutes(2));
        world.requests.repair();
        assertEquals(List.of(), openAttempts());
        assertEquals(9_000, world.balance(world.alice));
    }

    /// The application can neither change what was asked nor remove what was tried.
    @Test
    void whatWasAskedCannotBeChanged() {
        world.fund(world.alice, 10_000);
        world.transfer(JOB, 100);
        for (var statement : List.of(
                "update process.request set amount_minor = 1",
                "delete from process.request",
                "update process.attempt set actor = 'usr_other'",
                "delete from process.attempt",
                "update commission.profile set earner = 'usr_other'",
                "update commission.rule set is_active = false",
                "delete from commission.range",
                "update commission.contract set profile_id = 'pfl_vip'",
                "update limits.rule set maximum = 0",
                "update limits.usage set amount_minor = 1",
                "delete from limits.usage")) {
            assertThrows(
                    RuntimeException.class,
                    () -> world.database
                            .accounting()
                            .useHandle(handle -> handle.execute(statement)),
                    statement);
        }
    }

    /// K-003: a kind without its data cannot be stored, whoever writes it.
    @Test
    void eachKindHasWhatItNeeds() {
        world.fund(world.alice, 10_000);
        world.transfer(JOB, 100);
        for (var kind : ProcessKind.ofRequests()) {
            var refused = assertThrows(
                    RuntimeException.class,
                    () -> world.database
                            .accounting()
                            .useHandle(handle -> handle.createUpdate("""
                            insert into process.request
                            select 'prc_other', :kind, owner, sender_coin, receiver_coin, currency,
                                   currency_scale, amount_minor, taken_minor, given_minor,
                                   '{}'::jsonb, plan, asked_by, asked_at
                              from process.request
                            """)
                                    .bind("kind", kind.name())
                                    .execute()),
                    kind.name());
            assertTrue(String.valueOf(refused.getMessage()).contains("check constraint"));
        }
    }

    /// A ledger and requests of a core that was started again on the same books.
    private static final class Restarted implements AutoCloseable {
        private final org.almonry.ledger.Ledger ledger;
        private final BusinessRequests requests;

        Restarted(RequestWorld world) {
            var jdbi = world.database.accounting();
            ledger = org.almonry.ledger.postgres.PostgresLedger.ledger(
                    jdbi,
                    BusinessProcesses.journal(),
                    new org.almonry.events.Outbox(jdbi, world.clock),
                    world.audit,
                    world.clock);
            ledger.start();
            requests = new BusinessRequests(
                    jdbi,
                    ledger,
                    world.books,
                    world.commissions,
                    world.limits,
                    BANK_ACCOUNT::equals,
                    new BusinessRequests.Days(world.clock, RequestWorld.BERLIN));
        }

        @Override
        public void close() {
            ledger.close();
        }
    }

    /// A new request in this state.
    private BusinessRequest in(RequestState state) {
        return switch (state) {
            case LIMITED -> world.transfer(ASKER, 6_000);
            case PENDING ->
                world.make(
                        ASKER,
                        new RequestDetails.BankTopUp(world.alice, BANK_ACCOUNT, "RF18", ""),
                        100);
            case WAITING -> world.make(ASKER, new RequestDetails.ClientIssue(world.alice, ""), 100);
            case APPROVED_BY_ACCOUNTANT ->
                world.approve(world.make(
                        ASKER,
                        new RequestDetails.BankRedeem(world.alice, BANK_ACCOUNT, "RF18", ""),
                        100));
            case REQUIRES_CONFIRMATION -> world.transfer(ASKER, 100);
            case DECLINED -> world.act(APPROVER, world.transfer(ASKER, 100), Action.DECLINE);
            case REJECTED -> world.act(APPROVER, world.transfer(ASKER, 100), Action.REJECT);
            case PROCESSED -> world.transfer(JOB, 100);
            case ERROR ->
                world.make(ASKER, new RequestDetails.Redeem(world.open("usr_empty"), ""), 100);
            case APPROVED, ALLOWED_TO_WITHDRAW -> throw new IllegalArgumentException("no kind");
        };
    }

    private Reason failure(BusinessRequest request, Action action) {
        return assertThrows(Failure.class, () -> world.act(APPROVER, request, action))
                .reason();
    }

    private List<BusinessRequest> atOnce(Callable<BusinessRequest> call) throws Exception {
        var answers = new ArrayList<BusinessRequest>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(java.util.Collections.nCopies(AT_ONCE, call))) {
                answers.add(each.get());
            }
        }
        return answers;
    }

    private List<Attempt> openAttempts() {
        return world.database
                .accounting()
                .withHandle(handle -> RequestStore.open(
                        handle, world.clock.instant().plus(Duration.ofDays(1)), 100));
    }

    /// As if the core had ended before it noted what became of its steps.
    private void forget() {
        world.database.superuserJdbi().useHandle(handle -> handle.execute("""
                alter table process.attempt disable trigger all;
                update process.attempt set done_at = null, outcome = null, transactions = null;
                alter table process.attempt enable trigger all;
                """));
    }
}
