package org.almonry.ledger.export;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.TransactionType;
import org.almonry.money.Currency;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The SQL of exports: accounts with their balances at both ends, and the lines between, by
/// date of effect.
final class ExportStore {
    /// Rows that the database hands over at a time; the file is written as it is read.
    private static final int FETCH_SIZE = 2_000;

    private static final String FIRST_DAY = """
            select least((select min(effective_on) from ledger.backdated),
                         (select (recorded_at at time zone 'UTC')::date
                            from ledger.batch
                           where number = 1))
            """;

    private static final String LAST_DAY = """
            select greatest((select max(effective_on) from ledger.backdated),
                            (select (recorded_at at time zone 'UTC')::date
                               from ledger.head
                              where shard = 0 and batch_number > 0))
            """;

    private static final String LAST_BEFORE = """
            select coalesce((select first_transaction_id + transactions - 1
                               from ledger.batch
                              where recorded_at < :end
                              order by recorded_at desc, number desc
                              limit 1), 0)
            """;

    /// Balances by date of effect before the first and after the last day.
    private static final String ACCOUNTS = """
            select c.id, i.key, c.currency, c.currency_scale, c.kind, c.owner, c.name,
                   coalesce(o.after, 0) + coalesce(m.opening, 0) as opening,
                   coalesce(e.after, 0) + coalesce(m.closing, 0) as closing
              from ledger.coin c
              join ledger.issuer i on i.id = c.issuer_id
              left join lateral (select l.after
                                   from ((select id, source_after as after
                                            from ledger.transaction
                                           where source_id = c.id
                                             and id < :firstId
                                           order by id desc
                                           limit 1)
                                          union all
                                         (select id, destination_after
                                            from ledger.transaction
                                           where destination_id = c.id
                                             and id < :firstId
                                           order by id desc
                                           limit 1)) l
                                  order by l.id desc
                                  limit 1) o on true
              left join lateral (select l.after
                                   from ((select id, source_after as after
                                            from ledger.transaction
                                           where source_id = c.id
                                             and id <= :lastId
                                           order by id desc
                                           limit 1)
                                          union all
                                         (select id, destination_after
                                            from ledger.transaction
                                           where destination_id = c.id
                                             and id <= :lastId
                                           order by id desc
                                           limit 1)) l
                                  order by l.id desc
                                  limit 1) e on true
              left join (select coin_id,
                                sum(case when effective_on < :from and recorded_on >= :from then change_minor
                                         when recorded_on < :from and effective_on >= :from then -change_minor
                                         else 0 end) as opening,
                                sum(case when effective_on <= :to and recorded_on > :to then change_minor
                                         when recorded_on <= :to and effective_on > :to then -change_minor
                                         else 0 end) as closing
                           from ledger.backdated
                          group by coin_id) m on m.coin_id = c.id
             where (:issuer = '' or i.key = :issuer)
             order by i.key, c.currency, c.kind, c.id
            """;

    private static final String LINES = """
            select t.id, t.type, t.source_id, t.destination_id, t.amount_minor, t.effective_on,
                   t.recorded_at, t.request_id, t.process_id, t.corrects
              from ledger.transaction t
             where t.id between :firstId and :lastId
               and t.destination_id is not null
               and t.effective_on = (t.recorded_at at time zone 'UTC')::date
             union all
            select t.id, t.type, t.source_id, t.destination_id, t.amount_minor, t.effective_on,
                   t.recorded_at, t.request_id, t.process_id, t.corrects
              from (select distinct transaction_id
                      from ledger.backdated
                     where effective_on between :from and :to) b
              join ledger.transaction t on t.id = b.transaction_id
             order by effective_on, id
            """;

    private ExportStore() {}

    interface Sink {
        void take(Line line);
    }

    /// The first day on which anything took effect; null in empty books.
    static @Nullable LocalDate firstDay(Handle handle) {
        return handle.createQuery(FIRST_DAY).mapTo(LocalDate.class).findOne().orElse(null);
    }

    static @Nullable LocalDate lastDay(Handle handle) {
        return handle.createQuery(LAST_DAY).mapTo(LocalDate.class).findOne().orElse(null);
    }

    /// Accounts of an issuer (empty: of all) by coin.
    static Map<Long, Account> accounts(
            Handle handle, LocalDate from, LocalDate to, String issuerKey) {
        var result = new LinkedHashMap<Long, Account>();
        handle.createQuery(ACCOUNTS)
                .setFetchSize(FETCH_SIZE)
                .bind("firstId", lastBefore(handle, from) + 1)
                .bind("lastId", lastBefore(handle, to.plusDays(1)))
                .bind("from", from)
                .bind("to", to)
                .bind("issuer", issuerKey)
                .map((row, context) -> account(row))
                .forEach(each -> result.put(each.coinId(), each));
        return result;
    }

    /// The lines whose coins are among these accounts, by date of effect.
    static void lines(
            Handle handle, LocalDate from, LocalDate to, Map<Long, Account> accounts, Sink sink) {
        handle.createQuery(LINES)
                .setFetchSize(FETCH_SIZE)
                .bind("firstId", lastBefore(handle, from) + 1)
                .bind("lastId", lastBefore(handle, to.plusDays(1)))
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> {
                    if (accounts.containsKey(row.getLong("source_id"))) {
                        sink.take(line(row, accounts));
                    }
                    return true;
                })
                .useStream(rows -> rows.forEach(_ -> {}));
    }

    private static long lastBefore(Handle handle, LocalDate day) {
        return handle.createQuery(LAST_BEFORE)
                .bind("end", day.atStartOfDay(ZoneOffset.UTC).toInstant())
                .mapTo(Long.class)
                .one();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("key"),
                new Currency(row.getString("currency"), row.getInt("currency_scale")),
                CoinKind.valueOf(row.getString("kind")),
                row.getString("owner"),
                row.getString("name"),
                row.getBigDecimal("opening").longValueExact(),
                row.getBigDecimal("closing").longValueExact());
    }

    private static Line line(ResultSet row, Map<Long, Account> accounts) throws SQLException {
        var process = row.getObject("process_id", UUID.class);
        return new Line(
                row.getLong("id"),
                TransactionType.of(row.getInt("type")),
                requireNonNull(accounts.get(row.getLong("source_id"))),
                requireNonNull(accounts.get(row.getLong("destination_id"))),
                row.getLong("amount_minor"),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("request_id", UUID.class),
                process == null ? "" : Ids.text("prc", process),
                row.getLong("corrects"));
    }
}
