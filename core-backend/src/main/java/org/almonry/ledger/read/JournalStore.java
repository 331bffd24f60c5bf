package org.almonry.ledger.read;

import org.almonry.ledger.TransactionType;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The SQL that finds transactions.
final class JournalStore {
    private static final String BY_IDS = """
            select t.id, t.type, t.source_id, t.destination_id, t.amount_minor, t.source_seq, t.source_after,
                   t.destination_seq, t.destination_after, t.held_change, t.hold_id, t.corrects,
                   c.transaction_id as corrected_by, t.expires_at, t.request_id, t.process_id,
                   t.effective_on, t.recorded_at
              from ledger.transaction t
              left join ledger.correction c on c.corrected_id = t.id
             where t.id = any (:ids)
             order by t.id
            """;

    private static final String OF_PROCESS = """
            select id
              from ledger.transaction
             where process_id = :processId
            """;

    private static final String OF_HOLD = """
            select id
              from ledger.transaction
             where hold_id = :hold
            """;

    /// The rows of a request follow one another.
    private static final String OF_REQUEST = """
            select t.id
              from ledger.request r
              join ledger.transaction t on t.id >= r.first_transaction_id
                                       and t.id < r.first_transaction_id + r.transactions
             where r.id = :request
            """;

    private static final String BY_AMOUNT = """
            select t.id
              from ledger.transaction t
              join ledger.coin s on s.id = t.source_id and s.currency = :currency
             where t.id >= :from
               and t.id < :before
               and t.amount_minor = :minor
             order by t.id desc
             limit :size
            """;

    private static final String BY_AMOUNT_OF_COIN = """
            select f.id
              from ((select id from ledger.transaction
                      where source_id = :coinId and id >= :from and id < :before
                        and amount_minor = :minor
                      order by id desc
                      limit :size)
                     union all
                    (select id from ledger.transaction
                      where destination_id = :coinId and id >= :from and id < :before
                        and amount_minor = :minor
                      order by id desc
                      limit :size)) f
             order by f.id desc
             limit :size
            """;

    private static final String NEWEST = """
            select last_transaction_id
              from ledger.head
             where shard = 0
            """;

    private static final String RECORDED_AT = """
            select recorded_at
              from ledger.transaction
             where id = :id
            """;

    private static final String HEAD = """
            select h.batch_number, h.last_transaction_id, h.recorded_at, encode(h.chain, 'hex') as chain,
                   h.owner, h.epoch,
                   (select count(*) from ledger.coin) as coins,
                   (select count(*) from ledger.hold where state = 'OPEN') as open_holds
              from ledger.head h
             where h.shard = 0
            """;

    private JournalStore() {}

    static List<Transaction> byIds(Handle handle, Collection<Long> ids) {
        return handle.createQuery(BY_IDS)
                .bind("ids", ids.toArray(Long[]::new))
                .map(JournalStore::transaction)
                .list();
    }

    static List<Transaction> ofProcess(Handle handle, String processId) {
        return found(handle, handle.createQuery(OF_PROCESS).bind("processId", Ids.uuid(processId)));
    }

    static List<Transaction> ofHold(Handle handle, long hold) {
        return found(handle, handle.createQuery(OF_HOLD).bind("hold", hold));
    }

    static List<Transaction> ofRequest(Handle handle, UUID request) {
        return found(handle, handle.createQuery(OF_REQUEST).bind("request", request));
    }

    /// Newest first.
    static List<Transaction> byAmount(
            Handle handle, String currency, long minor, long from, long before, int size) {
        return found(
                        handle,
                        handle.createQuery(BY_AMOUNT)
                                .bind("currency", currency)
                                .bind("minor", minor)
                                .bind("from", from)
                                .bind("before", before)
                                .bind("size", size))
                .reversed();
    }

    /// Newest first.
    static List<Transaction> byAmountOfCoin(
            Handle handle, long coinId, long minor, long from, long before, int size) {
        return found(
                        handle,
                        handle.createQuery(BY_AMOUNT_OF_COIN)
                                .bind("coinId", coinId)
                                .bind("minor", minor)
                                .bind("from", from)
                                .bind("before", before)
                                .bind("size", size))
                .reversed();
    }

    /// The transactions of the ids that a query names.
    private static List<Transaction> found(Handle handle, Query ids) {
        return byIds(handle, ids.mapTo(Long.class).list());
    }

    static long newest(Handle handle) {
        return handle.createQuery(NEWEST).mapTo(Long.class).one();
    }

    static Optional<Instant> recordedAt(Handle handle, long id) {
        return handle.createQuery(RECORDED_AT)
                .bind("id", id)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    static Head head(Handle handle) {
        return handle.createQuery(HEAD)
                .map((row, context) -> new Head(
                        row.getLong("batch_number"),
                        row.getLong("last_transaction_id"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("chain"),
                        row.getString("owner"),
                        row.getLong("epoch"),
                        row.getLong("coins"),
                        row.getLong("open_holds")))
                .one();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable String process(ResultSet row) throws SQLException {
        var value = row.getObject("process_id", UUID.class);
        return value == null ? null : Ids.text("prc", value);
    }

    private static Transaction transaction(ResultSet row, StatementContext context)
            throws SQLException {
        return new Transaction(
                row.getLong("id"),
                TransactionType.of(row.getInt("type")),
                row.getLong("source_id"),
                row.getLong("destination_id"),
                row.getLong("amount_minor"),
                row.getLong("source_seq"),
                row.getLong("source_after"),
                row.getLong("destination_seq"),
                row.getLong("destination_after"),
                row.getLong("held_change"),
                row.getLong("hold_id"),
                row.getLong("corrects"),
                row.getLong("corrected_by"),
                instant(row, "expires_at"),
                row.getObject("request_id", UUID.class),
                process(row),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
