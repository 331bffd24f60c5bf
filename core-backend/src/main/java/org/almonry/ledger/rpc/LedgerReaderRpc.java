package org.almonry.ledger.rpc;

import io.grpc.ServerServiceDefinition;

import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;

/// almonry.ledger.v1.LedgerReaderService: the reads, for processes of the inner zone.
public final class LedgerReaderRpc extends ReadsRpc {
    public LedgerReaderRpc(LedgerReads reads, Metadata metadata, ProcessesRpc processes) {
        super(reads, metadata, processes);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return LedgerReaderServiceGrpc.bindService(this);
    }
}
