package org.almonry.ledger.postgres;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.Journal;
import org.almonry.ledger.Ledger;
import org.almonry.process.BusinessProcesses;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/// The real journal and ledger, for tests that drive a writer step by step.
public final class Journals {
    private Journals() {}

    public static Journal journal(Jdbi accounting, Clock clock) {
        var outbox = new Outbox(accounting, clock);
        var audit = new AuditLog(accounting, clock);
        return new PostgresJournal(
                accounting, new Companions(BusinessProcesses.journal(), outbox, audit));
    }

    /// Not started: to open and close coins and periods.
    public static Ledger ledger(Jdbi accounting, Clock clock) {
        var outbox = new Outbox(accounting, clock);
        var audit = new AuditLog(accounting, clock);
        return PostgresLedger.ledger(accounting, BusinessProcesses.journal(), outbox, audit, clock);
    }
}
