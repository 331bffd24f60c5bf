package org.almonry.ledger.postgres;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;

/// Where the rows go that commit with a posting: processes, events, audit.
record Companions(ProcessJournal processes, Outbox outbox, AuditLog audit) {
    Companions {
        requireNonNull(processes, "processes is null");
        requireNonNull(outbox, "outbox is null");
        requireNonNull(audit, "audit is null");
    }
}
