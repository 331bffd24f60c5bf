package org.almonry.audit;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.AuditSink;
import org.almonry.wire.Caller;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// The audit log. Rows are added and read; nothing else exists.
public final class AuditLog implements AuditSink {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    private final Jdbi accounting;
    private final Clock clock;

    public AuditLog(Jdbi accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Adds a row in the caller's transaction, to commit with what it reports.
    public void append(Handle handle, AuditEntry entry) {
        AuditStore.insert(handle, List.of(entry), clock.instant());
    }

    /// Adds rows in the caller's transaction, in few round trips.
    public void append(Handle handle, List<AuditEntry> entries, Instant at) {
        AuditStore.insert(handle, entries, at);
    }

    /// Adds a row on its own.
    public void append(AuditEntry entry) {
        accounting.useHandle(handle -> append(handle, entry));
    }

    @Override
    public void record(Caller caller, String method, String outcome, String incidentOrDetail) {
        var service = switch (caller) {
            case Caller.Service it -> it.identity();
            case Caller.User it -> it.identity();
            case Caller.System _ -> "core/core";
        };
        append(new AuditEntry(caller.actor(), service, method, "", outcome, incidentOrDetail));
    }

    /// Rows newest first, below the sequence `before`; empty subject or actor means all.
    public List<StoredAudit> page(String subject, String actor, long before, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(
                handle -> AuditStore.page(handle, subject, actor, before, rows));
    }
}
