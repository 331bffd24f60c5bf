package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.ledger.proof.CheckpointKey;
import org.almonry.ledger.proof.ProofRpc;
import org.almonry.ledger.proof.Proofs;
import org.almonry.ledger.rpc.LedgerStateRpc;
import org.almonry.wire.Config;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// Proofs about the books, and the checkpoints that are signed on schedule.
final class ProofLayer {
    private static final String KEY_FILE = "ledger.checkpoint.key-file";
    private static final String ORIGIN = "ledger.checkpoint.origin";

    private final ProofRpc rpc;

    ProofLayer(CoreConfig config, Foundation base) {
        var proofs = new Proofs(base.databases.accounting(), key(config.source()), base.clock);
        base.jobs.recurring("ledger.checkpoint", Proofs.SIGN_EVERY, proofs::signIfDue);
        rpc = new ProofRpc(proofs);
    }

    /// Reads the keys of this layer, and no more.
    static void check(CoreConfig config) {
        key(config.source());
    }

    List<BindableService> services() {
        return List.of(rpc, rpc.forReaders());
    }

    /// What proofs add to the state of the ledger.
    LedgerStateRpc state() {
        return rpc::addTo;
    }

    /// An instance without the key works, but shows nobody that its history stays.
    private static @Nullable CheckpointKey key(Config keys) {
        var origin = keys.text(ORIGIN, keys.text("trust-domain") + "/ledger");
        return keys.has(KEY_FILE) ? CheckpointKey.read(keys.path(KEY_FILE), origin) : null;
    }
}
