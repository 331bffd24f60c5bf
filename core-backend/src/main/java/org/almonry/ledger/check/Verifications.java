package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Full verifications, and what the last one found.
public final class Verifications {
    private final Jdbi accounting;
    private final LedgerCheck check;
    private final Clock clock;

    public Verifications(Jdbi accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.check = new LedgerCheck(accounting);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// A verification of the past.
    public record Past(Instant startedAt, Instant endedAt, long transactions, List<String> faults) {
        public Past {
            requireNonNull(startedAt, "startedAt is null");
            requireNonNull(endedAt, "endedAt is null");
            faults = List.copyOf(faults);
        }
    }

    /// Verifies all of the books and keeps what came of it.
    public Verification run() {
        var startedAt = clock.instant();
        var found = check.verify();
        var past = new Past(startedAt, clock.instant(), found.transactions(), found.faults());
        accounting.useHandle(handle -> VerificationStore.insert(handle, past));
        return found;
    }

    public Optional<Past> last() {
        return accounting.withHandle(VerificationStore::last);
    }
}
