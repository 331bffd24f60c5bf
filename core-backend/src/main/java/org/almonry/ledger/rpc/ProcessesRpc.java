package org.almonry.ledger.rpc;

import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;

import java.util.List;

/// What the services tell of business processes. The ledger does not know them; their
/// package implements this.
public interface ProcessesRpc {
    /// Fails with NOT_FOUND.
    GetProcessResponse get(String processId);

    ListProcessesResponse list(ListProcessesRequest request);

    /// Ids of the processes about a subject.
    List<String> about(String subject);
}
