package org.almonry.ledger;

import org.almonry.ledger.Batch.Row;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.postgresql.PGConnection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/// The SQL of the writer. One batch is a handful of statements, each over arrays, so that
/// their plans are kept and their number does not grow with the batch. The balances of the
/// coins are moved by the database itself.
final class BatchStore {
    /// The only shard so far.
    private static final short SHARD = 0;

    /// Becomes the writer: from here on nobody with an older epoch can commit.
    private static final String TAKE_OVER = """
            update ledger.head
               set epoch = epoch + 1, owner = :owner
             where shard = :shard
            returning epoch, batch_number, last_transaction_id, recorded_at
            """;

    /// Waits for what an own, lost connection may still be doing, ends its right to commit,
    /// and tells how far the books have come. No row: somebody else has taken over.
    private static final String RESOLVE = """
            update ledger.head
               set epoch = epoch + 1
             where shard = :shard
               and owner = :owner
            returning epoch, batch_number, last_transaction_id, recorded_at
            """;

    private static final String HEAD = """
            select epoch, batch_number, last_transaction_id, recorded_at
              from ledger.head
             where shard = :shard
            """;

    private static final String BATCH = """
            with moved as (
              update ledger.head
                 set batch_number = :number, last_transaction_id = :last, recorded_at = :at
               where shard = :shard
                 and epoch = :epoch
                 and batch_number = :number - 1
              returning shard
            )
            insert into ledger.batch (shard, number, epoch, first_transaction_id, transactions, requests,
                                      recorded_at)
            select shard, :number, :epoch, :first, :transactions, :requests, :at
              from moved
            """;

    private static final String TRANSACTIONS = """
            insert into ledger.transaction
                   (id, request_id, process_id, type, effective_on, source_id, destination_id, amount_minor,
                    source_seq, source_after, destination_seq, destination_after, recorded_at)
            select :first + u.place - 1, u.request_id, u.process_id, u.type, date '1970-01-01' + u.day,
                   u.source_id, u.destination_id, u.amount_minor,
                   u.source_seq, u.source_after, u.destination_seq, u.destination_after, :at
              from unnest(:requestIds, :processIds, :types, :days, :sources, :destinations, :amounts,
                          :sourceSeqs, :sourceAfters, :destinationSeqs, :destinationAfters)
                   with ordinality u (request_id, process_id, type, day, source_id, destination_id, amount_minor,
                                      source_seq, source_after, destination_seq, destination_after, place)
            """;

    private static final String REQUESTS = """
            insert into ledger.request
                   (id, digest, process_id, first_transaction_id, transactions, batch_number)
            select u.id, u.digest, u.process_id, u.first_id, u.transactions, :number
              from unnest(:ids, :digests, :processIds, :firstIds, :counts)
                   u (id, digest, process_id, first_id, transactions)
            """;

    private static final String KNOWN = """
            select id, digest, first_transaction_id, transactions
              from ledger.request
             where id = any (:ids)
            """;

    /// How far the books have come, and in which epoch.
    record Head(long epoch, long batchNumber, long lastTransactionId, Instant recordedAt) {}

    private BatchStore() {}

    static Head takeOver(Handle handle, String owner) {
        return handle.createQuery(TAKE_OVER)
                .bind("shard", SHARD)
                .bind("owner", owner)
                .map(BatchStore::headRow)
                .one();
    }

    static Optional<Head> resolve(Handle handle, String owner) {
        return handle.createQuery(RESOLVE)
                .bind("shard", SHARD)
                .bind("owner", owner)
                .map(BatchStore::headRow)
                .findOne();
    }

    static Head head(Handle handle) {
        return handle.createQuery(HEAD)
                .bind("shard", SHARD)
                .map(BatchStore::headRow)
                .one();
    }

