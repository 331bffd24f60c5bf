package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.export.JournalFormats;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.rpc.AdminLedgerRpc;
import org.almonry.ledger.rpc.LedgerReaderRpc;
import org.almonry.ledger.rpc.LedgerRpc;
import org.almonry.ledger.rpc.ReadsRpc;
import org.almonry.process.ProcessViewRpc;

import java.util.List;

/// The ledger on the wire: for internal processes that post, for those that read, and for
/// admins.
final class LedgerLayer {
    private final List<BindableService> services;

    LedgerLayer(Foundation base) {
        var jdbi = base.databases.accounting();
        var metadata = new Metadata(jdbi, base.clock);
        var processes =
                new ProcessViewRpc(base.reads, base.processes, base.outbox, base.audit);
        var reads = new ReadsRpc(base.reads, metadata, processes);
        services = List.of(
                new LedgerRpc(base.ledger, reads, metadata),
                new LedgerReaderRpc(reads),
                new AdminLedgerRpc(
                        reads, new LedgerCheck(jdbi), new JournalFormats(jdbi), _ -> {}));
    }

    List<BindableService> services() {
        return services;
    }
}
