package org.almonry.bench.ledger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What lives in the database as functions or plain statements, driven by [Pgbench].
///
/// @param setup makes tables, wallets and funds in the new database
/// @param scripts pgbench's option per load
record PgbenchContender(
        String name,
        String about,
        Tables tables,
        BenchServer server,
        @Nullable Pgbench pgbench,
        Setup setup,
        Map<Load, String> scripts,
        String missing)
        implements Contender {

    static final String FUNCTION = "fn";
    static final String PGLEDGER = "pgledger";
    static final String TPC_B = "TPC-B";

    private static final int TPC_B_SCALE = 50;
    private static final int WARM_CLIENTS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final String NO_PGBENCH = "pgbench is not installed";

    interface Setup {
        void run(String database) throws Exception;
    }

    /// The plain answer: one function per transfer, one transfer per transaction.
    static Contender function(BenchServer server, @Nullable Pgbench pgbench, Path folder)
            throws IOException {
        return new PgbenchContender(
                FUNCTION,
                "one PL/pgSQL call per transfer: unique request id, balances moved in order of "
                        + "wallets and checked, one journal row; `pgbench -M prepared`",
                new Tables("fn", "fn"),
                server,
                pgbench,
                database -> SqlFiles.run(server, database, SqlFiles.resource("fn.sql")),
                scripts(folder, "fn"),
                pgbench == null ? NO_PGBENCH : "");
    }

    /// A ledger that people install, from a checkout of theirs.
    static Contender pgledger(
            BenchServer server, @Nullable Pgbench pgbench, Path folder, @Nullable Path checkout)
            throws IOException {
        return new PgbenchContender(
                PGLEDGER,
                "its SQL files as they are, identifiers by the server's own uuidv7(), "
                        + "one `pgledger_create_transfer` per transfer; `pgbench -M prepared`",
                new Tables("pgledger", "public"),
                server,
                pgbench,
                database -> {
                    for (var file : SqlFiles.ofPgledger(checkout)) {
                        SqlFiles.run(server, database, Files.readString(file));
                    }
                    SqlFiles.run(server, database, SqlFiles.resource("pgledger-wallets.sql"));
                },
                scripts(folder, "pgledger"),
                checkout == null
                        ? "no checkout given by -Dpgledger"
                        : pgbench == null ? NO_PGBENCH : "");
    }

    /// What everybody knows: three balances and a history row, without any guard.
    static Contender tpcB(BenchServer server, @Nullable Pgbench pgbench) {
        return new PgbenchContender(
                TPC_B,
                "pgbench's built-in script at scale " + TPC_B_SCALE + "; `pgbench -M prepared`",
                new Tables("tpcb", "public"),
                server,
                pgbench,
                database -> {
                    if (pgbench != null) {
                        pgbench.initialize(database, TPC_B_SCALE);
                    }
                },
                Map.of(Load.OWN, "--builtin=tpcb-like"),
                pgbench == null ? NO_PGBENCH : "");
    }

    private static Map<Load, String> scripts(Path folder, String name) throws IOException {
        return Map.of(
                Load.UNIFORM, script(folder, name + "-uniform.sql"),
                Load.HOT, script(folder, name + "-hot.sql"));
    }

    private static String script(Path folder, String name) throws IOException {
        var file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, SqlFiles.resource(name));
        return "--file=" + file;
    }

    @Override
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (var load : Load.values()) {
            if (scripts.containsKey(load)) {
                for (int clients : LedgerBench.CLIENTS) {
                    cells.add(new Cell(load, clients));
                }
            }
        }
        return cells;
    }

    @Override
    public void prepare() throws Exception {
        server.create(tables.database());
        setup.run(tables.database());
        server.superuser(tables.database()).useHandle(handle -> handle.execute("vacuum analyze"));
        for (var load : scripts.keySet()) {
            run(new Cell(load, WARM_CLIENTS), WARM_UP);
        }
    }

    @Override
    public Run run(Cell cell, Duration window) throws IOException, InterruptedException {
        if (pgbench == null) {
            throw new IllegalStateException(NO_PGBENCH);
        }
        var script = scripts.get(cell.load());
        if (script == null) {
            throw new IllegalArgumentException(name + " has no load " + cell.load());
        }
        return pgbench.run(tables.database(), script, cell.clients(), window);
    }
}
