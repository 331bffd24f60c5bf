package org.almonry.process;

import org.almonry.ledger.check.RunningProcesses;
import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Tells the self-check of the ledger which processes still run.
public final class OpenProcesses implements RunningProcesses {
    @Override
    public Map<String, Boolean> areRunning(Handle handle, Collection<String> ids) {
        var result = new HashMap<String, Boolean>();
        BusinessProcesses.journal()
                .states(handle, ids)
                .forEach((id, state) -> result.put(id, mayMove(ProcessState.of(state))));
        return result;
    }

    private static boolean mayMove(ProcessState state) {
        return switch (state) {
            case LIMITED, WAITING_FOR_APPROVAL, PENDING, ERROR -> true;
            case DECLINED, PROCESSED, REJECTED -> false;
        };
    }
}
