package org.almonry.accounting;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Opening balances, and which statements are through.
final class SettlementStore {
    /// What came without balances before the known history begins, such as lines of an
    /// export: the opening balance of that history holds it already.
    private static final String BEFORE_HISTORY = """
            select coalesce(sum(i.amount_minor), 0)::bigint
              from accounting.incoming i
             where i.account_id = :account
               and i.booking_date < :from
               and not exists (
                   select 1
                     from accounting.seen v
                     join accounting.statement s on s.number = v.statement_number
                    where v.incoming_id = i.id
                      and s.kind = 'BOOKED'
                      and s.opening_minor is not null)
            """;

    private static final String DECIDED = """
            select coalesce(sum(delta_minor), 0)::bigint
              from accounting.opening
             where account_id = :account
            """;

    private static final String INSERT_OPENING = """
            insert into accounting.opening (id, account_id, statement_number, delta_minor,
                   effective_on, decided_at)
            values (:id, :account, :statement, :delta, :on, :at)
            """;

    private static final String OPENINGS = """
            select id, account_id, delta_minor, effective_on
              from accounting.opening
             where statement_number = :statement
             order by id
            """;

    private static final String UNSETTLED = """
            select s.number, s.account_id
              from accounting.statement s
             where s.received_at <= :before
               and not exists (
                   select 1
                     from accounting.settlement t
                    where t.statement_number = s.number)
             order by s.number
            """;

    private static final String IS_SETTLED = """
            select exists (
                   select 1 from accounting.settlement where statement_number = :statement)
            """;

    private static final String SETTLE = """
            insert into accounting.settlement (statement_number, settled_at)
            values (:statement, :at)
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    SettlementStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A difference to the opening balance, to be posted.
    record Opening(String id, String accountId, long delta, LocalDate effectiveOn) {}

    /// A statement whose lines may not all be in the ledger.
    record Unsettled(long statement, String accountId) {}

    static long beforeHistory(Handle handle, String account, LocalDate from) {
        return handle.createQuery(BEFORE_HISTORY)
                .bind("account", account)
                .bind("from", from)
                .mapTo(Long.class)
                .one();
    }

    /// The sum of all opening differences so far.
    static long decidedOpening(Handle handle, String account) {
        return handle.createQuery(DECIDED)
                .bind("account", account)
                .mapTo(Long.class)
                .one();
    }

    static void insertOpening(Handle handle, Opening opening, long statement, Instant now) {
        handle.createUpdate(INSERT_OPENING)
                .bind("id", opening.id())
                .bind("account", opening.accountId())
                .bind("statement", statement)
                .bind("delta", opening.delta())
                .bind("on", opening.effectiveOn())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    List<Opening> openings(long statement) {
        return jdbi.withHandle(handle -> handle.createQuery(OPENINGS)
                .bind("statement", statement)
                .map((row, context) -> opening(row))
                .list());
    }

    List<Unsettled> unsettled(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery(UNSETTLED)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .map((row, context) ->
                        new Unsettled(row.getLong("number"), row.getString("account_id")))
                .list());
    }

    boolean isSettled(long statement) {
        return jdbi.withHandle(handle -> handle.createQuery(IS_SETTLED)
                .bind("statement", statement)
                .mapTo(Boolean.class)
                .one());
    }

    void settle(long statement, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(SETTLE)
                .bind("statement", statement)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private static Opening opening(ResultSet row) throws SQLException {
        return new Opening(
                row.getString("id"),
                row.getString("account_id"),
                row.getLong("delta_minor"),
                row.getObject("effective_on", LocalDate.class));
    }
}
