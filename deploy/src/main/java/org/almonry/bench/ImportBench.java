package org.almonry.bench;

import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.demo.DemoAdmin;
import org.almonry.demo.DemoLayout;
import org.almonry.directory.v1.ListProjectsRequest;
import org.almonry.directory.v1.ProjectState;
import org.postgresql.PGConnection;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A statement of 100,000 gifts through the real core: dropped as a file, fetched, stored,
/// issued, matched and booked. Beside it, `COPY` of every row that this left, into tables
/// with the same keys and indexes.
final class ImportBench {

    private static final int ENTRIES = 100_000;
    private static final int COPY_ROUNDS = 3;
    private static final int GOAL_RATIO = 12;
    private static final int GOAL_HEAP_MIB = 512;
    private static final Pattern HEAP = Pattern.compile(
            "^jvm_memory_used_bytes\\{.*area=\"heap\".*} ([0-9.eE+]+)$", Pattern.MULTILINE);

    /// What an import leaves behind.
    private static final List<String> TABLES = List.of(
            "accounting.incoming",
            "accounting.sighting",
            "process.process",
            "process.process_step",
            "ledger.request",
            "ledger.transaction",
            "events.event",
            "audit.entry");

    private final DemoLayout layout;

    ImportBench(DemoLayout layout) {
        this.layout = layout;
    }

    List<String> run() throws Exception {
        try (var admin = DemoAdmin.signIn(layout)) {
            var codes = new ArrayList<String>();
            for (var project : admin.directory()
                    .listProjects(ListProjectsRequest.getDefaultInstance())
                    .getProjectsList()) {
                if (project.getState() == ProjectState.PROJECT_STATE_ACTIVE) {
                    codes.add(project.getCode());
                    project.getMilestonesList().forEach(m -> codes.add(m.getCode()));
                }
            }
            var iban = admin
                    .accounting()
                    .listProviders(ListProvidersRequest.getDefaultInstance())
                    .getProvidersList()
                    .stream()
                    .filter(p -> p.getName().equals("bank"))
                    .findFirst()
                    .orElseThrow()
                    .getAccounts(0)
                    .getIdentification();
            var file = layout.folder().resolve("drop").resolve("bench.xml");
            CamtFile.write(file, iban, codes, ENTRIES, LocalDate.of(2026, 11, 20));
            long bytes = Files.size(file);

            var heap = new AtomicLong();
            var measuring = new AtomicBoolean(true);
            var watcher = Thread.ofVirtual().start(() -> watchHeap(heap, measuring));
            long begun = System.nanoTime();
            var run = admin.fetch("bank");
            double importSeconds = (System.nanoTime() - begun) / 1e9;
            measuring.set(false);
            watcher.join();
            if (run.getState() != FetchState.FETCH_STATE_SUCCEEDED || run.getBooked() != ENTRIES) {
                throw new IllegalStateException("the import did not book all: " + run);
            }
            if (!admin.verifyLedger().getRight()) {
                throw new IllegalStateException("the books are wrong after the import");
            }
            return report(bytes, importSeconds, heap.get());
        }
    }

    private List<String> report(long bytes, double importSeconds, long heapBytes) throws Exception {
        var lines = new ArrayList<String>();
        var copy = new CopyReference(url(), password());
        double copySeconds = copy.seconds(TABLES, COPY_ROUNDS, lines);
        lines.add(String.format(
                Locale.ROOT,
                "import of %,d entries (%d MiB): %.1f s; COPY of its rows: %.1f s (median of %d); "
                        + "ratio %.1f (goal: within %d)",
                ENTRIES,
                bytes >> 20,
                importSeconds,
                copySeconds,
                COPY_ROUNDS,
                importSeconds / copySeconds,
                GOAL_RATIO));
        lines.add("peak heap seen in the core: %d MiB (goal: under %d MiB; it runs with -Xmx512m)"
                .formatted(heapBytes >> 20, GOAL_HEAP_MIB));
        return lines;
    }

    private void watchHeap(AtomicLong peak, AtomicBoolean measuring) {
        var http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + (layout.basePort() + 9) + "/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (measuring.get()) {
            try {
                var text = http.send(request, BodyHandlers.ofString()).body();
                double used = HEAP.matcher(text)
                        .results()
                        .mapToDouble(r -> Double.parseDouble(r.group(1)))
                        .sum();
                peak.accumulateAndGet((long) used, Math::max);
            } catch (IOException e) {
                throw new IllegalStateException("the core's metrics are not served", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + (layout.basePort() + 7) + "/accounting";
    }

    /// The embedded cluster trusts its superuser on loopback.
    private static String password() {
        return "postgres";
    }

    /// Times `COPY FROM` of rows that exist, into empty tables with the same indexes.
    private record CopyReference(String url, String password) {

        double seconds(List<String> tables, int rounds, List<String> lines)
                throws SQLException, IOException {
            try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
                var files = new ArrayList<Path>();
                for (var table : tables) {
                    files.add(dump(connection, table, lines));
                }
                var times = new ArrayList<Double>();
                for (int i = 0; i < rounds; i++) {
                    times.add(load(connection, tables, files));
                }
                for (var file : files) {
                    Files.deleteIfExists(file);
                }
                times.sort(Double::compare);
                return times.get(rounds / 2);
            }
        }

        private static Path dump(Connection connection, String table, List<String> lines)
                throws SQLException, IOException {
            var file = Files.createTempFile("almonry-bench", ".copy");
            try (var out = Files.newOutputStream(file)) {
                long rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (table " + table + ") to stdout (format binary)", out);
                lines.add("  rows of %s: %,d".formatted(table, rows));
            }
            return file;
        }

        private static double load(Connection connection, List<String> tables, List<Path> files)
                throws SQLException, IOException {
            double seconds = 0;
            for (int i = 0; i < tables.size(); i++) {
                try (var statement = connection.createStatement();
                        var in = Files.newInputStream(files.get(i))) {
                    statement.execute("drop schema if exists bench cascade");
                    statement.execute("create schema bench");
                    statement.execute(
                            "create table bench.copied (like " + tables.get(i) + " including all)");
                    long begun = System.nanoTime();
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy bench.copied from stdin (format binary)", in);
                    seconds += (System.nanoTime() - begun) / 1e9;
                    statement.execute("drop schema bench cascade");
                }
            }
            return seconds;
        }
    }
}
