package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.OffsetDateTime;

/// The SQL that reads how far the books say they have come.
final class HeadStore {
    private static final String SNAPSHOT = "set local statement_timeout = '30s'";

    private static final String HEAD = """
            select batch_number, last_transaction_id, epoch, recorded_at, chain,
                   (select coalesce(max(number), 0) from ledger.batch where shard = 0) as last_batch,
                   (select coalesce(max(id), 0) from ledger.transaction) as last_row
              from ledger.head
             where shard = 0
            """;

    /// @param lastBatch that there is a row of
    /// @param lastRow the last transaction that there is a row of
    record Head(
            long batch,
            long transaction,
            long epoch,
            Instant recordedAt,
            byte[] chain,
            long lastBatch,
            long lastRow) {}

    private HeadStore() {}

    /// No statement of a run takes longer; one that does fails the run, not the books.
    static void limit(Handle handle) {
        handle.execute(SNAPSHOT);
    }

    static Head head(Handle handle) {
        return handle.createQuery(HEAD)
                .map((row, _) -> new Head(
                        row.getLong("batch_number"),
                        row.getLong("last_transaction_id"),
                        row.getLong("epoch"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("chain"),
                        row.getLong("last_batch"),
                        row.getLong("last_row")))
                .one();
    }
}
