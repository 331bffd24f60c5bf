package org.almonry.ledger.postgres;

import org.almonry.ledger.Coin;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.NewCoin;
import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Coins as they are stored; shared by those who write and those who read.
public final class CoinRows {
    private static final String BY_IDS = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen,
                   (select max(p.closed_to) from ledger.period p where p.issuer_id = c.issuer_id) as closed_to
              from ledger.coin c
             where c.id = any (:ids)
            """;

    private static final String BY_NAME = """
            select c.id, c.issuer_id, c.currency, c.currency_scale, c.kind, c.name, c.owner, c.label,
                   c.balance, c.held, c.credit_limit, c.seq, c.closed_at is not null as closed,
                   c.frozen_at is not null as frozen,
                   (select max(p.closed_to) from ledger.period p where p.issuer_id = c.issuer_id) as closed_to
              from ledger.coin c
             where c.issuer_id = :issuerId
               and c.currency = :currency
               and c.kind = :kind
               and c.owner = :owner
               and c.label = :label
            """;

    private CoinRows() {}

    /// The coins of these ids that exist.
    public static List<Coin> find(Handle handle, Collection<Long> ids) {
        return handle.createQuery(BY_IDS)
                .bind("ids", ids.toArray(Long[]::new))
                .map(CoinRows::coin)
                .list();
    }

    /// The coin that has this name.
    public static Optional<Coin> find(Handle handle, NewCoin.Key coin) {
        return handle.createQuery(BY_NAME)
                .bind("issuerId", coin.issuerId())
                .bind("currency", coin.currency())
                .bind("kind", coin.kind().name())
                .bind("owner", coin.owner())
                .bind("label", coin.label())
                .map(CoinRows::coin)
                .findOne();
    }

    /// One coin from the columns that the queries here name.
    public static Coin coin(ResultSet row, StatementContext context) throws SQLException {
        return new Coin(
                row.getLong("id"),
                row.getLong("issuer_id"),
                new Currency(row.getString("currency"), row.getInt("currency_scale")),
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
