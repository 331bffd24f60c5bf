package org.almonry.gateway.admin;

import java.util.List;
import org.almonry.audit.v1.AuditEntry;
import org.almonry.gateway.FormState;

/// Rows of the audit log, newest first.
public record AuditPage(FormState filter, List<AuditEntry> entries, String next, String first) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
