package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.check.LedgerCheck;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Random requests, good and bad, alone and in batches, repeated and altered, with cores
/// that die, pause and come back, lost answers, closed periods and clocks that jump, against
/// a model that shares no code with the ledger (K-010 to K-024, X-001 to X-003).
///
/// `-Dalmonry.seeds=200000` runs more seeds, `-Dalmonry.seed=N` replays one.
class LedgerSimulationTest {
    private static final int SEEDS = Integer.getInteger("almonry.seeds", 5_000);
    private static final Long ONLY = Long.getLong("almonry.seed");
    private static final int POSTGRES_SEEDS = 100;
    private static final int STEPS = 14;
    private static final int PERCENT = 8;
    private static final int POSTGRES_PERCENT = 2;

    /// A writer that waits for its journal sleeps; meanwhile others go on.
    private static final int AT_ONCE = 64;

    private static final Instant START = Instant.parse("2001-01-01T08:00:00Z");

    /// Each seed warns many times of what it breaks on purpose.
    private static final List<Logger> LOGS = List.of(
            Logger.getLogger(Writer.class.getName()), Logger.getLogger("com.zaxxer.hikari"));

    @BeforeAll
    static void beQuiet() {
        LOGS.forEach(log -> log.setLevel(Level.OFF));
    }

    @AfterAll
    static void beLoud() {
        LOGS.forEach(log -> log.setLevel(null));
    }

    @Test
    void theLedgerAgreesWithASimpleModel() throws Exception {
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long seed = 1; seed <= SEEDS && wrong.isEmpty(); seed++) {
                long each = ONLY == null ? seed : ONLY;
                places.acquire();
                threads.execute(() -> {
                    var clock = new SetClock(START.toString());
                    try {
                        simulate(each, new MemoryStore(), clock, PERCENT, wrong);
                    } finally {
                        places.release();
                    }
                });
                if (ONLY != null) {
                    break;
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    /// The same over the real database, whose rules are written a second time in SQL.
    @Test
    void theDatabaseAgreesToo() {
        List<String> wrong = new ArrayList<>();
        try (var database = TestDatabase.fresh()) {
            for (long seed = 1; seed <= POSTGRES_SEEDS && wrong.isEmpty(); seed++) {
                var clock = new SetClock(START.toString());
                var store = new PostgresStore(database, clock);
                if (store.time().isAfter(START)) {
                    clock.advance(Duration.between(START, store.time()));
                }
                simulate(ONLY == null ? seed : ONLY, store, clock, POSTGRES_PERCENT, wrong);
                if (ONLY != null) {
                    break;
                }
            }
            assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
            var verification = new LedgerCheck(database.accounting()).verify();
            assertTrue(verification.isRight(), () -> verification.faults().toString());
        }
    }

    private static void simulate(
            long seed, SimulatedStore store, SetClock clock, int percent, List<String> wrong) {
        try (var simulation = new Simulation(seed, store, clock, percent)) {
            simulation.run(STEPS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AssertionError | RuntimeException e) {
            var trace = e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "";
            wrong.add("seed %d (replay with -Dalmonry.seed=%d): %s%s"
                    .formatted(seed, seed, e, trace));
        }
    }
}
