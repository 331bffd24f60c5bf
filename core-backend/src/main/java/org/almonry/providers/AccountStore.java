package org.almonry.providers;

import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// SQL of the account register.
final class AccountStore {
    private static final String ENSURE = """
        insert into providers.account
          (id, provider, identification, bic, holder, currency, issuer_id, created_at)
        values (:id, :provider, :identification, :bic, :holder, :currency, :issuer, :at)
        on conflict (identification, currency) do update
           set provider = excluded.provider, bic = excluded.bic, holder = excluded.holder
        returning id, issuer_id, incoming_coin is not null as has_coins
        """;

    private static final String SET_COINS = """
        update providers.account
           set incoming_coin = :incoming, issuing_coin = :issuing
         where id = :id and incoming_coin is null
        """;

    private static final String ALL = """
        select id, provider, identification, bic, holder, currency, issuer_id,
               incoming_coin, issuing_coin
          from providers.account
         where incoming_coin is not null
         order by id
        """;

    private static final String BY_ID = """
        select id, provider, identification, bic, holder, currency, issuer_id,
               incoming_coin, issuing_coin
          from providers.account
         where id = :id and incoming_coin is not null
        """;

    private static final String BY_IDENTIFICATION = """
        select id, provider, identification, bic, holder, currency, issuer_id,
               incoming_coin, issuing_coin
          from providers.account
         where identification = :identification
           and currency = :currency
           and incoming_coin is not null
        """;

    private static final String FOR_CURRENCY = """
        select id, provider, identification, bic, holder, currency, issuer_id,
               incoming_coin, issuing_coin
          from providers.account
         where issuer_id = :issuer and currency = :currency and incoming_coin is not null
         order by id
         limit 1
        """;

    private AccountStore() {}

    /// A row as far as it is filled in.
    record Row(String id, long issuerId, boolean hasCoins) {}

    static Row ensure(Handle handle, String id, NewAccount account, long issuerId, Instant at) {
        return handle.createQuery(ENSURE)
                .bind("id", id)
                .bind("provider", account.provider())
                .bind("identification", account.identification())
                .bind("bic", account.bic())
                .bind("holder", account.holder())
                .bind("currency", account.currency().code())
                .bind("issuer", issuerId)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Row(
                        row.getString("id"), row.getLong("issuer_id"), row.getBoolean("has_coins")))
                .one();
    }

    static void setCoins(Handle handle, String id, long incoming, long issuing) {
        handle.createUpdate(SET_COINS)
                .bind("id", id)
                .bind("incoming", incoming)
                .bind("issuing", issuing)
                .execute();
    }

    static List<Account> all(Handle handle) {
        return handle.createQuery(ALL).map(AccountStore::account).list();
    }

    static Optional<Account> byId(Handle handle, String id) {
        return handle.createQuery(BY_ID)
                .bind("id", id)
                .map(AccountStore::account)
                .findOne();
    }

    static Optional<Account> byIdentification(
            Handle handle, String identification, String currency) {
        return handle.createQuery(BY_IDENTIFICATION)
                .bind("identification", identification)
                .bind("currency", currency)
                .map(AccountStore::account)
                .findOne();
    }

    static Optional<Account> forCurrency(Handle handle, long issuerId, String currency) {
        return handle.createQuery(FOR_CURRENCY)
                .bind("issuer", issuerId)
                .bind("currency", currency)
                .map(AccountStore::account)
                .findOne();
    }

    private static Account account(ResultSet row, StatementContext context) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("provider"),
                row.getString("identification"),
                row.getString("bic"),
                row.getString("holder"),
                Currency.of(row.getString("currency")),
                row.getLong("issuer_id"),
                row.getLong("incoming_coin"),
                row.getLong("issuing_coin"));
    }
}
