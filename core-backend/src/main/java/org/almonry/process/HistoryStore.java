package org.almonry.process;

import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// SQL of the history of processes.
final class HistoryStore {
    private static final String COLUMNS = """
            select p.id, p.kind, p.state, p.subject, p.details::text as details, p.opened_by, p.opened_at,
                   r.currency, r.currency_scale, r.amount_minor, r.taken_minor, r.given_minor
            """;

    private static final String FILTERED = """
              from process.process p
              left join process.request r on r.process_id = p.id and r.amount_minor > 0
             where (:id = '' or p.id = :id or p.subject = :id)
               and (cast(:from as timestamptz) is null or p.opened_at >= :from)
               and (cast(:until as timestamptz) is null or p.opened_at < :until)
               and (cardinality(:states) = 0 or p.state = any (:states))
               and (cardinality(:kinds) = 0 or p.kind = any (:kinds))
               and (:coin = 0 or r.sender_coin = :coin or r.receiver_coin = :coin)
               and (:openedBy = '' or p.opened_by = :openedBy)
               and (cast(:min as bigint) is null or r.amount_minor >= :min)
               and (cast(:max as bigint) is null or r.amount_minor <= :max)
            """;

    private static final String NEWEST = COLUMNS + FILTERED + """
               and (:afterId = '' or p.id < :afterId)
             order by p.id desc
             limit :size
            """;

    private static final String OLDEST = COLUMNS + FILTERED + """
               and p.id > :afterId
             order by p.id
             limit :size
            """;

    private static final String LARGEST = COLUMNS + FILTERED + """
               and (:afterId = ''
                    or coalesce(r.amount_minor, 0) < :afterMinor
                    or (coalesce(r.amount_minor, 0) = :afterMinor and p.id < :afterId))
             order by coalesce(r.amount_minor, 0) desc, p.id desc
             limit :size
            """;

    private static final String SMALLEST = COLUMNS + FILTERED + """
               and (:afterId = ''
                    or coalesce(r.amount_minor, 0) > :afterMinor
                    or (coalesce(r.amount_minor, 0) = :afterMinor and p.id < :afterId))
             order by coalesce(r.amount_minor, 0), p.id desc
             limit :size
            """;

    private static final String TOTALS = """
            select r.currency, r.currency_scale, count(*) as number,
                   sum(r.amount_minor) as amount_minor, sum(r.taken_minor) as taken_minor,
                   sum(r.given_minor) as given_minor
            """ + FILTERED + """
               and r.amount_minor > 0
             group by r.currency, r.currency_scale
             order by r.currency, r.currency_scale
            """;

    private HistoryStore() {}

    /// Where a page ends.
    record Place(long minor, String id) {
        static final Place START = new Place(0, "");

        static Place of(String cursor) {
            int colon = cursor.indexOf(':');
            if (cursor.isEmpty()) {
                return START;
            }
            if (colon < 1 || !cursor.substring(0, colon).matches("[0-9]{1,18}")) {
                throw new Failure(Reason.INVALID_ARGUMENT, "There is no such page.");
            }
            return new Place(
                    Long.parseLong(cursor.substring(0, colon)), cursor.substring(colon + 1));
        }

        static String after(History.Row row) {
            long minor = row.amounts().map(it -> it.amount().minor()).orElse(0L);
            return minor + ":" + row.process().id();
        }
    }

    static List<History.Row> page(Handle handle, ProcessFilter filter, Place after, int size) {
        var sql = switch (filter.order()) {
            case NEWEST -> NEWEST;
            case OLDEST -> OLDEST;
            case LARGEST -> LARGEST;
            case SMALLEST -> SMALLEST;
        };
        var query = bind(handle.createQuery(sql), filter)
                .bind("afterId", after.id())
                .bind("size", size);
        if (sql.equals(LARGEST) || sql.equals(SMALLEST)) {
            query.bind("afterMinor", after.minor());
        }
        return query.map(HistoryStore::row).list();
    }

    static List<History.Total> totals(Handle handle, ProcessFilter filter) {
        return bind(handle.createQuery(TOTALS), filter)
                .map((row, context) -> new History.Total(row.getLong("number"), amounts(row)))
                .list();
    }

    private static Query bind(Query query, ProcessFilter filter) {
        return query.bind("id", filter.id())
                .bindBySqlType("from", at(filter.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .bindBySqlType("until", at(filter.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .bind("states", filter.stored())
                .bind("kinds", filter.kinds().stream().map(Enum::name).toArray(String[]::new))
                .bind("coin", filter.coin())
                .bind("openedBy", filter.openedBy())
                .bind("min", filter.minMinor())
                .bind("max", filter.maxMinor());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static History.Row row(ResultSet row, StatementContext context) throws SQLException {
        return new History.Row(
                new BusinessProcess(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getString("subject"),
                        row.getString("details"),
                        row.getString("opened_by"),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant()),
                row.getString("currency") == null ? Optional.empty() : Optional.of(amounts(row)));
    }

    /// Sums of longs may be larger than a long; then they cannot be shown, and that is said.
    private static History.Amounts amounts(ResultSet row) throws SQLException {
        var currency = new Currency(row.getString("currency"), row.getInt("currency_scale"));
        return new History.Amounts(
                money(row.getBigDecimal("amount_minor"), currency),
                money(row.getBigDecimal("taken_minor"), currency),
                money(row.getBigDecimal("given_minor"), currency));
    }

    private static Money money(BigDecimal minor, Currency currency) {
        return new Money(minor.longValueExact(), currency);
    }
}
