package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.JOB;
import static org.almonry.process.RequestWorld.eur;
import static org.almonry.process.RequestWorld.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.error.v1.Reason;
import org.almonry.limit.Consequence;
import org.almonry.limit.Limit;
import org.almonry.limit.Measure;
import org.almonry.limit.Period;
import org.almonry.limit.Verdict;
import org.almonry.testing.Callers;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// K-055: limits by amount and number, the limited state and what leads out of it, and when they
/// start anew. K-042: released or refused.
class RequestLimitsTest {
    private static final int AT_ONCE = 40;

    private final RequestWorld world = new RequestWorld();

    @BeforeEach
    void fund() {
        world.fund(world.alice, 1_000_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /// Of many at once exactly those pass that fit.
    @Test
    void ofManyAtOnceNoMorePassThanFit() throws Exception {
        world.limit(
                ProcessKind.CLIENT_TRANSFER,
                Measure.AMOUNT,
                Period.DAY,
                10_999,
                Consequence.LIMITED);
        var states = new ArrayList<RequestState>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<RequestState> one = () -> state(world.transfer(JOB, 1_000));
            for (Future<RequestState> each : threads.invokeAll(Collections.nCopies(AT_ONCE, one))) {
                states.add(each.get());
            }
        }
        assertEquals(10, Collections.frequency(states, RequestState.PROCESSED));
        assertEquals(AT_ONCE - 10, Collections.frequency(states, RequestState.LIMITED));
        assertEquals(10_000, world.balance(world.bob));
    }

    @Test
    void aLimitedRequestIsReleasedByAnotherPerson() {
        limitToOneADay(Consequence.LIMITED);
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 100)));
        var limited = world.transfer(ASKER, 100);
        assertEquals(RequestState.LIMITED, state(limited));
        assertEquals(0, world.held(world.alice));
        assertEquals(
                "more than 1 in number per day",
                world.requests.steps(limited.id()).getFirst().reason());
        var own = assertThrows(Failure.class, () -> world.act(ASKER, limited, Action.APPROVE));
        assertEquals(Reason.NOT_ALLOWED, own.reason());
        assertEquals(RequestState.PROCESSED, state(world.approve(limited)));
        assertEquals(200, world.balance(world.bob));
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    @Test
    void aLimitedRequestIsRepeatedWhenThereIsRoom() {
        var limit = limitToOneADay(Consequence.LIMITED);
        world.transfer(JOB, 100);
        var limited = world.transfer(JOB, 100);
        var still = assertThrows(Failure.class, () -> world.act(ASKER, limited, Action.REPEAT));
        assertEquals(Reason.LIMIT_REACHED, still.reason());
        var more = new Limit.Bound(Measure.NUMBER, Period.DAY, 2, Consequence.LIMITED);
        Callers.run(
                ASKER, () -> world.limits.change(new Limit(limit.id(), limit.scope(), more, true)));
        assertEquals(RequestState.PROCESSED, state(world.act(ASKER, limited, Action.REPEAT)));
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    @Test
    void whatIsRefusedByALimitLeavesNothing() {
        limitToOneADay(Consequence.REFUSAL);
        world.transfer(JOB, 100);
        var refused = assertThrows(Failure.class, () -> world.transfer(JOB, 100));
        assertEquals(Reason.LIMIT_REACHED, refused.reason());
        assertEquals(
                1, world.processes.history(ProcessFilter.ALL, "", 10).rows().size());
    }

    /// Of several exceeded limits the gravest decides.
    @Test
    void aLimitMayAskForConfirmationOnly() {
        limitToOneADay(Consequence.CONFIRMATION);
        world.transfer(JOB, 100);
        var second = world.transfer(JOB, 100);
        assertEquals(RequestState.REQUIRES_CONFIRMATION, state(second));
        var verdict = world.requests
                .calculate(new RequestDetails.ClientTransfer(world.alice, world.bob, ""), eur(100))
                .verdict();
        assertEquals(
                Consequence.CONFIRMATION,
                assertInstanceOf(Verdict.Exceeded.class, verdict).consequence());
        world.limit(
                ProcessKind.CLIENT_TRANSFER,
                Measure.AMOUNT,
                Period.TRANSACTION,
                50,
                Consequence.LIMITED);
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    /// What ends without money having moved no longer counts; what failed does not either.
    @Test
    void whatIsRefusedIsGivenBack() {
        limitToOneADay(Consequence.LIMITED);
        var declined = world.transfer(ASKER, 100);
        assertEquals(RequestState.REQUIRES_CONFIRMATION, state(declined));
        world.act(APPROVER, declined, Action.DECLINE);
        var failed = world.transfer(JOB, 2_000_000);
        assertEquals(RequestState.ERROR, state(failed));
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 100)));
        // There is no room for it any more.
        assertEquals(RequestState.LIMITED, state(world.act(ASKER, failed, Action.REPEAT)));
    }

    /// K-055, X-014: anew at local midnight, on a usual day, on both days on which the clocks
    /// change, and at the ends of week, month, quarter and year.
    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-06-10T21:59:59Z, 2026-06-10T22:00:00Z",
        "DAY, 2026-03-28T22:59:59Z, 2026-03-28T23:00:00Z",
        "DAY, 2026-03-29T21:59:59Z, 2026-03-29T22:00:00Z",
        "DAY, 2026-10-24T21:59:59Z, 2026-10-24T22:00:00Z",
        "DAY, 2026-10-25T22:59:59Z, 2026-10-25T23:00:00Z",
        "WEEK, 2026-03-29T21:59:59Z, 2026-03-29T22:00:00Z",
        "MONTH, 2026-03-31T21:59:59Z, 2026-03-31T22:00:00Z",
        "MONTH, 2026-10-31T22:59:59Z, 2026-10-31T23:00:00Z",
        "QUARTER, 2026-06-30T21:59:59Z, 2026-06-30T22:00:00Z",
        "YEAR, 2026-12-31T22:59:59Z, 2026-12-31T23:00:00Z"
    })
    void limitsStartAnewAtLocalMidnight(Period period, Instant last, Instant first) {
        world.limit(ProcessKind.CLIENT_TRANSFER, Measure.AMOUNT, period, 150, Consequence.LIMITED);
        moveTo(last);
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 100)));
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
        moveTo(first);
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 100)));
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    /// A day of 23 and one of 25 hours are one day each.
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:00:00Z, 2026-03-29T21:59:59Z",
        "2026-10-24T22:00:00Z, 2026-10-25T22:59:59Z"
    })
    void theWholeOfALongOrShortDayCounts(Instant first, Instant last) {
        limitToOneADay(Consequence.LIMITED);
        moveTo(first);
        assertEquals(RequestState.PROCESSED, state(world.transfer(JOB, 100)));
        moveTo(last);
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    @Test
    void lifeNeverStartsAnew() {
        world.limit(
                ProcessKind.CLIENT_TRANSFER, Measure.NUMBER, Period.LIFE, 1, Consequence.LIMITED);
        world.transfer(JOB, 100);
        moveTo(Instant.parse("2036-01-01T00:00:00Z"));
        assertEquals(RequestState.LIMITED, state(world.transfer(JOB, 100)));
    }

    /// Limits are of an owner, a kind and a currency.
    @Test
    void othersAreNotCounted() {
        limitToOneADay(Consequence.LIMITED);
        world.transfer(JOB, 100);
        var details = new RequestDetails.ClientTransfer(world.bob, world.alice, "");
        assertEquals(RequestState.PROCESSED, state(world.make(JOB, details, 100)));
        var redeem = new RequestDetails.Redeem(world.alice, "");
        assertEquals(RequestState.WAITING, state(world.make(JOB, redeem, 100)));
    }

    /// K-054: a profile made by copy, with or without limits, is its own from then on.
    @Test
    void aCopyTakesLimitsAlongOrNot() {
        limitToOneADay(Consequence.LIMITED);
        var with = Callers.as(ASKER, () -> world.commissions.copy("pfl_base", "With"));
        Callers.run(ASKER, () -> world.limits.copy("pfl_base", with.id()));
        var without = Callers.as(ASKER, () -> world.commissions.copy("pfl_base", "Without"));
        assertEquals(1, world.limits.of(with.id()).size());
        assertEquals(List.of(), world.limits.of(without.id()));
        assertEquals(
                2,
                new HashSet<>(List.of(
                                world.limits.of(with.id()).getFirst().id(),
                                world.limits.of("pfl_base").getFirst().id()))
                        .size());
    }

    private Limit limitToOneADay(Consequence then) {
        return world.limit(ProcessKind.CLIENT_TRANSFER, Measure.NUMBER, Period.DAY, 1, then);
    }

    private void moveTo(Instant at) {
        world.clock.advance(Duration.between(world.clock.instant(), at));
    }
}
