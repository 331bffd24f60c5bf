package org.almonry.gateway.admin;

import java.util.List;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.BusinessProcess;

/// Processes, newest first.
public record ProcessesPage(
        FormState filter,
        List<Choice> kinds,
        List<BusinessProcess> processes,
        String next,
        String first) {
    public ProcessesPage {
        kinds = List.copyOf(kinds);
        processes = List.copyOf(processes);
    }
}
