package org.almonry.ledger.postgres;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.Writer;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/// Puts a ledger together whose books are in PostgreSQL.
public final class PostgresLedger {
    private PostgresLedger() {}

    /// A ledger that is not started yet.
    public static Ledger ledger(
            Jdbi accounting, ProcessJournal processes, Outbox outbox, AuditLog audit, Clock clock) {
        var companions = new Companions(processes, outbox, audit);
        var journal = new PostgresJournal(accounting, companions);
        var writer = new Writer(journal, new Ids(clock).next("own"), clock);
        return new Ledger(writer, new PostgresRegister(accounting, clock));
    }
}
