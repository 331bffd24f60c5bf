package org.almonry.ledger.read;

import org.almonry.ledger.Hold;
import org.almonry.ledger.TransactionType;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The SQL that reads holds.
final class HoldStore {
    private static final String ONE = """
            select h.id, h.type, h.coin_id, c.name, h.destination_id, coalesce(d.name, '') as destination_name,
                   h.amount_minor, h.remaining_minor, h.captured_minor, h.state, h.expires_at,
                   h.opened_at, h.resolved_at, t.process_id, c.currency, c.currency_scale
              from ledger.hold h
              join ledger.coin c on c.id = h.coin_id
              join ledger.transaction t on t.id = h.id
              left join ledger.coin d on d.id = h.destination_id
             where h.id = :id
            """;

    private static final String PAGE = """
            select h.id, h.type, h.coin_id, c.name, h.destination_id, coalesce(d.name, '') as destination_name,
                   h.amount_minor, h.remaining_minor, h.captured_minor, h.state, h.expires_at,
                   h.opened_at, h.resolved_at, t.process_id, c.currency, c.currency_scale
              from ledger.hold h
              join ledger.coin c on c.id = h.coin_id
              join ledger.transaction t on t.id = h.id
              left join ledger.coin d on d.id = h.destination_id
             where h.id < :beforeId
               and (:state = '' or h.state = :state)
             order by h.id desc
             limit :size
            """;

    private static final String PAGE_OF_COIN = """
            select h.id, h.type, h.coin_id, c.name, h.destination_id, coalesce(d.name, '') as destination_name,
                   h.amount_minor, h.remaining_minor, h.captured_minor, h.state, h.expires_at,
                   h.opened_at, h.resolved_at, t.process_id, c.currency, c.currency_scale
              from ledger.hold h
              join ledger.coin c on c.id = h.coin_id
              join ledger.transaction t on t.id = h.id
              left join ledger.coin d on d.id = h.destination_id
             where h.coin_id = :coinId
               and h.id < :beforeId
               and (:state = '' or h.state = :state)
             order by h.id desc
             limit :size
            """;

    private static final String COINS = """
            select id, coin_id
              from ledger.hold
             where id = any (:ids)
            """;

    private HoldStore() {}

    static Map<Long, Long> coins(Handle handle, Collection<Long> ids) {
        var result = new HashMap<Long, Long>();
        handle.createQuery(COINS)
                .bind("ids", ids.toArray(Long[]::new))
                .map((row, context) -> Map.entry(row.getLong("id"), row.getLong("coin_id")))
                .forEach(each -> result.put(each.getKey(), each.getValue()));
        return result;
    }

    static Optional<HeldAmount> find(Handle handle, long id) {
        return handle.createQuery(ONE).bind("id", id).map(HoldStore::hold).findOne();
    }

    static List<HeldAmount> page(
            Handle handle, long coinId, Hold.@Nullable State state, long before, int size) {
        var query = handle.createQuery(coinId == 0 ? PAGE : PAGE_OF_COIN)
                .bind("state", state == null ? "" : state.name())
                .bind("beforeId", before)
                .bind("size", size);
        if (coinId != 0) {
            query.bind("coinId", coinId);
        }
        return query.map(HoldStore::hold).list();
    }

    private static HeldAmount hold(ResultSet row, StatementContext context) throws SQLException {
        var currency = CoinStore.currency(row);
        return new HeldAmount(
                row.getLong("id"),
                TransactionType.of(row.getInt("type")),
                row.getLong("coin_id"),
                row.getString("name"),
                row.getLong("destination_id"),
                row.getString("destination_name"),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("remaining_minor"), currency),
                new Money(row.getLong("captured_minor"), currency),
                Hold.State.valueOf(row.getString("state")),
                JournalStore.instant(row, "expires_at"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                JournalStore.instant(row, "resolved_at"),
                JournalStore.process(row));
    }
}
