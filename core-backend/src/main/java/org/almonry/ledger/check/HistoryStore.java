package org.almonry.ledger.check;

import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.RequestLeaf;
import org.almonry.ledger.proof.TransactionLeaf;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The SQL that reads history piece by piece.
final class HistoryStore {
    /// The only shard so far.
    static final short SHARD = 0;

    private static final String ISSUING = "ISSUING";

    private static final String BATCHES = """
            select number, epoch, first_transaction_id, transactions, requests, recorded_at,
                   root, request_root, chain
              from ledger.batch
             where shard = 0
               and number > :after
               and number <= :to
             order by number
            """;

    private static final String REQUESTS = """
            select id, digest, first_transaction_id, batch_number, transactions
              from ledger.request
             where id = any (:ids)
            """;

    /// Where coins stood before a transaction: two look-ups per coin.
    private static final String PLACES = """
            select c.id, e.seq, e.after, e.transaction_id
              from unnest(:ids) c (id)
             cross join lateral (
               select seq, after, transaction_id
                 from ((select source_seq as seq, source_after as after, id as transaction_id
                          from ledger.transaction
                         where source_id = c.id
                           and id < :before
                         order by id desc
                         limit 1)
                       union all
                       (select destination_seq, destination_after, id
                          from ledger.transaction
                         where destination_id = c.id
                           and id < :before
                         order by id desc
                         limit 1)) both_sides
                order by transaction_id desc
                limit 1) e
            """;

    /// A row of the table of batches.
    record Batch(
            long number,
            long epoch,
            long first,
            int transactions,
            int requests,
            Instant recordedAt,
            byte[] root,
            byte[] requestRoot,
            byte[] chain) {
        /// Its last transaction, or that of the batch before if it has none.
        long last() {
            return first + transactions - 1;
        }
    }

    /// A coin as one side of a transaction; kind and currency are empty if it is missing.
    record Leg(long coin, long sequence, long after, long issuer, String currency, String kind) {}

    record Row(
            long id,
            UUID requestId,
            int type,
            Leg source,
            @Nullable Leg destination,
            long minor,
            long hold,
            Instant recordedAt,
            byte[] leaf) {
        /// Whether both coins are there, of one issuer and currency, and of kinds that the type
        /// allows: only issuing coins make value (type 1) and take it back (type 2).
        boolean fits() {
            var to = destination;
            if (source.kind().isEmpty()) {
                return false;
            }
            boolean fromIssuing = source.kind().equals(ISSUING);
            if (to == null) {
                return !fromIssuing || type == 7;
            }
            return source.issuer() == to.issuer()
                    && source.currency().equals(to.currency())
                    && fromIssuing == (type == 1)
                    && to.kind().equals(ISSUING) == (type == 2);
        }
    }

    record Request(RequestLeaf leaf, long batch) {
        boolean covers(long transaction, long inBatch) {
            return batch == inBatch
                    && transaction >= leaf.firstTransactionId()
                    && transaction < leaf.firstTransactionId() + leaf.transactions();
        }
    }

    private HistoryStore() {}

    static List<Batch> batches(Handle handle, long after, long to) {
        return handle.createQuery(BATCHES)
                .bind("after", after)
                .bind("to", to)
                .map(HistoryStore::batch)
                .list();
    }

    static Optional<Batch> batch(Handle handle, long number) {
        return batches(handle, number - 1, number).stream().findFirst();
    }

    static List<Row> transactions(Handle handle, LeafWriter leaf, long from, long to) {
        return handle.createQuery(TransactionLeaf.ROWS)
                .bind("from", from)
                .bind("to", to)
                .map((row, _) -> row(row, leaf))
                .list();
    }

    static Map<UUID, Request> requests(Handle handle, Collection<UUID> ids) {
        var result = HashMap.<UUID, Request>newHashMap(ids.size());
        handle.createQuery(REQUESTS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, _) -> new Request(
                        new RequestLeaf(
                                row.getObject("id", UUID.class),
                                row.getBytes("digest"),
                                row.getLong("first_transaction_id"),
                                row.getInt("transactions")),
                        row.getLong("batch_number")))
                .forEach(each -> result.put(each.leaf().id(), each));
        return result;
    }

    static Map<Long, History.Place> places(Handle handle, Collection<Long> coins, long before) {
        var result = HashMap.<Long, History.Place>newHashMap(coins.size());
        handle.createQuery(PLACES)
                .bind("ids", coins.toArray(Long[]::new))
                .bind("before", before)
                .map((row, _) -> Map.entry(
                        row.getLong("id"),
                        new History.Place(
                                row.getLong("seq"),
                                row.getLong("after"),
                                row.getLong("transaction_id"))))
                .forEach(each -> result.put(each.getKey(), each.getValue()));
        return result;
    }

    private static Batch batch(ResultSet row, StatementContext context) throws SQLException {
        return new Batch(
                row.getLong("number"),
                row.getLong("epoch"),
                row.getLong("first_transaction_id"),
                row.getInt("transactions"),
                row.getInt("requests"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes("root"),
                row.getBytes("request_root"),
                row.getBytes("chain"));
    }

    private static Row row(ResultSet row, LeafWriter leaf) throws SQLException {
        var source = new Leg(
                row.getLong("source_id"),
                row.getLong("source_seq"),
                row.getLong("source_after"),
                row.getLong("issuer_id"),
                text(row, "currency"),
                text(row, "source_kind"));
        long to = row.getLong("destination_id");
        var destination = to == 0
                ? null
                : new Leg(
                        to,
                        row.getLong("destination_seq"),
                        row.getLong("destination_after"),
                        row.getLong("destination_issuer_id"),
                        text(row, "destination_currency"),
                        text(row, "destination_kind"));
        return new Row(
                row.getLong("id"),
                row.getObject("request_id", UUID.class),
                row.getInt("type"),
                source,
                destination,
                row.getLong("amount_minor"),
                row.getLong("hold_id"),
                Instant.EPOCH.plus(row.getLong("recorded_at"), ChronoUnit.MICROS),
                TransactionLeaf.write(leaf, row).end());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text;
    }
}
