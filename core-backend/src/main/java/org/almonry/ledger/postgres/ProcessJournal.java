package org.almonry.ledger.postgres;

import org.almonry.ledger.process.ProcessChange;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Where the writer finds and changes business processes, inside its own transaction. The
/// processes live above the ledger, in a package of their own, which implements this.
public interface ProcessJournal {
    /// The state of each process that exists.
    Map<String, String> states(Handle handle, Collection<String> ids);

    /// Writes changes, set-wise and in their order. They were judged by the states above;
    /// if one is not found in its state, this throws, and the batch is judged anew.
    void write(Handle handle, List<ProcessChange> changes, Instant at);
}
