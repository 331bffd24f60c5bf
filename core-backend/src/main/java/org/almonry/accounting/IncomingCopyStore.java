package org.almonry.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.providers.StatementLine;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.UnableToProduceResultException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/// Writes the lines of one statement by COPY while the file is being read, in pieces of
/// some kilobytes, so that a statement of any length takes little memory and one pass.
///
/// New lines go to `incoming` as they come. Repeated ones go to `sighting`, which refers to
/// rows that another transaction stored, so the order of the two does not matter; but a
/// connection can do one COPY at a time, so sightings wait in memory: some fifty bytes
/// each.
final class IncomingCopyStore implements AutoCloseable {
    private static final String COPY_INCOMING = """
            copy accounting.incoming (id, account_id, statement_number, position, booking_date,
                 value_date, amount_minor, currency, counterparty_name, counterparty_account,
                 remittance, entry_reference, end_to_end_id, bank_code, raw, balance_minor,
                 content_key, reference_key, fetched_at)
            from stdin
            """;

    private static final String COPY_SIGHTING = """
            copy accounting.sighting (statement_number, position, incoming_id, balance_minor)
            from stdin
            """;

    /// Characters collected before they are sent.
    private static final int PIECE_CHARS = 64 * 1024;

    private final PGConnection connection;
    private final String accountId;
    private final long statement;
    private final String fetchedAt;
    private final StringBuilder rows = new StringBuilder(PIECE_CHARS + 8_192);
    private final StringBuilder sightings = new StringBuilder();
    private @Nullable CopyIn copy;

    IncomingCopyStore(Handle handle, String accountId, long statement, Instant now) {
        this.accountId = accountId;
        this.statement = statement;
        this.fetchedAt = now.toString();
        try {
            this.connection = handle.getConnection().unwrap(PGConnection.class);
        } catch (SQLException e) {
            throw new UnableToProduceResultException(e);
        }
    }

    /// Adds a new line.
    void incoming(String id, StatementLine line, LineColumns columns, int index) {
        text(rows, id);
        text(rows, accountId);
        rows.append(statement).append('\t').append(columns.position(index)).append('\t');
        rows.append(line.bookingDate()).append('\t');
        optional(rows, line.valueDate());
        rows.append(line.amount().minor()).append('\t');
        text(rows, line.amount().currency().code());
        text(rows, line.counterpartyName());
        text(rows, line.counterpartyAccount());
        text(rows, line.remittance());
        text(rows, line.entryReference());
        text(rows, line.endToEndId());
        text(rows, line.bankCode());
        text(rows, line.raw());
        optional(rows, columns.balanceOrNull(index));
        rows.append(columns.content(index)).append('\t');
        UUID reference = columns.reference(index);
        optional(rows, reference);
        rows.append(fetchedAt).append('\n');
        if (rows.length() >= PIECE_CHARS) {
            send();
        }
    }

    /// Adds a repeated line.
    void sighting(String incomingId, LineColumns columns, int index) {
        sightings.append(statement).append('\t').append(columns.position(index)).append('\t');
        text(sightings, incomingId);
        Long balance = columns.balanceOrNull(index);
        sightings.append(balance == null ? "\\N" : balance.toString()).append('\n');
    }

    /// Sends the rest.
    void finish() {
        try {
            if (!rows.isEmpty()) {
                send();
            }
            if (copy != null) {
                copy.endCopy();
                copy = null;
            }
            if (!sightings.isEmpty()) {
                connection
                        .getCopyAPI()
                        .copyIn(COPY_SIGHTING, new StringReader(sightings.toString()));
            }
        } catch (SQLException e) {
            throw new UnableToProduceResultException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send() {
        try {
            if (copy == null) {
                copy = connection.getCopyAPI().copyIn(COPY_INCOMING);
            }
            byte[] bytes = rows.toString().getBytes(UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            rows.setLength(0);
        } catch (SQLException e) {
            throw new UnableToProduceResultException(e);
        }
    }

    /// Gives up what was not finished, so that the transaction can be rolled back.
    @Override
    public void close() {
        try {
            if (copy != null && copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            throw new UnableToProduceResultException(e);
        }
    }

    private static void optional(StringBuilder to, @Nullable Object value) {
        to.append(value == null ? "\\N" : value.toString()).append('\t');
    }

    private static void text(StringBuilder to, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '\t' -> to.append("\\t");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                default -> to.append(c);
            }
        }
        to.append('\t');
    }
}
