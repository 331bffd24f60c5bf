package org.almonry.gateway.admin;

import java.util.List;
import org.almonry.accounting.v1.FetchRun;

/// Runs, newest first.
public record RunsPage(List<FetchRun> runs, String next, String first) {
    public RunsPage {
        runs = List.copyOf(runs);
    }
}
