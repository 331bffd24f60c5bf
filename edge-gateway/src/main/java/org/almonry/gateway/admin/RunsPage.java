package org.almonry.gateway.admin;

import org.almonry.accounting.v1.FetchRun;

import java.util.List;

/// Runs, newest first.
public record RunsPage(List<FetchRun> runs, String next, String first) {
    public RunsPage {
        runs = List.copyOf(runs);
    }
}
