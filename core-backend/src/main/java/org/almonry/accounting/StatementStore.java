package org.almonry.accounting;

import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Statements and how they chain.
final class StatementStore {
    private static final String LOCK_ACCOUNT = """
            select pg_advisory_xact_lock(hashtextextended('accounting.import ' || :account, 0))
            """;

    private static final String SEEN_BEFORE = """
            select exists (
                   select 1
                     from accounting.statement
                    where account_id = :account
                      and fingerprint = :fingerprint)
            """;

    private static final String INSERT = """
            insert into accounting.statement (account_id, kind, format, external_id, page,
                   from_date, to_date, currency, opening_minor, closing_minor, entries, fingerprint, breaks,
                   source, received_at)
            values (:account, :kind, :format, :external, :page, :from, :to, :currency, :opening,
                   :closing, :entries, :fingerprint, :breaks, :source, :at)
            returning number
            """;

    /// Whether an overlapping statement passes through the opening balance, or ends at it,
    /// or begins where this one ends.
    private static final String TOUCHES = """
            select exists (
                   select 1
                     from accounting.statement s
                    where s.account_id = :account
                      and s.kind = 'BOOKED'
                      and s.from_date <= :to
                      and s.to_date >= :from
                      and (s.opening_minor in (:opening, :closing) or s.closing_minor = :opening))
                or exists (
                   select 1
                     from accounting.seen v
                     join accounting.statement s on s.number = v.statement_number
                    where v.account_id = :account
                      and v.booking_date <= :from
                      and v.balance_minor = :opening
                      and s.kind = 'BOOKED'
                      and s.from_date <= :from
                      and s.to_date >= :from)
            """;

    private static final String BEFORE = """
            select number, external_id, page, from_date, to_date, currency, opening_minor,
                   closing_minor
              from accounting.statement
             where account_id = :account
               and kind = 'BOOKED'
               and closing_minor is not null
               and to_date = (
                   select max(to_date)
                     from accounting.statement
                    where account_id = :account
                      and kind = 'BOOKED'
                      and closing_minor is not null
                      and to_date < :from)
             order by page desc, number desc
            """;

    /// The nearest statements after this one, unless another one leads over to them.
    private static final String AFTER = """
            select n.number, n.external_id, n.page, n.from_date, n.to_date, n.currency,
                   n.opening_minor, n.closing_minor
              from accounting.statement n
             where n.account_id = :account
               and n.kind = 'BOOKED'
               and n.opening_minor is not null
               and n.from_date = (
                   select min(from_date)
                     from accounting.statement
                    where account_id = :account
                      and kind = 'BOOKED'
                      and opening_minor is not null
                      and from_date > :to)
               and not exists (
                   select 1
                     from accounting.statement q
                    where q.account_id = :account
                      and q.kind = 'BOOKED'
                      and q.number <> n.number
                      and q.from_date <= n.from_date
                      and q.to_date >= :to)
             order by n.page, n.number
            """;

    private static final String EARLIEST = """
            select number, external_id, page, from_date, to_date, currency, opening_minor,
                   closing_minor
              from accounting.statement
             where account_id = :account
               and kind = 'BOOKED'
               and opening_minor is not null
               and from_date = (
                   select min(from_date)
                     from accounting.statement
                    where account_id = :account
                      and kind = 'BOOKED'
                      and opening_minor is not null)
             order by page, number
            """;

    private static final String LATEST = """
            select number, external_id, page, from_date, to_date, currency, opening_minor,
                   closing_minor
              from accounting.statement
             where account_id = :account
               and kind = 'BOOKED'
               and closing_minor is not null
               and to_date = (
                   select max(to_date)
                     from accounting.statement
                    where account_id = :account
                      and kind = 'BOOKED'
                      and closing_minor is not null)
             order by page desc, number desc
            """;

    private static final String LED_INTO = """
            select exists (
                   select 1
                     from accounting.seen v
                    where v.account_id = :account
                      and v.booking_date between :from and :to
                      and v.balance_minor = :balance
                      and not exists (
                          select 1
                            from accounting.seen own
                           where own.incoming_id = v.incoming_id
                             and own.statement_number = :number))
            """;

    private static final String LED_ON = """
            select exists (
                   select 1
                     from accounting.seen v
                    where v.account_id = :account
                      and v.booking_date between :from and :to
                      and v.balance_minor - v.amount_minor = :balance
                      and not exists (
                          select 1
                            from accounting.seen own
                           where own.incoming_id = v.incoming_id
                             and own.statement_number = :number))
            """;

    private StatementStore() {}

    /// A statement as the chain sees it.
    record Link(
            long number,
            String externalId,
            int page,
            LocalDate from,
            LocalDate to,
            @Nullable Money opening,
            @Nullable Money closing) {
        String name() {
            String period = from.equals(to) ? " of " + to : " of " + from + " to " + to;
            return "statement " + externalId + (page > 1 ? ", page " + page : "") + period;
        }
    }

