package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent.LedgerHalted;
import org.almonry.events.Outbox;
import org.almonry.ledger.proof.BatchSeal;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The continuous check of the books (K-024, K-034, K-035, X-025). A run reads one snapshot,
/// holds up nobody, and is bounded however large the books are: it walks over what was
/// posted since the last run, then over some old history and some coins in turn.
///
/// A breach stops value movement on every core: the database lets no batch through. That
/// lasts until a person, who is named in the audit log, lifts it.
public final class SelfCheck {
    /// How often it runs.
    public static final Duration EVERY = Duration.ofMinutes(1);

    /// New transactions per run; more than that in a minute, and it lags behind and says so.
    static final long NEW_MAX = 2_000_000;

    /// Old transactions per run.
    static final long OLD_MAX = 20_000;

    /// Beyond this a run begins nothing new.
    static final Duration TIME_MAX = Duration.ofSeconds(20);

    /// Who acts when nobody is asked.
    private static final String ACTOR = "job:ledger.check";

    private static final String CORE = "core/core";
    private static final String SUBJECT = "ledger";

    /// Faults in the mail to the admins.
    private static final int TOLD = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);

    private final Jdbi accounting;
    private final RunningProcesses processes;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    public SelfCheck(
            Jdbi accounting,
            RunningProcesses processes,
            Outbox outbox,
            AuditLog audit,
            Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// What the schedule does: makes the next parts of the journal, then checks.
    public void runDue() {
        accounting.useHandle(CheckStore::extendJournal);
        run();
    }

    /// Checks once, and stops value movement if something is wrong.
    public synchronized CheckRun run() {
        var started = clock.instant();
        var run = look(started);
        accounting.useTransaction(handle -> {
            CheckStore.insert(handle, run);
            if (!run.isRight()) {
                halt(handle, run);
            }
        });
        return run;
    }

    /// The last run, if there was one.
    public Optional<CheckRun> last() {
        var run = accounting.withHandle(CheckStore::last);
        return run.startedAt().equals(Instant.EPOCH) ? Optional.empty() : Optional.of(run);
    }

    /// Whether value movement is stopped, and why.
    public Optional<Halt> halt() {
        return accounting.withHandle(CheckStore::halt);
    }

    /// Lets value move again. It checks first: as long as something is wrong, that is refused,
    /// unless the faults are accepted; then these very faults are no reason to stop again.
    ///
    /// @param who the person, as in the audit log
    /// @param service the process identity that the person came through
    public synchronized void lift(String who, String service, String why, boolean accepts) {
        var run = run();
        if (!run.isRight() && !accepts) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "The books are still wrong: %s. Mend them, or accept these faults."
                            .formatted(run.faults().getFirst()));
        }
        accounting.useTransaction(handle -> {
            if (!CheckStore.setHalted(handle, false, who, why, run.faults())) {
                throw new Failure(Reason.WRONG_STATE, "Value movement is not stopped.");
            }
            audit.append(
                    handle,
                    new AuditEntry(who, service, "LiftHalt", SUBJECT, "ok", shortened(why)));
        });
        LOG.warn("{} let value move again: {}", who, why);
    }

    private void halt(Handle handle, CheckRun run) {
        var told = run.faults().subList(0, Math.min(run.faults().size(), TOLD));
        if (!CheckStore.setHalted(handle, true, ACTOR, run.faults().getFirst(), List.of())) {
            return;
        }
        LOG.error("value movement is stopped, the books are wrong: {}", run.faults());
        audit.append(
                handle,
                new AuditEntry(
                        ACTOR,
                        CORE,
                        "Halt",
                        SUBJECT,
                        "breach",
                        shortened(String.join("; ", told))));
        outbox.append(handle, new LedgerHalted(run.startedAt(), told));
    }

    private static String shortened(String text) {
        return text.length() <= AuditEntry.TEXT_MAX ? text : text.substring(0, AuditEntry.TEXT_MAX);
    }

    private CheckRun look(Instant started) {
        try {
            return accounting.inTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ, handle -> look(handle, started));
        } catch (JdbiException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.error("the books cannot be read", e);
            var before = accounting.withHandle(CheckStore::last);
            return before.unreadable(started, clock.instant());
        }
    }

    /// A table that is not there or not as it was made, or pages that are corrupted: no
    /// weather of the database, but damage.
    private static boolean isDamage(JdbiException error) {
        return error.getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("XX") || sql.getSQLState().startsWith("42"));
    }

    private CheckRun look(Handle handle, Instant started) {
        HeadStore.limit(handle);
        long deadline = System.nanoTime() + TIME_MAX.toNanos();
        var findings = new Findings();
        var before = CheckStore.last(handle);
        var head = HeadStore.head(handle);
        head(handle, findings, before, head);
        var fresh =
                new History(handle, findings, before.batch(), before.transaction(), before.chain());
        walk(fresh, findings, head.batch(), NEW_MAX, deadline);
        var coins = new CoinCheck(handle, findings);
        boolean isComplete = fresh.batch() == head.batch();
        if (isComplete) {
            coins.touched(fresh.places());
            coins.holds(fresh.holds());
        }
        var old = old(handle, findings, before);
        walk(old, findings, before.batch(), OLD_MAX, deadline);
        long nextCoin = coins.round(before.nextCoin(), head.transaction());
        coins.sums();
        new TransitCheck(handle, findings, processes, started).run();
        var faults = findings.isEmpty() ? findings : without(findings, handle);
        long nextBatch = old.batch() >= before.batch() ? 0 : old.batch();
        // What is wrong must be found again until it is mended, so nothing moves on.
        boolean moves = faults.isEmpty();
        return new CheckRun(
                started,
                clock.instant(),
                moves ? fresh.batch() : before.batch(),
                moves ? fresh.transaction() : before.transaction(),
                moves ? fresh.chain() : before.chain(),
                moves ? nextCoin : before.nextCoin(),
                moves ? nextBatch : before.nextBatch(),
                fresh.looked() + old.looked(),
                coins.looked(),
                isComplete,
                faults.lines());
    }

    /// The head is where the last batch ended, and no row lies beyond it; what was checked
    /// before is still there.
    private static void head(
            Handle handle, Findings findings, CheckRun before, HeadStore.Head head) {
        if (head.lastBatch() != head.batch() || head.lastRow() != head.transaction()) {
            findings.add(
                    "the head stands at batch %d and txn_%d; the last rows are batch %d and txn_%d",
                    head.batch(), head.transaction(), head.lastBatch(), head.lastRow());
        }
        var last = HistoryStore.batch(handle, head.batch());
        if (last.isPresent()
                && (last.get().last() != head.transaction()
                        || last.get().epoch() > head.epoch()
                        || !last.get().recordedAt().equals(head.recordedAt())
                        || !Arrays.equals(last.get().chain(), head.chain()))) {
            findings.add("the head is not what batch %d left", head.batch());
        }
        var known = HistoryStore.batch(handle, before.batch());
        var chain = known.map(HistoryStore.Batch::chain).orElse(BatchSeal.NO_CHAIN);
        if (!Arrays.equals(chain, before.chain())) {
            findings.add("batch %d is not the one that was checked before", before.batch());
        }
    }

    /// The round over old history, from where the last run left it.
    private static History old(Handle handle, Findings findings, CheckRun before) {
        var at = before.nextBatch() == 0
                ? Optional.<HistoryStore.Batch>empty()
                : HistoryStore.batch(handle, before.nextBatch());
        return at.map(it -> new History(handle, findings, it.number(), it.last(), it.chain()))
                .orElseGet(() -> new History(handle, findings, 0, 0, BatchSeal.NO_CHAIN));
    }

    private static void walk(
            History history, Findings findings, long to, long most, long deadline) {
        while (history.looked() < most
                && !findings.areEnough()
                && System.nanoTime() < deadline
                && history.walk(to)) {}
    }

    private static Findings without(Findings findings, Handle handle) {
        var accepted = CheckStore.accepted(handle);
        var left = new Findings();
        findings.lines().stream().filter(line -> !accepted.contains(line)).forEach(left::take);
        return left;
    }
}
