package org.almonry.ledger.proof;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What proofs read of the ledger, and the checkpoints.
final class ProofStore {
    /// The chain of the batch before comes from its row, not from memory, so that each row
    /// can be judged by itself.
    private static final String BATCHES = """
            select b.shard, b.number, b.epoch, b.first_transaction_id, b.transactions, b.requests,
                   b.recorded_at, b.root, b.request_root, b.chain, p.chain as previous_chain
              from ledger.batch b
              left join ledger.batch p on p.shard = b.shard and p.number = b.number - 1
             where b.shard = 0
               and b.number between :from and :to
             order by b.number
            """;

    private static final String BATCH_OF = """
            select number
              from ledger.batch
             where shard = 0
               and transactions > 0
               and first_transaction_id <= :id
               and first_transaction_id + transactions > :id
             order by first_transaction_id desc
             limit 1
            """;

    /// Whole numbers of microseconds and days, as the canonical bytes have them.
    private static final String TRANSACTIONS = """
            select t.id, t.request_id, t.process_id, t.type, s.issuer_id, s.currency, s.currency_scale,
                   t.source_id, s.kind as source_kind, s.owner as source_owner, t.source_seq, t.source_after,
                   t.destination_id, d.kind as destination_kind, d.owner as destination_owner,
                   t.destination_seq, t.destination_after, t.amount_minor, t.held_change, t.hold_id, t.corrects,
                   (extract(epoch from t.expires_at) * 1000000)::bigint as expires_at,
                   t.effective_on - date '1970-01-01' as effective_on,
                   (extract(epoch from t.recorded_at) * 1000000)::bigint as recorded_at
              from ledger.transaction t
              join ledger.coin s on s.id = t.source_id
              left join ledger.coin d on d.id = t.destination_id
             where t.id between :from and :to
             order by t.id
            """;

    /// The columns that end a leaf, all numbers, in the order of the leaf.
    private static final List<String> NUMBERS_AFTER = List.of(
            "destination_seq",
            "destination_after",
            "amount_minor",
            "held_change",
            "hold_id",
            "corrects",
            "expires_at",
            "effective_on",
            "recorded_at");

    private static final String CHECKPOINT = """
            select origin, size, root, signed_at, note
              from ledger.checkpoint
             where size = :size
            """;

    private static final String CHECKPOINTS = """
            select origin, size, root, signed_at, note
              from ledger.checkpoint
             where size < :before
             order by size desc
             limit :limit
            """;

    private static final String INSERT = """
            insert into ledger.checkpoint (size, origin, root, signed_at, note)
            values (:size, :origin, :root, :at, :note)
            on conflict (size) do nothing
            """;

    /// A batch as its row says, with the chain that the row claims.
    record Row(BatchSeal seal, byte[] chain) {
        /// Whether the row gives the chain that it claims.
        boolean isChained() {
            return Arrays.equals(seal.chain(), chain);
        }
    }

    private ProofStore() {}

    static List<Row> batches(Handle handle, long from, long to) {
        return handle.createQuery(BATCHES)
                .bind("from", from)
                .bind("to", to)
                .map(ProofStore::batchRow)
                .list();
    }

    /// The number of the batch that holds this transaction.
    static Optional<Long> batchOf(Handle handle, long transactionId) {
        return handle.createQuery(BATCH_OF)
                .bind("id", transactionId)
                .mapTo(Long.class)
                .findOne();
    }

    /// The canonical bytes of these transactions.
    static List<byte[]> leaves(Handle handle, long from, long to) {
        var writer = new LeafWriter();
        return handle.createQuery(TRANSACTIONS)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> leaf(writer, row))
                .list();
    }

    static Optional<Checkpoint> checkpoint(Handle handle, long size) {
        return handle.createQuery(CHECKPOINT)
                .bind("size", size)
                .map(ProofStore::checkpointRow)
                .findOne();
    }

    /// Newest first.
    static List<Checkpoint> checkpoints(Handle handle, long before, int limit) {
        return handle.createQuery(CHECKPOINTS)
                .bind("before", before)
                .bind("limit", limit)
                .map(ProofStore::checkpointRow)
                .list();
    }

    static void insert(Handle handle, Checkpoint checkpoint) {
        handle.createUpdate(INSERT)
                .bind("size", checkpoint.size())
                .bind("origin", checkpoint.origin())
                .bind("root", checkpoint.root())
                .bind("at", checkpoint.signedAt())
                .bind("note", checkpoint.note())
                .execute();
    }

    private static Row batchRow(ResultSet row, StatementContext context) throws SQLException {
        var previous = row.getBytes("previous_chain");
        return new Row(
                new BatchSeal(
                        row.getShort("shard"),
                        row.getLong("number"),
                        row.getLong("epoch"),
                        row.getLong("first_transaction_id"),
                        row.getInt("transactions"),
                        row.getInt("requests"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("root"),
                        row.getBytes("request_root"),
                        previous == null ? BatchSeal.NO_CHAIN : previous),
                row.getBytes("chain"));
    }

    private static byte[] leaf(LeafWriter writer, ResultSet row) throws SQLException {
        writer.begin();
        number(writer, row, "id");
        writer.uuid(row.getObject("request_id", UUID.class));
        writer.uuid(row.getObject("process_id", UUID.class));
        number(writer, row, "type");
        number(writer, row, "issuer_id");
        writer.text(row.getString("currency"));
        number(writer, row, "currency_scale");
        number(writer, row, "source_id");
        writer.text(row.getString("source_kind"));
        writer.text(row.getString("source_owner"));
        number(writer, row, "source_seq");
        number(writer, row, "source_after");
        number(writer, row, "destination_id");
        writer.text(row.getString("destination_kind"));
        writer.text(row.getString("destination_owner"));
        for (var column : NUMBERS_AFTER) {
            number(writer, row, column);
        }
        return writer.data();
    }

    private static void number(LeafWriter writer, ResultSet row, String column)
            throws SQLException {
        long value = row.getLong(column);
        if (row.wasNull()) {
            writer.absent();
        } else {
            writer.number(value);
        }
    }

    private static Checkpoint checkpointRow(ResultSet row, StatementContext context)
            throws SQLException {
        return new Checkpoint(
                row.getString("origin"),
                row.getLong("size"),
                row.getBytes("root"),
                row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                row.getString("note"));
    }
}
