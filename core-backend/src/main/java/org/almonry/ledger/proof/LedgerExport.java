package org.almonry.ledger.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.almonry.wire.ConfigRefused;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.PGConnection;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes all that an outsider needs to verify the ledger, as of one moment, into a folder:
/// a CSV file per table, the checkpoints as signed notes, and last a manifest with the
/// number of rows, so that an export that was cut off is no export.
///
/// Moments are microseconds since 1970 UTC, hashes hexadecimal, what is absent is empty.
/// The order of rows is part of the form: a verifier reads each file once. Another column
/// is another version.
public final class LedgerExport {
    /// The form of what is written.
    public static final String FORMAT = "almonry-ledger-1";

    private static final int BUFFER = 1 << 16;

    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("coins.csv", """
                select id, issuer_id, currency, currency_scale, kind, owner, label, name, balance, held,
                       credit_limit, seq,
                       (extract(epoch from opened_at) * 1000000)::bigint as opened_at,
                       (extract(epoch from closed_at) * 1000000)::bigint as closed_at,
                       (extract(epoch from frozen_at) * 1000000)::bigint as frozen_at
                  from ledger.coin
                 order by id
                """);
        FILES.put("transactions.csv", """
                select id, request_id, process_id, type, source_id, source_seq, source_after,
                       destination_id, destination_seq, destination_after, amount_minor, held_change, hold_id,
                       corrects, (extract(epoch from expires_at) * 1000000)::bigint as expires_at,
                       intended_id, effective_on - date '1970-01-01' as effective_on,
                       (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at
                  from ledger.transaction
                 order by id
                """);
        FILES.put("requests.csv", """
                select id, first_transaction_id, batch_number, transactions, encode(digest, 'hex') as digest
                  from ledger.request
                 order by batch_number, first_transaction_id, transactions, id
                """);
        FILES.put("batches.csv", """
                select shard, number, epoch, first_transaction_id, transactions, requests,
                       (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at,
                       encode(root, 'hex') as root, encode(request_root, 'hex') as request_root,
                       encode(chain, 'hex') as chain
                  from ledger.batch
                 order by shard, number
                """);
        FILES.put("holds.csv", """
                select id, coin_id, destination_id, type, amount_minor, remaining_minor, captured_minor, state,
                       (extract(epoch from expires_at) * 1000000)::bigint as expires_at,
                       (extract(epoch from opened_at) * 1000000)::bigint as opened_at,
                       (extract(epoch from resolved_at) * 1000000)::bigint as resolved_at
                  from ledger.hold
                 order by id
                """);
        FILES.put("corrections.csv", """
                select corrected_id, transaction_id
                  from ledger.correction
                 order by corrected_id
                """);
        FILES.put("backdated.csv", """
                select transaction_id, coin_id, effective_on - date '1970-01-01' as effective_on,
                       recorded_on - date '1970-01-01' as recorded_on, change_minor
                  from ledger.backdated
                 order by transaction_id, coin_id
                """);
        FILES.put("periods.csv", """
                select issuer_id, closed_to - date '1970-01-01' as closed_to,
                       (extract(epoch from closed_at) * 1000000)::bigint as closed_at, closed_by
                  from ledger.period
                 order by issuer_id, closed_to
                """);
        FILES.put("head.csv", """
                select shard, epoch, batch_number, last_transaction_id,
                       (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at,
                       encode(chain, 'hex') as chain
                  from ledger.head
                 order by shard
                """);
    }

    private static final String NOTES = """
            select note
              from ledger.checkpoint
             order by size
            """;

    private final Jdbi accounting;
    private final Clock clock;

    public LedgerExport(Jdbi accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Writes the export into a folder that is new or empty.
    public void write(Path folder) {
        accounting.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            handle.setReadOnly(true);
            // The role's limit is for requests; a journal of millions takes longer.
            handle.execute("set local statement_timeout = 0");
            write(handle, folder);
        });
    }

    /// Writes what this transaction sees.
    void write(Handle handle, Path folder) {
        try {
            Files.createDirectories(folder);
            try (var present = Files.list(folder)) {
                if (present.findAny().isPresent()) {
                    throw new ConfigRefused("the folder is not empty: " + folder);
                }
            }
            var manifest = new StringBuilder("format=" + FORMAT + "\n");
            manifest.append("exported_at=").append(clock.instant()).append('\n');
            for (var file : FILES.entrySet()) {
                long rows = copy(handle, file.getValue(), folder.resolve(file.getKey()));
                manifest.append(file.getKey()).append('=').append(rows).append('\n');
            }
            long notes = notes(handle, folder.resolve("checkpoints.txt"));
            manifest.append("checkpoints.txt=").append(notes).append('\n');
            Files.writeString(folder.resolve("manifest.txt"), manifest, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger cannot be copied", e);
        }
    }

    private static long copy(Handle handle, String query, Path file)
            throws IOException, SQLException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            return handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (" + query + ") to stdout (format csv, header, encoding 'UTF8')",
                            out);
        }
    }

    /// Notes one after the other, with an empty line between.
    private static long notes(Handle handle, Path file) throws IOException {
        var notes = handle.createQuery(NOTES).mapTo(String.class).list();
        Files.writeString(file, String.join("\n", notes), UTF_8);
        return notes.size();
    }
}
