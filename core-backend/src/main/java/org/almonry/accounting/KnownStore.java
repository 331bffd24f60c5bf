package org.almonry.accounting;

import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Looks up, for a whole statement at once, what is already known of its lines.
final class KnownStore {
    /// Keys per query: large enough that a query's own cost vanishes, small enough for its
    /// plan.
    private static final int KEYS_MAX = 2_000;

    /// A day with more lines than this is not compared as a whole.
    private static final int DAY_LINES_MAX = 20_000;

    private static final String ANY_BETWEEN = """
            select exists (
                   select 1
                     from accounting.incoming
                    where account_id = :account
                      and booking_date between :from and :to)
            """;

    private static final String KNOWN = """
            select i.id, i.content_key, i.reference_key,
                   array (
                     select distinct v.balance_minor
                       from accounting.seen v
                      where v.incoming_id = i.id
                        and v.balance_minor is not null) as balances,
                   exists (
                     select 1
                       from accounting.seen v
                       join accounting.statement s on s.number = v.statement_number
                      where v.incoming_id = i.id
                        and s.kind = :kind
                        and s.external_id = :external
                        and s.external_id <> ''
                        and (s.page <> :page
                             or s.page > 1
                            and row (s.opening_minor, s.closing_minor, s.entries)
                                is distinct from
                                row (:opening::bigint, :closing::bigint, :entries::bigint)))
                   as on_other_page
              from accounting.incoming i
             where i.account_id = :account
               and i.id in (
                   select id from accounting.incoming where content_key = any (:contents)
                   union
                   select id from accounting.incoming where reference_key = any (:references))
            """;

    private static final String DAY = """
            select statement_number, content_key, amount_minor, balance_minor
              from accounting.seen
             where account_id = :account
               and booking_date = :day
             order by statement_number, position
             limit :limit
            """;

    private KnownStore() {}

    /// Rows that could be lines of the statement, in the order in which they came.
    static List<LineIdentity.Known> known(Handle handle, CheckedStatement statement) {
        LineColumns lines = statement.columns();
        if (lines.size() == 0 || !anyBetween(handle, statement)) {
            return List.of();
        }
        var known = new TreeMap<String, LineIdentity.Known>();
        for (int start = 0; start < lines.size(); start += KEYS_MAX) {
            int end = Math.min(lines.size(), start + KEYS_MAX);
            var contents = new HashSet<UUID>();
            var references = new HashSet<UUID>();
            for (int line = start; line < end; line++) {
                contents.add(lines.content(line));
                UUID reference = lines.reference(line);
                if (reference != null) {
                    references.add(reference);
                }
            }
            handle.createQuery(KNOWN)
                    .bind("account", statement.account().id())
                    .bind("kind", statement.header().kind().name())
                    .bind("external", statement.header().statementId())
                    .bind("page", statement.header().page())
                    .bind("opening", minor(statement.opening()))
                    .bind("closing", minor(statement.closing()))
                    .bind("entries", statement.entries())
                    .bindArray("contents", UUID.class, contents.toArray())
                    .bindArray("references", UUID.class, references.toArray())
                    .map((row, context) -> known(row))
                    .forEach(row -> known.put(row.id(), row));
        }
        return List.copyOf(known.values());
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }

    private static boolean anyBetween(Handle handle, CheckedStatement statement) {
        LineColumns lines = statement.columns();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int line = 0; line < lines.size(); line++) {
            from = Math.min(from, lines.day(line));
            to = Math.max(to, lines.day(line));
        }
        return handle.createQuery(ANY_BETWEEN)
                .bind("account", statement.account().id())
                .bind("from", LocalDate.ofEpochDay(from))
                .bind("to", LocalDate.ofEpochDay(to))
                .mapTo(Boolean.class)
                .one();
    }

    private static LineIdentity.Known known(ResultSet row) throws SQLException {
        return new LineIdentity.Known(
                row.getString("id"),
                row.getObject("content_key", UUID.class),
                row.getObject("reference_key", UUID.class),
                longs(row.getArray("balances")),
                row.getBoolean("on_other_page"));
    }

    private static List<Long> longs(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }

    /// How earlier statements showed a day of an account; empty when the day is too large.
    static Set<LineIdentity.Day> days(Handle handle, String account, long day) {
        List<Line> lines = handle.createQuery(DAY)
                .bind("account", account)
                .bind("day", LocalDate.ofEpochDay(day))
                .bind("limit", DAY_LINES_MAX + 1)
                .map((row, context) -> new Line(
                        row.getLong("statement_number"),
                        row.getObject("content_key", UUID.class),
                        row.getLong("amount_minor"),
                        row.getObject("balance_minor", Long.class)))
                .list();
        if (lines.size() > DAY_LINES_MAX) {
            return Set.of();
        }
        Map<Long, LineIdentity.Day> days = new HashMap<>();
        Set<Long> incomparable = new HashSet<>();
        for (Line line : lines) {
            var before = days.get(line.statement());
            if (before == null && line.balance() == null) {
                incomparable.add(line.statement());
            } else if (before == null) {
                days.put(line.statement(), line.first());
            } else {
                days.put(line.statement(), line.after(before));
            }
        }
        days.keySet().removeAll(incomparable);
        return Set.copyOf(days.values());
    }

    private record Line(
            long statement,
            UUID content,
            long amount,
            @Nullable Long balance) {
        LineIdentity.Day first() {
            long opening = balance == null ? 0 : balance - amount;
            return new LineIdentity.Day(opening, 1, LineIdentity.Day.mix(0, content));
        }

        LineIdentity.Day after(LineIdentity.Day before) {
            return new LineIdentity.Day(
                    before.opening(),
                    before.lines() + 1,
                    LineIdentity.Day.mix(before.contents(), content));
        }
    }
}
