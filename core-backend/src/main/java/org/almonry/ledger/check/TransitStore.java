package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The SQL that reads what is on transit coins.
final class TransitStore {
    private static final String COINS = """
            select id
              from ledger.coin
             where kind = 'TRANSIT'
               and balance <> 0
             order by id
             limit :limit
            """;

    /// What the newest entries of a coin leave on it, per process, or per request if there
    /// is none.
    private static final String LEFT = """
            select coalesce(process_id, request_id) as id, sum(change) as net, max(recorded_at) as last
              from ((select process_id, request_id, recorded_at, -amount_minor as change
                       from ledger.transaction
                      where source_id = :coin
                        and destination_id is not null
                      order by id desc
                      limit :entries)
                    union all
                    (select process_id, request_id, recorded_at, amount_minor
                       from ledger.transaction
                      where destination_id = :coin
                      order by id desc
                      limit :entries)) e
             group by 1
            having sum(change) <> 0
             order by 3 desc
             limit :limit
            """;

    private static final String OF_PROCESSES = """
            select process_id as id,
                   sum(case when destination_id = :coin then amount_minor else -amount_minor end) as net,
                   max(recorded_at) as last
              from ledger.transaction
             where process_id = any (:ids)
               and destination_id is not null
               and (source_id = :coin or destination_id = :coin)
             group by process_id
            having sum(case when destination_id = :coin then amount_minor else -amount_minor end) <> 0
             order by process_id
            """;

    private static final String OF_REQUESTS = """
            select r.id, t.net, t.last
              from ledger.request r
             cross join lateral (
               select sum(case when destination_id = :coin then amount_minor else -amount_minor end) as net,
                      max(recorded_at) as last
                 from ledger.transaction
                where id >= r.first_transaction_id
                  and id < r.first_transaction_id + r.transactions
                  and process_id is null
                  and destination_id is not null
                  and (source_id = :coin or destination_id = :coin)) t
             where r.id = any (:ids)
               and t.net <> 0
             order by r.id
            """;

    /// What a process or request leaves on a coin, and when it touched it last.
    record Rest(UUID id, long net, Instant last) {}

    private TransitStore() {}

    static List<Long> coins(Handle handle, int limit) {
        return handle.createQuery(COINS).bind("limit", limit).mapTo(Long.class).list();
    }

    static List<Rest> left(Handle handle, long coin, int entries, int limit) {
        return handle.createQuery(LEFT)
                .bind("coin", coin)
                .bind("entries", entries)
                .bind("limit", limit)
                .map(TransitStore::rest)
                .list();
    }

    static List<Rest> ofProcesses(Handle handle, long coin, Collection<UUID> ids) {
        return rests(handle, OF_PROCESSES, coin, ids);
    }

    static List<Rest> ofRequests(Handle handle, long coin, Collection<UUID> ids) {
        return rests(handle, OF_REQUESTS, coin, ids);
    }

    private static List<Rest> rests(Handle handle, String sql, long coin, Collection<UUID> ids) {
        return handle.createQuery(sql)
                .bind("coin", coin)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(TransitStore::rest)
                .list();
    }

    private static Rest rest(ResultSet row, StatementContext context) throws SQLException {
        return new Rest(
                row.getObject("id", UUID.class),
                row.getLong("net"),
                row.getObject("last", OffsetDateTime.class).toInstant());
    }
}
