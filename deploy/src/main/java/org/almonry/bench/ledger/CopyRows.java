package org.almonry.bench.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.almonry.ledger.TransactionType;
import org.postgresql.copy.CopyManager;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Rows of both tables in PostgreSQL's binary form, ready to be copied.
final class CopyRows {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1);
    private static final int TRANSACTION_COLUMNS = 12;
    private static final int REQUEST_COLUMNS = 5;

    /// Days and moments of PostgreSQL count from here.
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final String schema;
    private final ByteArrayOutputStream transactions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream requests = new ByteArrayOutputStream();
    private final DataOutputStream transaction = new DataOutputStream(transactions);
    private final DataOutputStream request = new DataOutputStream(requests);

    /// For the tables of this schema.
    CopyRows(String schema) throws IOException {
        this.schema = schema;
        begin(transaction);
        begin(request);
    }

    void add(TransferRow row, long batch, byte[] digest) throws IOException {
        transaction.writeShort(TRANSACTION_COLUMNS);
        bigint(transaction, row.id());
        leg(row.source());
        leg(row.destination());
        bigint(transaction, 1);
        bigint(transaction, ChronoUnit.MICROS.between(Instant.EPOCH, row.at()) - EPOCH_MICROS);
        uuid(transaction, row.request());
        transaction.writeInt(Integer.BYTES);
        transaction.writeInt(Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, row.day())));
        transaction.writeInt(Short.BYTES);
        transaction.writeShort(TransactionType.TRANSFER.code());

        request.writeShort(REQUEST_COLUMNS);
        uuid(request, row.request());
        bigint(request, row.id());
        bigint(request, batch);
        request.writeInt(Integer.BYTES);
        request.writeInt(1);
        request.writeInt(digest.length);
        request.write(digest);
    }

    /// Copies all, within the caller's transaction. To be called once.
    void send(CopyManager copy) throws SQLException, IOException {
        transaction.writeShort(-1);
        request.writeShort(-1);
        send(copy, transactions, """
                copy %s.transaction (id, source_id, source_seq, source_after, destination_id, destination_seq,
                                     destination_after, amount_minor, recorded_at, request_id, effective_on, type)
                from stdin (format binary)
                """);
        send(copy, requests, """
                copy %s.request (id, first_transaction_id, batch_number, transactions, digest)
                from stdin (format binary)
                """);
    }

    private void send(CopyManager copy, ByteArrayOutputStream rows, String sql)
            throws SQLException {
        var in = copy.copyIn(sql.formatted(schema));
        var bytes = rows.toByteArray();
        in.writeToCopy(bytes, 0, bytes.length);
        in.endCopy();
    }

    private static void begin(DataOutputStream out) throws IOException {
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    private void leg(TransferRow.Leg leg) throws IOException {
        bigint(transaction, leg.coin());
        bigint(transaction, leg.seq());
        bigint(transaction, leg.balance());
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
