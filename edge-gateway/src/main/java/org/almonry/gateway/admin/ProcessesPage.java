package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.BusinessProcess;

import java.util.List;

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
