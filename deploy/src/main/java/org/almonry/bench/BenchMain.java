package org.almonry.bench;

import org.almonry.bench.ledger.BenchOptions;
import org.almonry.bench.ledger.LargeBench;
import org.almonry.bench.ledger.LedgerBench;
import org.almonry.demo.Demo;
import org.almonry.demo.DemoLayout;

import java.nio.file.Path;
import java.util.ArrayList;

/// Runs the benchmarks: all of them, or the part that the property `bench` names.
public final class BenchMain {

    /// Above a demo that a person may have running.
    private static final int BASE_PORT = 9480;

    private static final String ALL = "all";

    private final Path repository;
    private final Path folder;
    private final BenchPage page;

    private BenchMain(Path repository) {
        this.repository = repository;
        this.folder = repository.resolve("deploy/target/bench");
        this.page = new BenchPage(repository.resolve("docs/benchmarks.md"));
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new BenchMain(Path.of(arguments[0]).toAbsolutePath().normalize());
        var part = System.getProperty("bench", ALL);
        switch (part) {
            case ALL -> {
                bench.processes();
                bench.ledger();
                if (Boolean.getBoolean("large")) {
                    bench.large();
                }
            }
            case "processes" -> bench.processes();
            case "ledger" -> bench.ledger();
            case "large" -> bench.large();
            default -> throw new IllegalArgumentException("no such part: " + part);
        }
        System.exit(0);
    }

    /// A demo of its own, and what its processes do together.
    private void processes() throws Exception {
        var layout = new DemoLayout(repository, folder.resolve("demo"), BASE_PORT);
        var lines = new ArrayList<String>();
        long begun = System.nanoTime();
        try (var demo = Demo.start(layout, line -> {})) {
            lines.add("demo, from built jars to ready: %.1f s (goal: under 15 s)"
                    .formatted((System.nanoTime() - begun) / 1e9));
            lines.addAll(new WidgetBench(layout).run());
            lines.addAll(new ImportBench(layout).run());
        }
        lines.forEach(BenchMain::say);
        page.write("processes", "```\n" + String.join("\n", lines) + "\n```");
    }

    private void ledger() throws Exception {
        var bench = new LedgerBench(
                BenchOptions.fromSystem(repository), folder.resolve("ledger"), BenchMain::say);
        var text = bench.run();
        text.lines().forEach(BenchMain::say);
        page.write("ledger", text);
    }

    private void large() throws Exception {
        var bench = new LargeBench(
                BenchOptions.fromSystem(repository), folder.resolve("large"), BenchMain::say);
        var text = bench.run();
        text.lines().forEach(BenchMain::say);
        page.write("large", text);
    }

    @SuppressWarnings("SystemOut") // A benchmark's result is what it prints.
    private static void say(String line) {
        System.out.println("bench | " + line);
    }
}
