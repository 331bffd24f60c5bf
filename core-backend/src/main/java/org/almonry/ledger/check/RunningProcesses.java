package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.Map;

/// Tells which business processes still run. They live above the ledger, in a package of
/// their own, which implements this.
@FunctionalInterface
public interface RunningProcesses {
    /// Whether each of these processes may still move value, as the handle sees it; one that
    /// is not known is absent.
    Map<String, Boolean> areRunning(Handle handle, Collection<String> ids);
}