    /// Two imports of one account follow each other; those of different accounts do not
    /// wait.
    static void lockAccount(Handle handle, String account) {
        handle.createQuery(LOCK_ACCOUNT).bind("account", account).mapToMap().one();
    }

    static boolean seenBefore(Handle handle, CheckedStatement statement) {
        return handle.createQuery(SEEN_BEFORE)
                .bind("account", statement.account().id())
                .bind("fingerprint", statement.fingerprint())
                .mapTo(Boolean.class)
                .one();
    }

    static long insert(
            Handle handle,
            CheckedStatement statement,
            List<String> breaks,
            String source,
            Instant now) {
        return handle.createQuery(INSERT)
                .bind("account", statement.account().id())
                .bind("kind", statement.header().kind().name())
                .bind("format", statement.header().format())
                .bind("external", statement.header().statementId())
                .bind("page", statement.header().page())
                .bind("from", statement.from())
                .bind("to", statement.to())
                .bind("currency", statement.header().currency().code())
                .bind("opening", minor(statement.opening()))
                .bind("closing", minor(statement.closing()))
                .bind("entries", statement.entries())
                .bind("fingerprint", statement.fingerprint())
                .bindArray("breaks", String.class, breaks.toArray())
                .bind("source", source)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one();
    }

    /// What the chain of statements has against this one, before it is stored.
    static Optional<String> gap(Handle handle, CheckedStatement statement) {
        Money opening = statement.opening();
        if (!statement.isChained() || opening == null || touches(handle, statement)) {
            return Optional.empty();
        }
        Money closing = statement.closing();
        var before = links(handle, BEFORE, statement);
        if (!before.isEmpty()
                && before.stream().noneMatch(link -> opening.equals(link.closing()))) {
            return Optional.of("opens with " + opening + ", but "
                    + before.getFirst().name()
                    + ", the one before, closes with " + before.getFirst().closing()
                    + ": something between them is missing");
        }
        var after = closing == null ? List.<Link>of() : links(handle, AFTER, statement);
        if (!after.isEmpty()
                && after.stream()
                        .noneMatch(
                                link -> link.opening() != null && link.opening().equals(closing))) {
            return Optional.of(
                    "closes with " + closing + ", but " + after.getFirst().name()
                            + ", the next one, opens with " + after.getFirst().opening()
                            + ": something between them is missing");
        }
        return Optional.empty();
    }

    private static boolean touches(Handle handle, CheckedStatement statement) {
        return handle.createQuery(TOUCHES)
                .bind("account", statement.account().id())
                .bind("from", statement.from())
                .bind("to", statement.to())
                .bind("opening", minor(statement.opening()))
                .bind("closing", minor(statement.closing()))
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Link> links(Handle handle, String query, CheckedStatement statement) {
        return handle.createQuery(query)
                .bind("account", statement.account().id())
                .bind("from", statement.from())
                .bind("to", statement.to())
                .map((row, context) -> link(row))
                .list();
    }

    /// The statement with which the account's known history begins.
    static Optional<Link> earliest(Handle handle, String account) {
        var links = ends(handle, EARLIEST, account);
        return first(links, link -> isLed(handle, LED_INTO, account, link, link.opening()));
    }

    /// The statement with the account's newest balance.
    static Optional<Link> latest(Handle handle, String account) {
        var links = ends(handle, LATEST, account);
        return first(links, link -> isLed(handle, LED_ON, account, link, link.closing()));
    }

    private static List<Link> ends(Handle handle, String query, String account) {
        return handle.createQuery(query)
                .bind("account", account)
                .map((row, context) -> link(row))
                .list();
    }

    /// Pieces of one day under different names are ordered by how their balances lead on;
    /// pages of one statement are ordered by number.
    private static Optional<Link> first(List<Link> links, Predicate<Link> isInside) {
        if (links.stream().map(Link::externalId).distinct().count() > 1) {
            var end = links.stream().filter(link -> !isInside.test(link)).findFirst();
            if (end.isPresent()) {
                return end;
            }
        }
        return links.stream().findFirst();
    }

    private static boolean isLed(
            Handle handle, String query, String account, Link link, @Nullable Money balance) {
        return handle.createQuery(query)
                .bind("account", account)
                .bind("from", link.from())
                .bind("to", link.to())
                .bind("balance", minor(balance))
                .bind("number", link.number())
                .mapTo(Boolean.class)
                .one();
    }

    private static Link link(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new Link(
                row.getLong("number"),
                row.getString("external_id"),
                row.getInt("page"),
                row.getObject("from_date", LocalDate.class),
                row.getObject("to_date", LocalDate.class),
                money(row.getObject("opening_minor", Long.class), currency),
                money(row.getObject("closing_minor", Long.class), currency));
    }

    private static @Nullable Money money(@Nullable Long minor, String currency) {
        return minor == null ? null : Money.of(minor, currency);
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }
}
