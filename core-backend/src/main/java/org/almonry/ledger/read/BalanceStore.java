package org.almonry.ledger.read;

import org.almonry.ledger.CoinKind;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The SQL that tells balances as of a moment, of one coin or of all, and what went between
/// coins.
final class BalanceStore {
    /// Commits grow in number, time and ids alike.
    private static final String LAST_BEFORE = """
            select coalesce((select first_transaction_id + transactions - 1
                               from ledger.batch
                              where recorded_at < :at
                              order by recorded_at desc, number desc
                              limit 1), 0)
            """;

    private static final String LAST_UP_TO = """
            select coalesce((select first_transaction_id + transactions - 1
                               from ledger.batch
                              where recorded_at <= :at
                              order by recorded_at desc, number desc
                              limit 1), 0)
            """;

    private static final String RECORDED = """
            select coalesce((select l.after
                               from ((select id, source_after as after
                                        from ledger.transaction
                                       where source_id = :coinId
                                         and id <= :upTo
                                       order by id desc
                                       limit 1)
                                      union all
                                     (select id, destination_after
                                        from ledger.transaction
                                       where destination_id = :coinId
                                         and id <= :upTo
                                       order by id desc
                                       limit 1)) l
                              order by l.id desc
                              limit 1), 0)
            """;

    /// Legs whose two dates lie on different sides of the end of a day. The expression is
    /// that of the index `backdated_span`.
    private static final String MENDED = """
            select coalesce(sum(case when effective_on <= :day then change_minor else -change_minor end), 0)
              from ledger.backdated
             where int8range(coin_id * 4194304 + (least(effective_on, recorded_on) - date '0001-01-01'),
                             coin_id * 4194304 + (greatest(effective_on, recorded_on) - date '0001-01-01'))
                   @> (:coinId * 4194304 + (:day - date '0001-01-01'))
               and transaction_id <= :known
            """;

    private static final String TRIAL_NOW = """
            select c.issuer_id, c.currency, c.currency_scale, c.kind, count(*) as coins,
                   coalesce(sum(-c.balance) filter (where c.balance < 0), 0) as debit,
                   coalesce(sum(c.balance) filter (where c.balance > 0), 0) as credit
              from ledger.coin c
             group by c.issuer_id, c.currency, c.currency_scale, c.kind
             order by c.issuer_id, c.currency, c.kind
            """;

    private static final String TRIAL_AS_OF = """
            select c.issuer_id, c.currency, c.currency_scale, c.kind, count(*) as coins,
                   coalesce(sum(-b.balance) filter (where b.balance < 0), 0) as debit,
                   coalesce(sum(b.balance) filter (where b.balance > 0), 0) as credit
              from ledger.coin c
              left join lateral (select l.after
                                   from ((select id, source_after as after
                                            from ledger.transaction
                                           where source_id = c.id
                                             and id <= :upTo
                                           order by id desc
                                           limit 1)
                                          union all
                                         (select id, destination_after
                                            from ledger.transaction
                                           where destination_id = c.id
                                             and id <= :upTo
                                           order by id desc
                                           limit 1)) l
                                  order by l.id desc
                                  limit 1) r on true
              left join (select coin_id,
                                sum(case when effective_on <= :day then change_minor
                                         else -change_minor end) as change
                           from ledger.backdated
                          where :effective
                            and ((effective_on <= :day and recorded_on > :day)
                                 or (recorded_on <= :day and effective_on > :day))
                          group by coin_id) m on m.coin_id = c.id
             cross join lateral (select coalesce(r.after, 0) + coalesce(m.change, 0) as balance) b
             where c.opened_at < :end or b.balance <> 0
             group by c.issuer_id, c.currency, c.currency_scale, c.kind
             order by c.issuer_id, c.currency, c.kind
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

    private BalanceStore() {}

    /// The newest transaction recorded before an instant; 0 if there is none.
    static long lastBefore(Handle handle, Instant at) {
        return handle.createQuery(LAST_BEFORE).bind("at", at).mapTo(Long.class).one();
    }

    /// The newest transaction recorded up to an instant, itself included.
    static long lastUpTo(Handle handle, Instant at) {
        return handle.createQuery(LAST_UP_TO).bind("at", at).mapTo(Long.class).one();
    }

    /// The newest transaction recorded up to the end of a day.
    static long lastOf(Handle handle, LocalDate day) {
        return lastBefore(handle, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /// The balance that the coin's newest row up to this transaction carries.
    static long recorded(Handle handle, long coinId, long upTo) {
        return handle.createQuery(RECORDED)
                .bind("coinId", coinId)
                .bind("upTo", upTo)
                .mapTo(Long.class)
                .one();
    }

    /// The balance by what took effect up to a day, as far as it was known with this
    /// transaction.
    static long effective(Handle handle, long coinId, LocalDate day, long known) {
        long recorded = recorded(handle, coinId, Math.min(known, lastOf(handle, day)));
        long change = handle.createQuery(MENDED)
                .bind("coinId", coinId)
                .bind("day", day)
                .bind("known", known)
                .mapTo(Long.class)
                .one();
        return Math.addExact(recorded, change);
    }

    static List<TrialRow> trial(Handle handle) {
        return handle.createQuery(TRIAL_NOW).map((row, context) -> row(row)).list();
    }

    static List<TrialRow> trial(Handle handle, LocalDate day, Basis basis) {
        return handle.createQuery(TRIAL_AS_OF)
                .bind("upTo", lastOf(handle, day))
                .bind("day", day)
                .bind("effective", basis == Basis.EFFECTIVE)
                .bind("end", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .map((row, context) -> row(row))
                .list();
    }

    static Money netBetween(Handle handle, long coinId, CoinKind otherKind) {
        return handle.createQuery(NET_BETWEEN)
                .bind("coinId", coinId)
                .bind("otherKind", otherKind.name())
                .map((row, context) -> new Money(
                        row.getBigDecimal("net").longValueExact(), CoinStore.currency(row)))
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
                        new Money(
                                row.getBigDecimal("net").longValueExact(),
                                CoinStore.currency(row))))
                .forEach(day -> result.put(day.getKey(), day.getValue()));
        return result;
    }

    private static TrialRow row(ResultSet row) throws SQLException {
        var currency = CoinStore.currency(row);
        return new TrialRow(
                row.getLong("issuer_id"),
                CoinKind.valueOf(row.getString("kind")),
                row.getLong("coins"),
                new Money(row.getBigDecimal("debit").longValueExact(), currency),
                new Money(row.getBigDecimal("credit").longValueExact(), currency));
    }
}
