package org.almonry.directory;

import org.almonry.audit.AuditEntry;
import org.almonry.wire.Caller;

/// What the directory writes into the audit log.
final class Trace {
    private Trace() {}

    static AuditEntry entry(Caller caller, String action, String subject, String detail) {
        String service = switch (caller) {
            case Caller.Service it -> it.identity();
            case Caller.User it -> it.identity();
            case Caller.System _ -> "core/core";
        };
        return new AuditEntry(caller.actor(), service, action, subject, "ok", detail);
    }
}
