package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Checkpoint;
import org.almonry.ledger.v1.GetCheckStateResponse;
import org.almonry.ledger.v1.GetLedgerStateResponse;

import java.util.List;

/// How far the books are checked and signed.
///
/// @param key the public key that signs now; empty if no checkpoint exists or none is signed
public record ProofPage(
        GetLedgerStateResponse state,
        GetCheckStateResponse check,
        List<Checkpoint> checkpoints,
        String key,
        FormState form,
        String next,
        String first) {
    public ProofPage {
        checkpoints = List.copyOf(checkpoints);
    }
}
