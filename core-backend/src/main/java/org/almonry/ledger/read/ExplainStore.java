package org.almonry.ledger.read;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.TransactionType;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// The SQL that explains a balance: legs of a period, summed by heading and by day in one
/// pass.
final class ExplainStore {
    /// A busy coin may have dealt with many others; rows are folded as they come.
    private static final int FETCH_SIZE = 2_000;

    private static final String RECORDED = """
            with leg as (
              select t.type, t.process_id, t.destination_id as other_id, 0 as came, t.amount_minor as went,
                     (t.recorded_at at time zone 'UTC')::date as day
                from ledger.transaction t
               where t.source_id = :coinId
                 and t.destination_id is not null
                 and t.id between :firstId and :lastId
              union all
              select t.type, t.process_id, t.source_id, t.amount_minor, 0,
                     (t.recorded_at at time zone 'UTC')::date
                from ledger.transaction t
               where t.destination_id = :coinId
                 and t.id between :firstId and :lastId
            ), told as (
              select l.day, l.type, coalesce(p.kind, '') as process_kind, l.other_id, count(*) as entries,
                     sum(l.came) as came, sum(l.went) as went
                from leg l
                left join ledger.process_kind p
                       on p.process_id = 'prc_' || replace(l.process_id::text, '-', '')
               group by grouping sets ((l.day), (l.type, p.kind, l.other_id))
            )
            select t.day, t.type, t.process_kind, t.other_id, o.name, o.kind, t.entries, t.came, t.went
              from told t
              left join ledger.coin o on o.id = t.other_id
             order by t.day, t.came + t.went desc, t.type, t.process_kind, t.other_id
            """;

    private static final String EFFECTIVE = """
            with leg as (
              select t.type, t.process_id, t.destination_id as other_id, 0 as came, t.amount_minor as went,
                     t.effective_on as day
                from ledger.transaction t
               where t.source_id = :coinId
                 and t.destination_id is not null
                 and t.id between :firstId and :lastId
                 and t.effective_on = (t.recorded_at at time zone 'UTC')::date
              union all
              select t.type, t.process_id, t.source_id, t.amount_minor, 0, t.effective_on
                from ledger.transaction t
               where t.destination_id = :coinId
                 and t.id between :firstId and :lastId
                 and t.effective_on = (t.recorded_at at time zone 'UTC')::date
              union all
              select t.type, t.process_id,
                     case when t.source_id = :coinId then t.destination_id else t.source_id end,
                     case when t.source_id = :coinId then 0 else t.amount_minor end,
                     case when t.source_id = :coinId then t.amount_minor else 0 end,
                     t.effective_on
                from ledger.backdated b
                join ledger.transaction t on t.id = b.transaction_id
               where b.coin_id = :coinId
                 and b.effective_on between :from and :to
            ), told as (
              select l.day, l.type, coalesce(p.kind, '') as process_kind, l.other_id, count(*) as entries,
                     sum(l.came) as came, sum(l.went) as went
                from leg l
                left join ledger.process_kind p
                       on p.process_id = 'prc_' || replace(l.process_id::text, '-', '')
               group by grouping sets ((l.day), (l.type, p.kind, l.other_id))
            )
            select t.day, t.type, t.process_kind, t.other_id, o.name, o.kind, t.entries, t.came, t.went
              from told t
              left join ledger.coin o on o.id = t.other_id
             order by t.day, t.came + t.went desc, t.type, t.process_kind, t.other_id
            """;

    private ExplainStore() {}

    static Explanation explain(
            Handle handle,
            long coinId,
            Currency currency,
            LocalDate from,
            LocalDate to,
            Basis basis) {
        long first = BalanceStore.lastOf(handle, from.minusDays(1)) + 1;
        long last = BalanceStore.lastOf(handle, to);
        long opening = switch (basis) {
            case RECORDED -> BalanceStore.recorded(handle, coinId, first - 1);
            case EFFECTIVE ->
                BalanceStore.effective(handle, coinId, from.minusDays(1), LedgerReads.NEWEST);
        };
        var query = handle.createQuery(basis == Basis.RECORDED ? RECORDED : EFFECTIVE)
                .setFetchSize(FETCH_SIZE)
                .bind("coinId", coinId)
                .bind("firstId", first)
                .bind("lastId", last);
        if (basis == Basis.EFFECTIVE) {
            query.bind("from", from).bind("to", to);
        }
        return new Fold(currency, opening).of(query);
    }

    /// Folds the rows: days first, oldest first, then parts, the largest first.
    private static final class Fold {
        private final Currency currency;
        private final long opening;
        private final List<Explanation.Part> parts = new ArrayList<>();
        private final List<Explanation.Day> days = new ArrayList<>();
        private long balance;
        private long came;
        private long went;
        private long restEntries;
        private long restCame;
        private long restWent;

        Fold(Currency currency, long opening) {
            this.currency = currency;
            this.opening = opening;
            this.balance = opening;
        }

        Explanation of(Query query) {
            query.map((row, context) -> {
                        add(row);
                        return true;
                    })
                    .useStream(rows -> rows.forEach(_ -> {}));
            if (restEntries > 0) {
                parts.add(
                        new Explanation.Part(null, restEntries, money(restCame), money(restWent)));
            }
            return new Explanation(
                    money(opening), money(came), money(went), money(balance), parts, days);
        }

        private void add(ResultSet row) throws SQLException {
            long in = row.getBigDecimal("came").longValueExact();
            long out = row.getBigDecimal("went").longValueExact();
            var day = row.getObject("day", LocalDate.class);
            if (day != null) {
                came = Math.addExact(came, in);
                went = Math.addExact(went, out);
                balance = Math.addExact(balance, Math.subtractExact(in, out));
                days.add(new Explanation.Day(day, money(in), money(out), money(balance)));
            } else if (parts.size() < Explanation.PARTS_MAX - 1) {
                var heading = new Explanation.Heading(
                        TransactionType.of(row.getInt("type")),
                        row.getString("process_kind"),
                        row.getLong("other_id"),
                        row.getString("name"),
                        CoinKind.valueOf(row.getString("kind")));
                parts.add(new Explanation.Part(
                        heading, row.getLong("entries"), money(in), money(out)));
            } else {
                restEntries += row.getLong("entries");
                restCame = Math.addExact(restCame, in);
                restWent = Math.addExact(restWent, out);
            }
        }

        private Money money(long minor) {
            return new Money(minor, currency);
        }
    }
}
