package org.almonry.bench.ledger;

import org.almonry.demo.DemoMain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;

/// All contenders on one PostgreSQL, in alternating rounds.
public final class LedgerBench {

    static final List<Integer> CLIENTS = List.of(1, 8, 64, 256);

    private static final Comparator<Cell> ORDER =
            Comparator.comparingInt(Cell::clients).thenComparing(Cell::load);

    private final BenchOptions options;
    private final Path folder;
    private final Consumer<String> say;

    /// Uses this folder for everything; says one line per window.
    public LedgerBench(BenchOptions options, Path folder, Consumer<String> say) {
        this.options = options;
        this.folder = folder;
        this.say = say;
    }

    /// Measures, and returns the page's block.
    public String run() throws Exception {
        DemoMain.deleteFolder(folder);
        try (var server = BenchServer.start(folder);
                var books = new Books(server, Load.WALLETS);
                var wire = new WirePath(books, folder.resolve("wire"))) {
            var pgbench = Pgbench.find(server, folder.resolve("pgbench"));
            var contenders = new ArrayList<Contender>();
            contenders.add(new EngineContender(books));
            contenders.addAll(WireContender.all(wire));
            contenders.addAll(List.of(
                    PgbenchContender.function(server, pgbench, folder),
                    PgbenchContender.pgledger(server, pgbench, folder, options.pgledger()),
                    new JdbcContender(server),
                    PgbenchContender.tpcB(server, pgbench),
                    new CopyContender(server, books)));
            var running = new ArrayList<Contender>();
            try {
                for (var contender : contenders) {
                    var missing = options.missing(contender);
                    if (missing.isEmpty()) {
                        say.accept("ledger: preparing " + contender.name());
                        contender.prepare();
                        running.add(contender);
                    } else {
                        say.accept("ledger: " + contender.name() + " not run: " + missing);
                    }
                }
                var results = measure(server, running);
                say.accept("ledger: timing the proof");
                double proof = new ProofCost().micros();
                var goals = Goals.of(results, proof);
                return new LedgerReport(results, contenders, goals, options, proof)
                        .text(server, pgbench == null ? "none" : pgbench.version());
            } finally {
                for (var contender : contenders) {
                    contender.close();
                }
            }
        }
    }

    private Results measure(BenchServer server, List<Contender> running) throws Exception {
        var results = new Results();
        var before = new HashMap<String, Long>();
        for (var contender : running) {
            before.put(contender.name(), server.bytes(contender.tables()));
        }
        for (int round = 1; round <= options.rounds(); round++) {
            round(round, server, running, results);
        }
        for (var contender : running) {
            // The ways to one engine fill the same tables.
            var sharing = running.stream()
                    .filter(other -> other.tables().equals(contender.tables()))
                    .map(Contender::name)
                    .toList();
            long grown =
                    server.bytes(contender.tables()) - before.getOrDefault(contender.name(), 0L);
            results.stored(contender.name(), grown, sharing);
        }
        return results;
    }

    /// Each cell once, with all of its contenders after each other; another one begins in
    /// each round.
    private void round(int round, BenchServer server, List<Contender> running, Results results)
            throws Exception {
        var order = new ArrayList<>(running);
        Collections.rotate(order, -round);
        var cells = new TreeSet<>(ORDER);
        running.forEach(contender -> cells.addAll(contender.cells()));
        for (var cell : cells) {
            for (var contender : order) {
                if (contender.cells().contains(cell)) {
                    say.accept("ledger %d/%d  %-13s %-10s %s"
                            .formatted(
                                    round,
                                    options.rounds(),
                                    cell,
                                    contender.name(),
                                    window(server, contender, cell, results)));
                }
            }
        }
    }

    /// A window that fails is told and left out, so that it does not cost all the others.
    private String window(BenchServer server, Contender contender, Cell cell, Results results)
            throws InterruptedException {
        try {
            long wal = server.wal();
            var run = contender.run(cell, options.window());
            var sample = Sample.of(run, server.wal() - wal);
            results.add(contender.name(), cell, run, sample);
            return String.format(
                    Locale.ROOT,
                    "%,9.0f/s  p50 %8.2f ms  p99 %8.2f ms  WAL %,6.0f B",
                    sample.perSecond(),
                    sample.p50(),
                    sample.p99(),
                    sample.wal());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "FAILED: " + e;
        }
    }
}
