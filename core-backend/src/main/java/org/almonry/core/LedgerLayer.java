package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.ledger.check.CheckRpc;
import org.almonry.ledger.check.HoldExpiry;
import org.almonry.ledger.check.SelfCheck;
import org.almonry.ledger.check.Verifications;
import org.almonry.ledger.export.JournalFormats;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.rpc.AdminLedgerRpc;
import org.almonry.ledger.rpc.LedgerReaderRpc;
import org.almonry.ledger.rpc.LedgerRpc;
import org.almonry.ledger.rpc.LedgerStateRpc;
import org.almonry.ledger.rpc.PeriodRpc;
import org.almonry.process.OpenProcesses;
import org.almonry.process.ProcessViewRpc;

import java.util.List;

/// The ledger on the wire: for internal processes that post, for those that read, and for
/// admins.
final class LedgerLayer {
    final SelfCheck selfCheck;
    private final List<BindableService> services;

    /// @param proofs what is proven about the books
    LedgerLayer(Foundation base, LedgerStateRpc proofs) {
        var jdbi = base.databases.accounting();
        var metadata = new Metadata(jdbi, base.clock);
        var processes = new ProcessViewRpc(base.reads, base.processes, base.outbox, base.audit);
        selfCheck = new SelfCheck(jdbi, new OpenProcesses(), base.outbox, base.audit, base.clock);
        var checks = new CheckRpc(selfCheck);
        base.jobs.recurring("ledger.check", SelfCheck.EVERY, selfCheck::runDue);
        var expiry = new HoldExpiry(jdbi, base.ledger, base.clock);
        base.jobs.recurring("ledger.expiry", HoldExpiry.EVERY, expiry::run);
        services = List.of(
                new LedgerRpc(base.ledger, base.reads, metadata),
                new LedgerReaderRpc(base.reads, metadata, processes),
                new AdminLedgerRpc(
                        base.reads,
                        metadata,
                        processes,
                        new Verifications(jdbi, base.clock),
                        new JournalFormats(jdbi),
                        state -> {
                            proofs.addTo(state);
                            checks.addTo(state);
                        }),
                new PeriodRpc(base.ledger, base.reads, base.clock),
                checks);
    }

    List<BindableService> services() {
        return services;
    }
}
