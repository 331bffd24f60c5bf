package org.almonry.ledger.check;

import org.almonry.ledger.check.TransitStore.Rest;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// Transit coins are empty after each process (K-035), so what is on one must belong to
/// processes that still run.
///
/// The newest entries of such a coin are summed up per process; who leaves something there
/// and has ended is a breach. A request that names no process is a process of one step. Of a
/// process whose state nobody keeps here, only silence tells that it has ended.
final class TransitCheck {
    /// Coins with a balance that are looked at; an issuer has one or two per currency.
    static final int COINS = 100;

    /// Newest entries of each side of a coin. A process that ended long before was found when
    /// its entries were new.
    static final int ENTRIES = 10_000;

    /// Processes with a rest per coin.
    static final int PROCESSES = 1_000;

    /// After so long without a transaction, an unknown process counts as ended.
    static final Duration SILENCE = Duration.ofDays(1);

    private final Handle handle;
    private final Findings findings;
    private final RunningProcesses processes;
    private final Instant now;

    TransitCheck(Handle handle, Findings findings, RunningProcesses processes, Instant now) {
        this.handle = handle;
        this.findings = findings;
        this.processes = processes;
        this.now = now;
    }

    void run() {
        for (long coin : TransitStore.coins(handle, COINS)) {
            var left = TransitStore.left(handle, coin, ENTRIES, PROCESSES);
            // Entries before the newest ones may have evened it out.
            var candidates = new HashSet<UUID>();
            left.forEach(each -> candidates.add(each.id()));
            check(coin, TransitStore.ofProcesses(handle, coin, candidates));
            for (var each : TransitStore.ofRequests(handle, coin, candidates)) {
                findings.add(
                        "coin_%d: request %s left %d on a transit coin",
                        coin, each.id(), each.net());
            }
        }
    }

    private void check(long coin, List<Rest> rests) {
        var ids = rests.stream().map(each -> Ids.text("prc", each.id())).toList();
        var running = processes.areRunning(handle, ids);
        for (var each : rests) {
            var id = Ids.text("prc", each.id());
            boolean isRecent = each.last().plus(SILENCE).isAfter(now);
            if (!running.getOrDefault(id, isRecent)) {
                findings.add(
                        "coin_%d: %s has ended and left %d on a transit coin",
                        coin, id, each.net());
            }
        }
    }
}
