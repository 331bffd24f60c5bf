package org.almonry.ledger;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// The SQL that opens and reads coins and transactions. What the writer does is in
/// [BatchStore].
final class LedgerStore {
    private static final String ENSURE_ISSUER = """
            insert into ledger.issuer (key, name, opened_at)
            values (:key, :name, :at)
            on conflict (key) do nothing
            """;

    private static final String ISSUER = """
            select id
              from ledger.issuer
             where key = :key
            """;

    private static final String ISSUER_NAMES = """
            select id, name
              from ledger.issuer
            """;

    private static final String ENSURE_COIN = """
            insert into ledger.coin
                   (issuer_id, currency, currency_scale, kind, name, owner, opened_at)
            values (:issuerId, :currency, :scale, :kind, :name, :owner, :at)
            on conflict (issuer_id, currency, kind, owner) do nothing
            """;

    /// Only an empty coin closes; the writer learns of it by the database's check of its
    /// next batch.
    private static final String CLOSE_COIN = """
            update ledger.coin
               set closed_at = :at
             where id = :id
               and closed_at is null
               and balance = 0
               and held = 0
            """;

    private static final String FIND_COIN = """
            select id, issuer_id, currency, currency_scale, kind, name, owner,
                   balance, held, credit_limit, seq, closed_at is not null as closed
              from ledger.coin
             where issuer_id = :issuerId
               and currency = :currency
               and kind = :kind
               and owner = :owner
            """;

    private static final String COINS = """
            select id, issuer_id, currency, currency_scale, kind, name, owner,
                   balance, held, credit_limit, seq, closed_at is not null as closed
              from ledger.coin
             where id = any (:ids)
            """;

    private static final String COINS_OF = """
            select id, issuer_id, currency, currency_scale, kind, name, owner,
                   balance, held, credit_limit, seq, closed_at is not null as closed
              from ledger.coin
             where owner = :owner
             order by id
            """;

    private static final String SEARCH = """
            select id, issuer_id, currency, currency_scale, kind, name, owner,
                   balance, held, credit_limit, seq, closed_at is not null as closed
              from ledger.coin
             where (:text = ''
                    or strpos(lower(name), lower(:text)) > 0
                    or strpos(owner, :text) > 0
                    or 'coin_' || id = :text)
               and (:after = 0
                    or (kind, name, id) > (select a.kind, a.name, a.id
                                             from ledger.coin a
                                            where a.id = :after))
             order by kind, name, id
             limit :size
            """;

    private static final String ENTRIES = """
            select e.coin_id, e.seq, e.transaction_id, e.type, e.other_coin_id, o.name as other_name,
                   e.amount_minor, e.balance_after, o.currency, o.currency_scale,
                   e.process_id, e.effective_on, e.recorded_at
              from ((select source_id as coin_id, source_seq as seq, id as transaction_id, type,
                            destination_id as other_coin_id, -amount_minor as amount_minor,
                            source_after as balance_after, process_id, effective_on, recorded_at
                       from ledger.transaction
                      where source_id = :coinId
                        and id < :beforeId
                      order by id desc
                      limit :size)
                     union all
                    (select destination_id, destination_seq, id, type, source_id, amount_minor,
                            destination_after, process_id, effective_on, recorded_at
                       from ledger.transaction
                      where destination_id = :coinId
                        and id < :beforeId
                      order by id desc
                      limit :size)) e
              join ledger.coin o on o.id = e.other_coin_id
             order by e.transaction_id desc
             limit :size
            """;

    private static final String TRANSACTION = """
            select id, type, source_id, destination_id, amount_minor, source_seq, source_after,
                   destination_seq, destination_after, request_id, process_id, effective_on, recorded_at
              from ledger.transaction
             where id = :id
            """;

    private static final String TRANSACTIONS_OF = """
            select id, type, source_id, destination_id, amount_minor, source_seq, source_after,
                   destination_seq, destination_after, request_id, process_id, effective_on, recorded_at
              from ledger.transaction
             where process_id = :processId
             order by id
            """;

    private static final String NET_BETWEEN = """
            select coalesce((select sum(t.amount_minor)
                               from ledger.transaction t
                               join ledger.coin o on o.id = t.source_id
                              where t.destination_id = c.id and o.kind = :otherKind), 0)
                   - coalesce((select sum(t.amount_minor)
                                 from ledger.transaction t
                                 join ledger.coin o on o.id = t.destination_id
                                where t.source_id = c.id and o.kind = :otherKind), 0) as net,
                   c.currency, c.currency_scale
              from ledger.coin c
             where c.id = :coinId
            """;

    private static final String NET_PER_DAY = """
            select m.effective_on, sum(m.amount) as net, c.currency, c.currency_scale
              from (select t.effective_on, t.destination_id as coin_id, t.source_id as other_id,
                           t.amount_minor as amount
                      from ledger.transaction t
                     where t.destination_id = :coinId
                    union all
                    select t.effective_on, t.source_id, t.destination_id, -t.amount_minor
                      from ledger.transaction t
                     where t.source_id = :coinId) m
              join ledger.coin o on o.id = m.other_id and o.kind = :otherKind
              join ledger.coin c on c.id = m.coin_id
             where m.effective_on >= :from
             group by m.effective_on, c.currency, c.currency_scale
            """;

