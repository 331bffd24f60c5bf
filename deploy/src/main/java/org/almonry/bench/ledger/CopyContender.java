package org.almonry.bench.ledger;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/// The physical limit: rows as the engine writes them, by binary `COPY` into tables with
/// the same columns, constraints and indexes, and no trigger.
final class CopyContender implements Contender {

    static final String NAME = "COPY";
    /// Beside the fullest cells of the engine, with which it is compared.
    static final Cell CELL = new Cell(Load.OWN, Cell.MANY);

    private static final int ROWS = 4_000;
    private static final String SCHEMA = "copied";
    private static final String TABLES = """
            create schema copied;
            create table copied.transaction (like ledger.transaction including all);
            create table copied.request (like ledger.request including all);
            """;
    private static final int DIGEST_BYTES = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final BenchServer server;
    private final Books books;
    private long rows;

    CopyContender(BenchServer server, Books books) {
        this.server = server;
        this.books = books;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "binary COPY of the engine's rows (transaction and request) into tables with the same columns, "
                + "constraints and indexes, without its trigger, %,d per durable transaction, one "
                        .formatted(ROWS)
                + "connection; making the bytes is not timed; a latency is that of a whole commit";
    }

    @Override
    public Tables tables() {
        return new Tables(Books.DATABASE, SCHEMA);
    }

    @Override
    public List<Cell> cells() {
        return List.of(CELL);
    }

    @Override
    public void prepare() throws Exception {
        books.start();
        SqlFiles.run(server, Books.DATABASE, TABLES);
        run(CELL, WARM_UP);
    }

    @Override
    public Run run(Cell cell, Duration window) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(
                server.url(Books.DATABASE), BenchServer.SUPERUSER, "")) {
            connection.setAutoCommit(false);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long busy = 0;
            var nanos = LongStream.builder();
            while (busy < window.toNanos()) {
                long step = send(connection, copy);
                nanos.add(step);
                busy += step;
            }
            var steps = nanos.build().toArray();
            return Run.of((long) steps.length * ROWS, busy / 1e9, steps);
        }
    }

    private long send(Connection connection, CopyManager copy) throws SQLException, IOException {
        var block = new CopyRows(SCHEMA);
        var at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var day = LocalDate.now(ZoneOffset.UTC);
        var digest = new byte[DIGEST_BYTES];
        for (int i = 0; i < ROWS; i++) {
            rows++;
            int payer = Load.payer();
            ThreadLocalRandom.current().nextBytes(digest);
            var row = new TransferRow(
                    rows, RequestIds.next(), leg(payer), leg(Load.UNIFORM.payee(payer)), at, day);
            block.add(row, rows / ROWS, digest);
        }
        long begun = System.nanoTime();
        block.send(copy);
        connection.commit();
        return System.nanoTime() - begun;
    }

    private TransferRow.Leg leg(int wallet) {
        return new TransferRow.Leg(books.coin(wallet), "", rows, rows);
    }
}
