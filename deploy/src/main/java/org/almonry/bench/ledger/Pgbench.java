package org.almonry.bench.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// PostgreSQL's own load generator, as the system has it.
final class Pgbench {

    private static final int THREADS_MAX = 2;
    private static final int LATENCY_COLUMN = 2;
    private static final long NANOS_OF_MICRO = 1_000;
    private static final Pattern RATE =
            Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Pattern COUNT =
            Pattern.compile("number of transactions actually processed: (\\d+)");

    private final Path program;
    private final BenchServer server;
    private final Path folder;

    private Pgbench(Path program, BenchServer server, Path folder) {
        this.program = program;
        this.server = server;
        this.folder = folder;
    }

    /// From the path, or from where Debian keeps those of each version; none if it is not
    /// installed.
    static @Nullable Pgbench find(BenchServer server, Path folder) throws IOException {
        var places = new ArrayList<Path>();
        var path = System.getenv().getOrDefault("PATH", "");
        for (var place : path.split(File.pathSeparator, -1)) {
            places.add(Path.of(place));
        }
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                versions.forEach(version -> places.add(version.resolve("bin")));
            }
        }
        for (var place : places) {
            var program = place.resolve("pgbench");
            if (Files.isExecutable(program)) {
                return new Pgbench(program, server, Files.createDirectories(folder));
            }
        }
        return null;
    }

    String version() throws IOException, InterruptedException {
        return run(List.of("--version")).strip();
    }

    /// The tables of TPC-B.
    void initialize(String database, int scale) throws IOException, InterruptedException {
        run(database, List.of("--initialize", "--quiet", "--scale=" + scale));
    }

    /// Runs a script (`--file=` or `--builtin=`) with prepared statements.
    Run run(String database, String script, int clients, Duration window)
            throws IOException, InterruptedException {
        var logs = Files.createTempDirectory(folder, "log");
        var said = run(
                database,
                List.of(
                        "--no-vacuum",
                        "--protocol=prepared",
                        script,
                        "--client=" + clients,
                        "--jobs=" + Math.min(clients, THREADS_MAX),
                        "--time=" + Math.max(1, window.toSeconds()),
                        "--log",
                        "--log-prefix=" + logs.resolve("log")));
        long count = Long.parseLong(find(COUNT, said));
        double rate = Double.parseDouble(find(RATE, said));
        return Run.of(count, count / rate, latencies(logs));
    }

    private static long[] latencies(Path logs) throws IOException {
        var all = LongStream.builder();
        try (var files = Files.newDirectoryStream(logs)) {
            for (var file : files) {
                try (var lines = Files.lines(file)) {
                    lines.map(line -> line.split(" ", LATENCY_COLUMN + 2)[LATENCY_COLUMN])
                            .mapToLong(Long::parseLong)
                            .forEach(micros -> all.add(micros * NANOS_OF_MICRO));
                }
                Files.delete(file);
            }
        }
        Files.delete(logs);
        return all.build().toArray();
    }

    private static String find(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench said: " + text);
        }
        return matcher.group(1);
    }

    private String run(String database, List<String> options)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(
                "--host=" + BenchServer.LOOPBACK,
                "--port=" + server.port(),
                "--username=" + BenchServer.SUPERUSER));
        all.addAll(options);
        all.add(database);
        return run(all);
    }

    private String run(List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said;
        try (var output = process.getInputStream()) {
            said = new String(output.readAllBytes(), UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException("pgbench " + options + " failed:\n" + last(said));
        }
        return said;
    }

    /// Hundreds of clients may all say the same.
    private static String last(String said) {
        var lines = said.split("\n", -1);
        int shown = 20;
        return String.join(
                "\n", Arrays.copyOfRange(lines, Math.max(0, lines.length - shown), lines.length));
    }
}
