package org.almonry.ledger.read;

import org.almonry.ledger.TransactionType;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The SQL of statements: the entries of one coin, newest first, by either date.
final class StatementStore {
    private static final String BY_RECORDED = """
            select e.seq, e.transaction_id, e.type, e.other_coin_id, coalesce(o.name, '') as other_name,
                   e.amount_minor, e.balance_after, e.held_change, e.hold_id, e.corrects,
                   c.id as coin_id, c.currency, c.currency_scale,
                   e.request_id, e.process_id, e.effective_on, e.recorded_at
              from ((select source_seq as seq, id as transaction_id, type, destination_id as other_coin_id,
                            case when destination_id is null then 0 else -amount_minor end as amount_minor,
                            source_after as balance_after, held_change, hold_id, corrects,
                            request_id, process_id, effective_on, recorded_at
                       from ledger.transaction
                      where source_id = :coinId
                        and id < :beforeId
                        and id >= :fromId
                      order by id desc
                      limit :size)
                     union all
                    (select destination_seq, id, type, source_id, amount_minor, destination_after,
                            null, hold_id, corrects, request_id, process_id, effective_on, recorded_at
                       from ledger.transaction
                      where destination_id = :coinId
                        and id < :beforeId
                        and id >= :fromId
                      order by id desc
                      limit :size)) e
              join ledger.coin c on c.id = :coinId
              left join ledger.coin o on o.id = e.other_coin_id
             order by e.transaction_id desc
             limit :size
            """;

    /// Legs whose dates are the same lie in the order of their ids; the others come from
    /// the side table. One-legged rows change no balance and are left out.
    private static final String BY_EFFECTIVE = """
            select case when t.source_id = :coinId then t.source_seq else t.destination_seq end as seq,
                   t.id as transaction_id, t.type, o.id as other_coin_id, o.name as other_name,
                   case when t.source_id = :coinId then -t.amount_minor else t.amount_minor end as amount_minor,
                   case when t.source_id = :coinId then t.source_after else t.destination_after end as balance_after,
                   case when t.source_id = :coinId then t.held_change end as held_change, t.hold_id, t.corrects,
                   c.id as coin_id, c.currency, c.currency_scale,
                   t.request_id, t.process_id, t.effective_on, t.recorded_at
              from ((select id
                       from ledger.transaction
                      where source_id = :coinId
                        and id < :beforeId
                        and id >= :fromId
                        and destination_id is not null
                        and effective_on = (recorded_at at time zone 'UTC')::date
                      order by id desc
                      limit :size)
                     union all
                    (select id
                       from ledger.transaction
                      where destination_id = :coinId
                        and id < :beforeId
                        and id >= :fromId
                        and effective_on = (recorded_at at time zone 'UTC')::date
                      order by id desc
                      limit :size)
                     union all
                    (select transaction_id
                       from ledger.backdated
                      where coin_id = :coinId
                        and effective_on >= :from
                        and (effective_on, transaction_id) < (:day, :place)
                      order by effective_on desc, transaction_id desc
                      limit :size)) e
              join ledger.transaction t on t.id = e.id
              join ledger.coin c on c.id = :coinId
              join ledger.coin o on o.id = case when t.source_id = :coinId then t.destination_id
                                                else t.source_id end
             order by t.effective_on desc, t.id desc
             limit :size
            """;

    private static final String BACKDATED_TO = """
            select coalesce(sum(change_minor), 0)
              from ledger.backdated
             where coin_id = :coinId
               and effective_on = :day
               and transaction_id < :place
            """;

    private static final String BACKDATED_AMONG = """
            select coalesce(sum(change_minor), 0)
              from ledger.backdated
             where coin_id = :coinId
               and transaction_id >= :fromId
               and transaction_id < :beforeId
            """;

    private StatementStore() {}

    /// A place in a statement by date of effect: before the transaction `place` of a day.
    record Place(LocalDate day, long place) {}

    static List<Entry> byRecorded(Handle handle, long coinId, long from, long before, int size) {
        return handle.createQuery(BY_RECORDED)
                .bind("coinId", coinId)
                .bind("fromId", from)
                .bind("beforeId", before)
                .bind("size", size)
                .map(StatementStore::entry)
                .list();
    }

    /// Entries before a place, of days from one on; their balances run in this order.
    static List<Entry> byEffective(
            Handle handle, long coinId, LocalDate from, Place before, int size) {
        long dayStart = BalanceStore.lastOf(handle, before.day().minusDays(1)) + 1;
        long dayEnd = BalanceStore.lastOf(handle, before.day()) + 1;
        // Rows that took effect when they were recorded stand before the place if and only
        // if their ids are below this.
        long bound = Math.clamp(before.place(), dayStart, dayEnd);
        var rows = handle.createQuery(BY_EFFECTIVE)
                .bind("coinId", coinId)
                .bind("fromId", BalanceStore.lastOf(handle, from.minusDays(1)) + 1)
                .bind("beforeId", bound)
                .bind("from", from)
                .bind("day", before.day())
                .bind("place", before.place())
                .bind("size", size)
                .map(StatementStore::entry)
                .list();
        if (rows.isEmpty()) {
            return rows;
        }
        long balance = BalanceStore.effective(
                handle, coinId, before.day().minusDays(1), LedgerReads.NEWEST);
        balance += BalanceStore.recorded(handle, coinId, bound - 1)
                - BalanceStore.recorded(handle, coinId, dayStart - 1)
                - backdatedAmong(handle, coinId, dayStart, bound)
                + backdatedTo(handle, coinId, before);
        var result = new ArrayList<Entry>(rows.size());
        for (var row : rows) {
            result.add(row.withBalanceAfter(new Money(balance, row.amount().currency())));
            balance = Math.subtractExact(balance, row.amount().minor());
        }
        return result;
    }

    private static long backdatedTo(Handle handle, long coinId, Place before) {
        return handle.createQuery(BACKDATED_TO)
                .bind("coinId", coinId)
                .bind("day", before.day())
                .bind("place", before.place())
                .mapTo(Long.class)
                .one();
    }

    private static long backdatedAmong(Handle handle, long coinId, long from, long before) {
        return handle.createQuery(BACKDATED_AMONG)
                .bind("coinId", coinId)
                .bind("fromId", from)
                .bind("beforeId", before)
                .mapTo(Long.class)
                .one();
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        var currency = CoinStore.currency(row);
        return new Entry(
                row.getLong("transaction_id"),
                TransactionType.of(row.getInt("type")),
                row.getLong("coin_id"),
                row.getLong("other_coin_id"),
                row.getString("other_name"),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("balance_after"), currency),
                new Money(row.getLong("held_change"), currency),
                row.getLong("hold_id"),
                row.getLong("corrects"),
                row.getLong("seq"),
                row.getObject("request_id", UUID.class),
                JournalStore.process(row),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
