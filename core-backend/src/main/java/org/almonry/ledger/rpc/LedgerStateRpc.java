package org.almonry.ledger.rpc;

import org.almonry.ledger.v1.GetLedgerStateResponse;

/// What proofs and checks add to the state of the books.
@FunctionalInterface
public interface LedgerStateRpc {
    /// Fills the parts that it knows.
    void addTo(GetLedgerStateResponse.Builder response);
}
