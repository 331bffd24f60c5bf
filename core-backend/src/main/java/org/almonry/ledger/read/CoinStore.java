package org.almonry.ledger.read;

import org.almonry.ledger.Coin;
import org.almonry.ledger.CoinKind;
import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The SQL that reads coins and issuers.
final class CoinStore {
    private static final String ISSUERS = """
            select i.id, i.key, i.name, p.closed_to
              from ledger.issuer i
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = i.id) p on true
             order by i.key
            """;

    private static final String FIND_COIN = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen, p.closed_to
              from ledger.coin c
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = c.issuer_id) p on true
             where c.issuer_id = :issuerId
               and c.currency = :currency
               and c.kind = :kind
               and c.owner = :owner
               and c.label = :label
            """;

    private static final String COINS = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen, p.closed_to
              from ledger.coin c
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = c.issuer_id) p on true
             where c.id = any (:ids)
            """;

    private static final String COINS_OF = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen, p.closed_to
              from ledger.coin c
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = c.issuer_id) p on true
             where c.owner = :owner
             order by c.id
            """;

    private static final String SEARCH = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen, p.closed_to
              from ledger.coin c
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = c.issuer_id) p on true
             where (:text = ''
                    or strpos(lower(c.name), lower(:text)) > 0
                    or strpos(c.owner, :text) > 0
                    or 'coin_' || c.id = :text)
               and (:after = 0
                    or (c.kind, c.name, c.id) > (select a.kind, a.name, a.id
                                                   from ledger.coin a
                                                  where a.id = :after))
             order by c.kind, c.name, c.id
             limit :size
            """;

    private CoinStore() {}

    static List<Issuer> issuers(Handle handle) {
        return handle.createQuery(ISSUERS)
                .map((row, context) -> new Issuer(
                        row.getLong("id"),
                        row.getString("key"),
                        row.getString("name"),
                        row.getObject("closed_to", LocalDate.class)))
                .list();
    }

    static Optional<Coin> find(
            Handle handle,
            long issuerId,
            Currency currency,
            CoinKind kind,
            String owner,
            String label) {
        return handle.createQuery(FIND_COIN)
                .bind("issuerId", issuerId)
                .bind("currency", currency.code())
                .bind("kind", kind.name())
                .bind("owner", owner)
                .bind("label", label)
                .map(CoinStore::coin)
                .findOne();
    }

    static Map<Long, Coin> coins(Handle handle, Collection<Long> ids) {
        var result = HashMap.<Long, Coin>newHashMap(ids.size());
        handle.createQuery(COINS)
                .bind("ids", ids.toArray(Long[]::new))
                .map(CoinStore::coin)
                .forEach(each -> result.put(each.id(), each));
        return result;
    }

    static List<Coin> coinsOf(Handle handle, String owner) {
        return handle.createQuery(COINS_OF)
                .bind("owner", owner)
                .map(CoinStore::coin)
                .list();
    }

    static List<Coin> search(Handle handle, String text, long after, int size) {
        return handle.createQuery(SEARCH)
                .bind("text", text)
                .bind("after", after)
                .bind("size", size)
                .map(CoinStore::coin)
                .list();
    }

    static Currency currency(ResultSet row) throws SQLException {
        return new Currency(row.getString("currency"), row.getInt("currency_scale"));
    }

    private static Coin coin(ResultSet row, StatementContext context) throws SQLException {
        return new Coin(
                row.getLong("id"),
                row.getLong("issuer_id"),
                currency(row),
                CoinKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("owner"),
                row.getString("label"),
                row.getLong("balance"),
                row.getLong("held"),
                row.getLong("credit_limit"),
                row.getLong("seq"),
                row.getBoolean("closed"),
                row.getBoolean("frozen"),
                row.getObject("closed_to", LocalDate.class));
    }
}
