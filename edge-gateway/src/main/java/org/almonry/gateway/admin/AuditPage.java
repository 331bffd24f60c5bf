package org.almonry.gateway.admin;

import org.almonry.audit.v1.AuditEntry;
import org.almonry.gateway.FormState;

import java.util.List;

/// Rows of the audit log, newest first.
public record AuditPage(FormState filter, List<AuditEntry> entries, String next, String first) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
