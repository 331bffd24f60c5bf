package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/// The SQL that reads what coins and holds say.
final class CoinCheckStore {
    private static final String COINS = """
            select c.id, c.balance, c.seq, c.held,
                   (select coalesce(sum(h.remaining_minor), 0)
                      from ledger.hold h
                     where h.coin_id = c.id
                       and h.state = 'OPEN') as open
              from ledger.coin c
             where c.id = any (:ids)
             order by c.id
            """;

    private static final String COINS_AFTER = """
            select c.id, c.balance, c.seq, c.held,
                   (select coalesce(sum(h.remaining_minor), 0)
                      from ledger.hold h
                     where h.coin_id = c.id
                       and h.state = 'OPEN') as open
              from ledger.coin c
             where c.id > :after
             order by c.id
             limit :limit
            """;

    /// A hold that has transactions and no row shows with nothing remaining.
    private static final String HOLDS = """
            select u.id, coalesce(h.remaining_minor, 0) as remaining, coalesce(h.captured_minor, 0) as captured,
                   t.held, t.taken
              from unnest(:ids) u (id)
              left join ledger.hold h on h.id = u.id
             cross join lateral (
               select coalesce(sum(held_change), 0) as held,
                      coalesce(sum(amount_minor) filter (where type in (10, 11)), 0) as taken
                 from ledger.transaction
                where hold_id = u.id) t
             order by u.id
            """;

    private static final String LAST_COIN = "select coalesce(max(id), 0) from ledger.coin";

    private static final String SUMS = """
            select issuer_id, currency,
                   coalesce(sum(balance) filter (where kind = 'ISSUING'), 0) as issuing,
                   coalesce(sum(balance) filter (where kind <> 'ISSUING'), 0) as circulating
              from ledger.coin
             group by issuer_id, currency
             order by issuer_id, currency
            """;

    /// @param open what its open holds sum up to
    record Kept(long id, long balance, long sequence, long held, long open) {}

    record HoldSums(long id, long remaining, long captured, long held, long taken) {}

    record Sum(long issuer, String currency, BigDecimal issuing, BigDecimal circulating) {}

    private CoinCheckStore() {}

    static List<Kept> coins(Handle handle, Collection<Long> ids) {
        return handle.createQuery(COINS)
                .bind("ids", ids.toArray(Long[]::new))
                .map(CoinCheckStore::kept)
                .list();
    }

    static List<Kept> coinsAfter(Handle handle, long after, int limit) {
        return handle.createQuery(COINS_AFTER)
                .bind("after", after)
                .bind("limit", limit)
                .map(CoinCheckStore::kept)
                .list();
    }

    static List<HoldSums> holds(Handle handle, Collection<Long> ids) {
        return handle.createQuery(HOLDS)
                .bind("ids", ids.toArray(Long[]::new))
                .map((row, _) -> new HoldSums(
                        row.getLong("id"),
                        row.getLong("remaining"),
                        row.getLong("captured"),
                        row.getLong("held"),
                        row.getLong("taken")))
                .list();
    }

    static long lastCoin(Handle handle) {
        return handle.createQuery(LAST_COIN).mapTo(Long.class).one();
    }

    static List<Sum> sums(Handle handle) {
        return handle.createQuery(SUMS)
                .map((row, _) -> new Sum(
                        row.getLong("issuer_id"),
                        row.getString("currency"),
                        row.getBigDecimal("issuing"),
                        row.getBigDecimal("circulating")))
                .list();
    }

    private static Kept kept(ResultSet row, StatementContext context) throws SQLException {
        return new Kept(
                row.getLong("id"),
                row.getLong("balance"),
                row.getLong("seq"),
                row.getLong("held"),
                row.getLong("open"));
    }
}
