package org.almonry.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The tables of a run, as Markdown.
final class LedgerReport {

    private static final int CONTENDER_COLUMNS = 7;

    private final Results results;
    private final List<Contender> contenders;
    private final List<Goal> goals;
    private final BenchOptions options;
    private final double proofMicros;
    private final List<String> lines = new ArrayList<>();

    LedgerReport(
            Results results,
            List<Contender> contenders,
            List<Goal> goals,
            BenchOptions options,
            double proofMicros) {
        this.results = results;
        this.contenders = contenders;
        this.goals = goals;
        this.options = options;
        this.proofMicros = proofMicros;
    }

    String text(BenchServer server, String pgbench) throws IOException, InterruptedException {
        conditions(server, pgbench);
        line("");
        line("### Floors and goals");
        line("");
        line(String.format(Locale.ROOT, """
                Ratios of medians. The engine has no switch for proof: the sealing of full batches (leaves, both
                roots, chain) was timed by itself, on one thread as in the engine: %.2f µs per transfer.
                """, proofMicros));
        line("| ratio | floor | goal | measured | verdict |");
        line("|---|---|---|---|---|");
        goals.forEach(goal -> line(goal.row()));
        for (var load : Load.values()) {
            line("");
            line("### " + load.title());
            line("");
            line(
                    "| clients | contender | transfers/s | least - most | p50 ms | p99 ms | WAL bytes |");
            line("|---:|---|---:|---:|---:|---:|---:|");
            contenders.stream()
                    .flatMap(contender -> contender.cells().stream())
                    .filter(cell -> cell.load() == load)
                    .map(Cell::clients)
                    .distinct()
                    .sorted()
                    .forEach(clients -> cell(new Cell(load, clients)));
        }
        return String.join("\n", lines);
    }

    private void conditions(BenchServer server, String pgbench)
            throws IOException, InterruptedException {
        line("""
                Measured on %s: %s; %d rounds, one window of %d s per cell and round, contenders of a cell one
                after the other. Each figure is the median of its rounds; least and most show the noise. Windows
                are this short so that all of it fits into 40 minutes: checkpoints fall into few of them. Bytes per
                transfer are what all tables and indexes grew by over the whole run; WAL is per transfer, in the
                same window. pgbench connects and warms up for 1 to 3 s before its window.
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.describe(),
                        options.rounds(),
                        options.window().toSeconds()));
        line("PostgreSQL %s (embedded), %s: %s."
                .formatted(
                        server.version(),
                        pgbench,
                        server.described().entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(", "))));
        line("");
        line("| contender | what it is | bytes per transfer |");
        line("|---|---|---:|");
        for (var contender : contenders) {
            var missing = options.missing(contender);
            var stored = results.stored(contender.name());
            line("| %s | %s%s | %s |"
                    .formatted(
                            contender.name(),
                            contender.about(),
                            missing.isEmpty() ? "" : "; **not run**: " + missing,
                            stored.isPresent() ? Math.round(stored.getAsDouble()) : ""));
        }
        if (options.pgledger() != null) {
            line("");
            line("pgledger at commit " + commit(options.pgledger()) + ".");
        }
    }

    private void cell(Cell cell) {
        for (var contender : contenders) {
            if (!contender.cells().contains(cell)) {
                continue;
            }
            var samples = results.of(contender.name(), cell);
            var head = "| %s | %s |".formatted(cell.clientsText(), contender.name());
            if (samples.isEmpty()) {
                line(head + " not run" + " |".repeat(CONTENDER_COLUMNS - 2));
                continue;
            }
            var median = Sample.median(samples);
            var rates = samples.stream().mapToDouble(Sample::perSecond).summaryStatistics();
            var failed = samples.size() < options.rounds()
                    ? " (%d of %d windows failed)"
                            .formatted(options.rounds() - samples.size(), options.rounds())
                    : "";
            line(head
                    + String.format(
                            Locale.ROOT,
                            " %,.0f%s | %,.0f - %,.0f | %.2f | %.2f | %,.0f |",
                            median.perSecond(),
                            failed,
                            rates.getMin(),
                            rates.getMax(),
                            median.p50(),
                            median.p99(),
                            median.wal()));
        }
    }

    private static String commit(Path checkout) throws IOException, InterruptedException {
        if (!Files.exists(checkout.resolve(".git"))) {
            return "unknown";
        }
        var process =
                new ProcessBuilder("git", "-C", checkout.toString(), "rev-parse", "HEAD").start();
        try (var output = process.inputReader()) {
            var commit = output.readLine();
            return process.waitFor(10, TimeUnit.SECONDS) && commit != null ? commit : "unknown";
        }
    }

    private void line(String line) {
        lines.add(line);
    }
}
