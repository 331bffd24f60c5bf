package org.almonry.ledger.postgres;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.Journal;
import org.almonry.ledger.Register;
import org.almonry.process.BusinessProcesses;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/// The real journal and register, for tests that drive a writer step by step.
public final class Journals {
    private Journals() {}

    public static Journal journal(Jdbi accounting, Clock clock) {
        var outbox = new Outbox(accounting, clock);
        var audit = new AuditLog(accounting, clock);
        return new PostgresJournal(
                accounting, new Companions(BusinessProcesses.journal(), outbox, audit));
    }

    public static Register register(Jdbi accounting, Clock clock) {
        return new PostgresRegister(accounting, clock);
    }
}
