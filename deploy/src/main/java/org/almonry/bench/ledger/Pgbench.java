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

/// PostgreSQL's own load generator, as the system has it.
final class Pgbench {

    private static final int THREADS_MAX = 2;
    private static final int CLIENTS_PER_START_SECOND = 80;
    private static final long NANOS_OF_MICRO = 1_000;

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
    ///
    /// pgbench's own clock begins before its clients are connected, and each new session of
    /// the server begins with empty caches. So it runs for longer, and what ended within the
    /// window after that is counted, from its log.
    Run run(String database, String script, int clients, Duration window)
            throws IOException, InterruptedException {
        var logs = Files.createTempDirectory(folder, "log");
        long seconds = Math.max(1, window.toSeconds());
        long start = Math.max(1, clients / CLIENTS_PER_START_SECOND);
        long begun = System.currentTimeMillis();
        run(
                database,
                List.of(
                        "--no-vacuum",
                        "--protocol=prepared",
                        script,
                        "--client=" + clients,
                        "--jobs=" + Math.min(clients, THREADS_MAX),
                        "--time=" + (start + seconds),
                        "--log",
                        "--log-prefix=" + logs.resolve("log")));
        double from = begun / 1e3 + start;
        var all = ended(logs);
        var counted = all.stream()
                .filter(each -> each.at >= from && each.at < from + seconds)
                .mapToLong(Ended::nanos)
                .toArray();
        return Run.of(counted.length, all.size(), (double) seconds, counted);
    }

    /// One transaction: when it ended, in seconds since 1970, and how long it took.
    private record Ended(double at, long nanos) {}

    /// From lines such as `0 199 2241 0 1175850568 995598`: client, number, microseconds,
    /// script, and the second and microsecond of its end.
    private static List<Ended> ended(Path logs) throws IOException {
        var all = new ArrayList<Ended>();
        try (var files = Files.newDirectoryStream(logs)) {
            for (var file : files) {
                try (var lines = Files.lines(file)) {
                    lines.map(line -> line.split(" ", -1))
                            .map(parts -> new Ended(
                                    Long.parseLong(parts[4]) + Long.parseLong(parts[5]) / 1e6,
                                    Long.parseLong(parts[2]) * NANOS_OF_MICRO))
                            .forEach(all::add);
                }
                Files.delete(file);
            }
        }
        Files.delete(logs);
        return all;
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
