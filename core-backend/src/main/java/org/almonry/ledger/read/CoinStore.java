package org.almonry.ledger.read;

import org.almonry.ledger.Coin;
import org.almonry.ledger.postgres.CoinRows;
import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/// The SQL that lists coins and issuers.
final class CoinStore {
    private static final String ISSUERS = """
            select i.id, i.key, i.name, p.closed_to
              from ledger.issuer i
              left join lateral (select max(closed_to) as closed_to
                                   from ledger.period
                                  where issuer_id = i.id) p on true
             order by i.key
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

    static List<Coin> coinsOf(Handle handle, String owner) {
        return handle.createQuery(COINS_OF)
                .bind("owner", owner)
                .map(CoinRows::coin)
                .list();
    }

    static List<Coin> search(Handle handle, String text, long after, int size) {
        return handle.createQuery(SEARCH)
                .bind("text", text)
                .bind("after", after)
                .bind("size", size)
                .map(CoinRows::coin)
                .list();
    }

    static Currency currency(ResultSet row) throws SQLException {
        return new Currency(row.getString("currency"), row.getInt("currency_scale"));
    }
}
