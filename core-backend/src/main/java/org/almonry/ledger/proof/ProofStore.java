package org.almonry.ledger.proof;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        return handle.createQuery(TransactionLeaf.ROWS)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> TransactionLeaf.write(writer, row).data())
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
