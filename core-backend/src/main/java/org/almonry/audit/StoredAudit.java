package org.almonry.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A row of the audit log with its place and time.
public record StoredAudit(long sequence, Instant at, AuditEntry entry) {
    public StoredAudit {
        requireNonNull(at, "at is null");
        requireNonNull(entry, "entry is null");
    }
}