    private LedgerStore() {}

    static long openIssuer(Handle handle, String key, String name, Instant at) {
        handle.createUpdate(ENSURE_ISSUER)
                .bind("key", key)
                .bind("name", name)
                .bind("at", at)
                .execute();
        return handle.createQuery(ISSUER).bind("key", key).mapTo(Long.class).one();
    }

    static Map<Long, String> issuerNames(Handle handle) {
        var result = new HashMap<Long, String>();
        handle.createQuery(ISSUER_NAMES)
                .map((row, context) -> Map.entry(row.getLong("id"), row.getString("name")))
                .forEach(each -> result.put(each.getKey(), each.getValue()));
        return result;
    }

    static Coin openCoin(Handle handle, NewCoin coin, Instant at) {
        handle.createUpdate(ENSURE_COIN)
                .bind("issuerId", coin.issuerId())
                .bind("currency", coin.currency().code())
                .bind("scale", coin.currency().scale())
                .bind("kind", coin.kind().name())
                .bind("name", coin.name())
                .bind("owner", coin.owner())
                .bind("at", at)
                .execute();
        return findCoin(handle, coin.issuerId(), coin.currency(), coin.kind(), coin.owner())
                .orElseThrow();
    }

    static boolean closeCoin(Handle handle, long id, Instant at) {
        return handle.createUpdate(CLOSE_COIN).bind("id", id).bind("at", at).execute() == 1;
    }

    static Optional<Coin> findCoin(
            Handle handle, long issuerId, Currency currency, CoinKind kind, String owner) {
        return handle.createQuery(FIND_COIN)
                .bind("issuerId", issuerId)
                .bind("currency", currency.code())
                .bind("kind", kind.name())
                .bind("owner", owner)
                .map(LedgerStore::coin)
                .findOne();
    }

    static Map<Long, Coin> coins(Handle handle, Collection<Long> ids) {
        var result = HashMap.<Long, Coin>newHashMap(ids.size());
        handle.createQuery(COINS)
                .bind("ids", ids.toArray(Long[]::new))
                .map(LedgerStore::coin)
                .forEach(each -> result.put(each.id(), each));
        return result;
    }

    static List<Coin> coinsOf(Handle handle, String owner) {
        return handle.createQuery(COINS_OF)
                .bind("owner", owner)
                .map(LedgerStore::coin)
                .list();
    }

    static List<Coin> search(Handle handle, String text, long after, int size) {
        return handle.createQuery(SEARCH)
                .bind("text", text)
                .bind("after", after)
                .bind("size", size)
                .map(LedgerStore::coin)
                .list();
    }

    static List<Entry> entries(Handle handle, long coinId, long beforeId, int size) {
        return handle.createQuery(ENTRIES)
                .bind("coinId", coinId)
                .bind("beforeId", beforeId)
                .bind("size", size)
                .map(LedgerStore::entry)
                .list();
    }

    static Optional<Transaction> transaction(Handle handle, long id) {
        return handle.createQuery(TRANSACTION)
                .bind("id", id)
                .map(LedgerStore::transaction)
                .findOne();
    }

    static List<Transaction> transactionsOf(Handle handle, String processId) {
        return handle.createQuery(TRANSACTIONS_OF)
                .bind("processId", Ids.uuid(processId))
                .map(LedgerStore::transaction)
                .list();
    }

    static Money netBetween(Handle handle, long coinId, CoinKind otherKind) {
        return handle.createQuery(NET_BETWEEN)
                .bind("coinId", coinId)
                .bind("otherKind", otherKind.name())
                .map((row, context) ->
                        new Money(row.getBigDecimal("net").longValueExact(), currency(row)))
                .one();
    }

    static SortedMap<LocalDate, Money> netPerDay(
            Handle handle, long coinId, CoinKind otherKind, LocalDate from) {
        var result = new TreeMap<LocalDate, Money>();
        handle.createQuery(NET_PER_DAY)
                .bind("coinId", coinId)
                .bind("otherKind", otherKind.name())
                .bind("from", from)
                .map((row, context) -> Map.entry(
                        row.getObject("effective_on", LocalDate.class),
                        new Money(row.getBigDecimal("net").longValueExact(), currency(row))))
                .forEach(day -> result.put(day.getKey(), day.getValue()));
        return result;
    }

    static Coin coin(ResultSet row, StatementContext context) throws SQLException {
        return new Coin(
                row.getLong("id"),
                row.getLong("issuer_id"),
                currency(row),
                CoinKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("owner"),
                row.getLong("balance"),
                row.getLong("held"),
                row.getLong("credit_limit"),
                row.getLong("seq"),
                row.getBoolean("closed"));
    }

    private static Currency currency(ResultSet row) throws SQLException {
        return new Currency(row.getString("currency"), row.getInt("currency_scale"));
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        var currency = currency(row);
        return new Entry(
                row.getLong("transaction_id"),
                TransactionType.of(row.getInt("type")),
                row.getLong("coin_id"),
                row.getLong("other_coin_id"),
                row.getString("other_name"),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("balance_after"), currency),
                row.getLong("seq"),
                Ids.text("prc", row.getObject("process_id", UUID.class)),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
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
                row.getObject("request_id", UUID.class),
                Ids.text("prc", row.getObject("process_id", UUID.class)),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