    static Map<UUID, Batch.Known> known(Handle handle, Collection<UUID> ids) {
        var result = new HashMap<UUID, Batch.Known>();
        handle.createQuery(KNOWN)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        new Batch.Known(
                                row.getBytes("digest"),
                                row.getLong("first_transaction_id"),
                                row.getInt("transactions"))))
                .forEach(each -> result.put(each.getKey(), each.getValue()));
        return result;
    }

    /// Moves the head by one batch; false if this writer was replaced.
    static boolean advance(Handle handle, Head before, Head after, Batch batch) {
        return handle.createUpdate(BATCH)
                        .bind("shard", SHARD)
                        .bind("epoch", before.epoch())
                        .bind("number", after.batchNumber())
                        .bind("first", batch.firstId())
                        .bind("last", after.lastTransactionId())
                        .bind("transactions", batch.rows().size())
                        .bind("requests", batch.accepted().size())
                        .bind("at", after.recordedAt())
                        .execute()
                == 1;
    }

    static void insertTransactions(Handle handle, Batch batch, Instant at) {
        var rows = batch.rows();
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(TRANSACTIONS)
                .bind("first", batch.firstId())
                .bind("at", at)
                .bind("requestIds", uuids(rows.stream().map(row -> row.request().requestId())))
                .bind(
                        "processIds",
                        uuids(rows.stream().map(row -> Ids.uuid(row.request().processId()))))
                .bind(
                        "types",
                        ints(rows.stream().mapToInt(row -> row.move().type().code())))
                .bind(
                        "days",
                        ints(rows.stream()
                                .mapToInt(row -> Math.toIntExact(
                                        row.request().effectiveOn().toEpochDay()))))
                .bind("sources", longs(rows, row -> row.move().source().id()))
                .bind(
                        "destinations",
                        longs(rows, row -> row.move().destination().id()))
                .bind("amounts", longs(rows, row -> row.move().minor()))
                .bind("sourceSeqs", longs(rows, row -> row.move().source().sequence()))
                .bind("sourceAfters", longs(rows, row -> row.move().source().balance()))
                .bind(
                        "destinationSeqs",
                        longs(rows, row -> row.move().destination().sequence()))
                .bind(
                        "destinationAfters",
                        longs(rows, row -> row.move().destination().balance()))
                .execute();
    }

    static void insertRequests(Handle handle, Batch batch, long number) {
        var requests = batch.accepted();
        handle.createUpdate(REQUESTS)
                .bind("number", number)
                .bind("ids", uuids(requests.stream().map(each -> each.ticket().id())))
                .bind(
                        "digests",
                        array(
                                "bytea",
                                requests.stream()
                                        .map(each -> each.ticket().digest())
                                        .toArray(byte[][]::new)))
                .bind(
                        "processIds",
                        uuids(requests.stream()
                                .map(each -> Ids.uuid(each.ticket().request().processId()))))
                .bind(
                        "firstIds",
                        array(
                                "int8",
                                requests.stream()
                                        .mapToLong(Batch.Accepted::firstId)
                                        .toArray()))
                .bind("counts", ints(requests.stream().mapToInt(Batch.Accepted::transactions)))
                .execute();
    }

    private static Argument longs(List<Row> rows, ToLongFunction<Row> column) {
        return array("int8", rows.stream().mapToLong(column).toArray());
    }

    private static Argument ints(java.util.stream.IntStream values) {
        return array("int4", values.toArray());
    }

    private static Argument uuids(java.util.stream.Stream<UUID> values) {
        return array("uuid", values.toArray(UUID[]::new));
    }

    /// The driver sends arrays of primitives in binary form, without boxing them.
    private static Argument array(String type, Object values) {
        return (position, statement, context) -> statement.setArray(
                position,
                statement.getConnection().unwrap(PGConnection.class).createArrayOf(type, values));
    }

    private static Head headRow(ResultSet row, StatementContext context) throws SQLException {
        return new Head(
                row.getLong("epoch"),
                row.getLong("batch_number"),
                row.getLong("last_transaction_id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
