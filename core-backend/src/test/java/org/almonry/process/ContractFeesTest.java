package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.commission.Level;
import org.almonry.testing.Callers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// K-057: the monthly fee of a contract.
class ContractFeesTest {
    private final RequestWorld world = new RequestWorld();
    private final ContractFees fees = world.requests.contractFees();

    /// Gold costs 5.00 and a provider's profile 1.00 per month; both hold for Alice from April on.
    @BeforeEach
    void contracts() {
        world.rule("pfl_gold", ProcessKind.CONTRACT_FEE, Direction.OUT, new Formula.Fixed(500));
        world.rule("pfl_base", ProcessKind.CONTRACT_FEE, Direction.OUT, new Formula.Fixed(900));
        var provider = Callers.as(
                ASKER, () -> world.commissions.make("Provider", Level.PROVIDER, "npo_provider"));
        world.rule(
                provider.id(), ProcessKind.CONTRACT_FEE, Direction.SHARED, new Formula.Fixed(100));
        for (var profile : List.of("pfl_gold", provider.id())) {
            Callers.run(
                    ASKER,
                    () -> world.commissions.contract(
                            "usr_alice",
                            profile,
                            LocalDate.of(2026, 4, 1),
                            LocalDate.of(2026, 3, 2)));
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aMonthIsChargedOnce() {
        world.fund(world.alice, 10_000);
        fees.run();
        assertEquals(10_000, world.balance(world.alice));
        moveTo("2026-03-31T21:59:59Z");
        fees.run();
        assertEquals(10_000, world.balance(world.alice));
        moveTo("2026-03-31T22:00:00Z");
        fees.run();
        fees.run();
        assertEquals(9_400, world.balance(world.alice));
        assertEquals(500, world.earned("hoster"));
        assertEquals(100, world.earned("npo_provider"));
        moveTo("2026-04-30T12:00:00Z");
        fees.run();
        assertEquals(9_400, world.balance(world.alice));
        var charged = history().getFirst().amounts().orElseThrow();
        assertEquals(600, charged.amount().minor());
        assertEquals(600, charged.taken().minor());
        assertEquals(0, charged.given().minor());
    }

    /// Who was away on the first day asks for the month before too.
    @Test
    void aMissedMonthIsMadeUpFor() {
        world.fund(world.alice, 10_000);
        moveTo("2026-05-03T12:00:00Z");
        fees.run();
        assertEquals(8_800, world.balance(world.alice));
        assertEquals(
                List.of("2026-05", "2026-04"),
                history().stream()
                        .map(row -> world.requests.get(row.process().id()).details())
                        .map(details -> ((RequestDetails.ContractFee) details).month())
                        .toList());
    }

    @Test
    void whoHasNotEnoughIsAskedAgainUntilSomebodyLetsItGo() {
        moveTo("2026-04-01T12:00:00Z");
        fees.run();
        var failed = world.requests.get(history().getFirst().process().id());
        assertEquals(RequestState.ERROR, state(failed));
        moveTo("2026-04-02T12:00:00Z");
        fees.run();
        assertEquals(RequestState.ERROR, state(world.requests.get(failed.id())));
        world.fund(world.alice, 700);
        moveTo("2026-04-03T12:00:00Z");
        fees.run();
        assertEquals(RequestState.PROCESSED, state(world.requests.get(failed.id())));
        assertEquals(100, world.balance(world.alice));
        moveTo("2026-05-01T12:00:00Z");
        fees.run();
        var may = world.requests.get(history().getFirst().process().id());
        assertEquals(RequestState.ERROR, state(may));
        world.act(APPROVER, may, Action.DECLINE);
        world.fund(world.alice, 10_000);
        moveTo("2026-05-02T12:00:00Z");
        fees.run();
        assertEquals(10_100, world.balance(world.alice));
        assertTrue(state(world.requests.get(may.id())).isFinal());
    }

    private List<History.Row> history() {
        return world.processes.history(ProcessFilter.ALL, "", 10).rows();
    }

    private void moveTo(String at) {
        world.clock.advance(Duration.between(world.clock.instant(), Instant.parse(at)));
    }
}
