package org.almonry.bench.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
    private static final String TRANSACTIONS = """
            copy copied.transaction (id, source_id, source_seq, source_after, destination_id, destination_seq,
                                     destination_after, amount_minor, recorded_at, request_id, effective_on, type)
            from stdin (format binary)
            """;
    private static final String REQUESTS = """
            copy copied.request (id, first_transaction_id, batch_number, transactions, digest)
            from stdin (format binary)
            """;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1);
    private static final int TRANSACTION_COLUMNS = 12;
    private static final int REQUEST_COLUMNS = 5;
    private static final int DIGEST_BYTES = 32;
    private static final int TYPE = 3;
    private static final int DAYS_FROM_2000 = 9_800;
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
                long step = new Block().send(connection, copy);
                nanos.add(step);
                busy += step;
            }
            var steps = nanos.build().toArray();
            return Run.of((long) steps.length * ROWS, busy / 1e9, steps);
        }
    }

    /// One transaction's worth of both tables.
    private final class Block {
        private final ByteArrayOutputStream transactions = new ByteArrayOutputStream();
        private final ByteArrayOutputStream requests = new ByteArrayOutputStream();

        Block() throws IOException {
            var transaction = new DataOutputStream(transactions);
            var request = new DataOutputStream(requests);
            begin(transaction);
            begin(request);
            for (int i = 0; i < ROWS; i++) {
                rows++;
                var id = RequestIds.next();
                transaction(transaction, id);
                request(request, id);
            }
            transaction.writeShort(-1);
            request.writeShort(-1);
        }

        long send(Connection connection, CopyManager copy) throws SQLException {
            long begun = System.nanoTime();
            send(copy, TRANSACTIONS, transactions.toByteArray());
            send(copy, REQUESTS, requests.toByteArray());
            connection.commit();
            return System.nanoTime() - begun;
        }

        private static void send(CopyManager copy, String sql, byte[] bytes) throws SQLException {
            var in = copy.copyIn(sql);
            in.writeToCopy(bytes, 0, bytes.length);
            in.endCopy();
        }

        private static void begin(DataOutputStream out) throws IOException {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        }

        private void transaction(DataOutputStream out, UUID id) throws IOException {
            int payer = Load.payer();
            out.writeShort(TRANSACTION_COLUMNS);
            bigint(out, rows);
            bigint(out, books.coin(payer));
            bigint(out, rows);
            bigint(out, rows);
            bigint(out, books.coin(Load.UNIFORM.payee(payer)));
            bigint(out, rows);
            bigint(out, rows);
            bigint(out, 1);
            // Microseconds since 2000; any will do.
            bigint(out, rows);
            uuid(out, id);
            out.writeInt(Integer.BYTES);
            out.writeInt(DAYS_FROM_2000);
            out.writeInt(Short.BYTES);
            out.writeShort(TYPE);
        }

        private void request(DataOutputStream out, UUID id) throws IOException {
            out.writeShort(REQUEST_COLUMNS);
            uuid(out, id);
            bigint(out, rows);
            bigint(out, rows / ROWS);
            out.writeInt(Integer.BYTES);
            out.writeInt(1);
            out.writeInt(DIGEST_BYTES);
            out.write(ByteBuffer.allocate(DIGEST_BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array());
        }

        private static void bigint(DataOutputStream out, long value) throws IOException {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        }

        private static void uuid(DataOutputStream out, UUID id) throws IOException {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }
    }
}
