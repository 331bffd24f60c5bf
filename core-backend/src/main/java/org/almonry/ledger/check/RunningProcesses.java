package org.almonry.ledger.check;

import java.util.Collection;
import java.util.Map;

/// Tells which business processes still run. They live above the ledger, in a package of
/// their own, which implements this.
@FunctionalInterface
public interface RunningProcesses {
    /// Whether each of these processes may still move value; one that is not known is absent.
    Map<String, Boolean> areRunning(Collection<String> ids);
}
