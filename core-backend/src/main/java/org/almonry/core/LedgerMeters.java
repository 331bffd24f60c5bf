package org.almonry.core;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.almonry.ledger.check.CheckRun;
import org.almonry.ledger.check.SelfCheck;

import java.time.Clock;
import java.time.Duration;

/// How the check of the books stands, for an operator's alarms: halted, wrong, or not
/// checked for long.
final class LedgerMeters {
    private LedgerMeters() {}

    static void register(MeterRegistry meters, SelfCheck check, Clock clock) {
        Gauge.builder("almonry.ledger.halted", check, it -> it.halt().isPresent() ? 1 : 0)
                .description("1 while no value moves, because the books failed their check")
                .register(meters);
        Gauge.builder("almonry.ledger.check.faults", check, LedgerMeters::faults)
                .description("What the last check found wrong")
                .register(meters);
        Gauge.builder("almonry.ledger.check.age", check, it -> age(it, clock))
                .description("Since the last check ended; it runs every minute")
                .baseUnit("seconds")
                .register(meters);
    }

    private static long faults(SelfCheck check) {
        return check.last().map(run -> run.faults().size()).orElse(0);
    }

    private static long age(SelfCheck check, Clock clock) {
        return check.last()
                .map(CheckRun::endedAt)
                .map(ended -> Duration.between(ended, clock.instant()).toSeconds())
                .orElse(-1L);
    }
}
