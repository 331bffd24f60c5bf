package org.almonry.accounting;

import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;

import java.time.LocalDate;
import java.util.List;

/// Figures over incoming rows.
final class OverviewStore {
    private static final String DAYS = """
            select booking_date, account_id, currency, sum(amount_minor)::bigint as amount_minor,
                   count(*) as credits
              from accounting.incoming
             where booking_date between :from and :to
               and amount_minor > 0
             group by booking_date, account_id, currency
             order by booking_date, account_id
            """;

    private static final String LINES_AFTER = """
            select coalesce(sum(amount_minor), 0)::bigint
              from accounting.incoming
             where account_id = :account
               and booking_date > :date
            """;

    private OverviewStore() {}

    static List<Overview.Day> days(Handle handle, LocalDate from, LocalDate to) {
        return handle.createQuery(DAYS)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Overview.Day(
                        row.getObject("booking_date", LocalDate.class),
                        row.getString("account_id"),
                        Money.of(row.getLong("amount_minor"), row.getString("currency")),
                        row.getLong("credits")))
                .list();
    }

    static long linesAfter(Handle handle, String account, LocalDate date) {
        return handle.createQuery(LINES_AFTER)
                .bind("account", account)
                .bind("date", date)
                .mapTo(Long.class)
                .one();
    }
}
