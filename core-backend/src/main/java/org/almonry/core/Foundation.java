package org.almonry.core;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.idempotency.Idempotency;
import org.almonry.jobs.Jobs;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.process.BusinessProcesses;
import org.almonry.wire.Ids;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// The lowest layer: databases, ledger, audit, outbox, jobs. It knows no feature.
final class Foundation implements AutoCloseable {
    /// Answers to keyed requests are dropped this often once they are too old to be asked
    /// for again.
    private static final Duration PURGE_EVERY = Duration.ofHours(6);

    final Clock clock;
    final Ids ids;
    final SecureRandom random = new SecureRandom();
    final Databases databases;
    final AuditLog audit;
    final Jobs jobs;
    final Outbox outbox;
    final Ledger ledger;
    final LedgerReads reads;
    final BusinessProcesses processes;
    final Idempotency accountingIdempotency;
    final Idempotency identityIdempotency;

    Foundation(Databases databases, Clock clock) {
        this.databases = requireNonNull(databases, "databases is null");
        this.clock = requireNonNull(clock, "clock is null");
        ids = new Ids(clock);
        audit = new AuditLog(databases.accounting(), clock);
        jobs = new Jobs(databases.accountingSource(), clock);
        outbox = new Outbox(databases.accounting(), clock);
        processes = new BusinessProcesses(databases.accounting());
        ledger = PostgresLedger.ledger(
                databases.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
        reads = new LedgerReads(databases.accounting());
        accountingIdempotency = new Idempotency(databases.accounting(), ids, clock);
        identityIdempotency = new Idempotency(databases.identity(), ids, clock);
        jobs.recurring("idempotency.purge.accounting", PURGE_EVERY, accountingIdempotency::purge);
        jobs.recurring("idempotency.purge.identity", PURGE_EVERY, identityIdempotency::purge);
    }

    /// Takes over the books, then lets events flow and jobs run. All who want either have
    /// said so by now.
    void start() {
        ledger.start();
    }

    /// The last step of the start: from here on things happen by themselves.
    void startJobs() {
        outbox.deliverBy(jobs);
        jobs.start();
    }

    @Override
    public void close() {
        jobs.close();
        ledger.close();
        databases.close();
    }
}
