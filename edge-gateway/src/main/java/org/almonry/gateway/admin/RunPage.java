package org.almonry.gateway.admin;

import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;

/// One run.
public record RunPage(FetchRun run) {
    /// Whether it still changes.
    public boolean live() {
        return run.getState() == FetchState.FETCH_STATE_QUEUED
                || run.getState() == FetchState.FETCH_STATE_RUNNING;
    }
}
