package org.almonry.accounting;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads where incoming lines stand, and keeps what members suggest about them.
final class InboxStore {
    /// How far back a payer's account number is looked up; habits are in the last few.
    private static final int EARLIER_MAX = 20;

    private static final String STANDING = """
            select incoming_id, process_id, state, version, detail, booking_id
              from accounting.standing
             where incoming_id = any (cast(:ids as text[]))
            """;

    // The state is written out, so that the planner takes the small index of lines that
    // wait.
    private static final String WAITING = """
            select s.incoming_id, s.process_id, s.state, s.version, s.detail, s.booking_id
              from accounting.standing s
              join accounting.incoming i on i.id = s.incoming_id
             where s.state = 'WAITING'
               and (:account = '' or i.account_id = :account)
               and (:before = '' or s.incoming_id < :before)
               and (:search = ''
                    or strpos(lower(concat_ws(' ', i.counterparty_name, i.counterparty_account,
                                              i.remittance, i.entry_reference)),
                              lower(:search)) > 0)
             order by s.incoming_id desc
             limit :limit
            """;

    private static final String IGNORED = """
            select s.incoming_id, s.process_id, s.state, s.version, s.detail, s.booking_id
              from accounting.standing s
              join accounting.incoming i on i.id = s.incoming_id
             where s.state = 'IGNORED'
               and (:account = '' or i.account_id = :account)
               and (:before = '' or s.incoming_id < :before)
               and (:search = ''
                    or strpos(lower(concat_ws(' ', i.counterparty_name, i.counterparty_account,
                                              i.remittance, i.entry_reference)),
                              lower(:search)) > 0)
             order by s.incoming_id desc
             limit :limit
            """;

    private static final String ANY_STATE = """
            select s.incoming_id, s.process_id, s.state, s.version, s.detail, s.booking_id
              from accounting.incoming i
              join accounting.standing s on s.incoming_id = i.id
             where (:state = '' or s.state = :state)
               and (:account = '' or i.account_id = :account)
               and (:before = '' or i.id < :before)
               and (:search = ''
                    or strpos(lower(concat_ws(' ', i.counterparty_name, i.counterparty_account,
                                              i.remittance, i.entry_reference)),
                              lower(:search)) > 0)
             order by i.id desc
             limit :limit
            """;

    private static final String COUNT_WAITING = """
            select count(*)
              from accounting.standing
             where state = 'WAITING'
            """;

    private static final String OLDEST_WAITING = """
            select min(i.booking_date)
              from accounting.standing s
              join accounting.incoming i on i.id = s.incoming_id
             where s.state = 'WAITING'
            """;

    private static final String BOOKINGS = """
            select process_id, incoming_id, state, details, opened_by, opened_at
              from accounting.booking
             where process_id = any (cast(:ids as text[]))
            """;

    private static final String EARLIER = """
            select asked.account, earlier.details
              from unnest(cast(:accounts as text[])) as asked (account)
             cross join lateral (
                    select p.details
                      from accounting.payer p
                     where p.counterparty_account = asked.account
                     order by p.incoming_id desc
                     limit :limit) earlier
            """;

    private static final String SUGGEST = """
            insert into accounting.member_suggestion
                   (id, transaction_id, incoming_ids, project_id, user_ref, comment, suggested_at)
            values (:id, :transaction, :incoming, :project, :user, :comment, :at)
            on conflict (id) do nothing
            """;

    private static final String SUGGESTED = """
            select transaction_id, incoming_ids, project_id, user_ref, comment, suggested_at
              from accounting.member_suggestion
             where incoming_ids && cast(:ids as text[])
             order by suggested_at, id
            """;

    private static final String SUGGESTED_OF_GIFTS = """
            select distinct transaction_id
              from accounting.member_suggestion
             where transaction_id = any (cast(:ids as bigint[]))
            """;

    private final Jdbi jdbi;

    InboxStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Where a line stands. `bookingId` is the booking that its last step names, or empty.
    record Standing(
            String incomingId,
            String processId,
            String state,
            long version,
            String detail,
            String bookingId) {}

    /// A booking as its process tells it.
    record Booked(
            String processId, String incomingId, String state, String details, Instant openedAt) {}

    /// The details of an earlier booking of an account number's money.
    record Earlier(String account, String details) {}

    /// A member's view that a gift belongs elsewhere.
    record Suggested(
            long transactionId,
            List<String> incomingIds,
            String projectId,
            String userRef,
            String comment,
            Instant at) {}

    List<Standing> standing(Collection<String> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(STANDING)
                .bindArray("ids", String.class, ids.toArray())
                .map((row, context) -> standing(row))
                .list());
    }

    /// Newest first; `state` empty means all, `before` empty means from the newest.
    List<Standing> page(String state, String account, String search, String before, int limit) {
        return jdbi.withHandle(handle -> pageQuery(handle, state)
                .bind("account", account)
                .bind("search", search)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> standing(row))
                .list());
    }

    long waiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery(COUNT_WAITING).mapTo(Long.class).one());
    }

    /// Booking date of the line that waits longest.
    Optional<LocalDate> oldestWaiting() {
        return jdbi.withHandle(handle ->
                handle.createQuery(OLDEST_WAITING).mapTo(LocalDate.class).findOne());
    }

    List<Booked> bookings(Collection<String> processIds) {
        return jdbi.withHandle(handle -> handle.createQuery(BOOKINGS)
                .bindArray("ids", String.class, processIds.toArray())
                .map((row, context) -> new Booked(
                        row.getString("process_id"),
                        row.getString("incoming_id"),
                        row.getString("state"),
                        row.getString("details"),
                        instant(row, "opened_at")))
                .list());
    }

    List<Earlier> earlier(Collection<String> accounts) {
        return jdbi.withHandle(handle -> handle.createQuery(EARLIER)
                .bindArray("accounts", String.class, accounts.toArray())
                .bind("limit", EARLIER_MAX)
                .map((row, context) ->
                        new Earlier(row.getString("account"), row.getString("details")))
                .list());
    }

    /// Once per id.
    void suggest(String id, Suggested suggested) {
        jdbi.useHandle(handle -> handle.createUpdate(SUGGEST)
                .bind("id", id)
                .bind("transaction", suggested.transactionId())
                .bindArray("incoming", String.class, suggested.incomingIds().toArray())
                .bind("project", suggested.projectId())
                .bind("user", suggested.userRef())
                .bind("comment", suggested.comment())
                .bind("at", suggested.at())
                .execute());
    }

    List<Suggested> suggested(Collection<String> incomingIds) {
        return jdbi.withHandle(handle -> handle.createQuery(SUGGESTED)
                .bindArray("ids", String.class, incomingIds.toArray())
                .map((row, context) -> new Suggested(
                        row.getLong("transaction_id"),
                        texts(row, "incoming_ids"),
                        row.getString("project_id"),
                        row.getString("user_ref"),
                        row.getString("comment"),
                        instant(row, "suggested_at")))
                .list());
    }

    /// Which of these transactions somebody suggested another project for.
    List<Long> suggestedOf(Collection<Long> transactionIds) {
        return jdbi.withHandle(handle -> handle.createQuery(SUGGESTED_OF_GIFTS)
                .bindArray("ids", Long.class, transactionIds.toArray())
                .mapTo(Long.class)
                .list());
    }

    private static Query pageQuery(Handle handle, String state) {
        return switch (state) {
            case "WAITING" -> handle.createQuery(WAITING);
            case "IGNORED" -> handle.createQuery(IGNORED);
            default -> handle.createQuery(ANY_STATE).bind("state", state);
        };
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getString("incoming_id"),
                row.getString("process_id"),
                row.getString("state"),
                row.getLong("version"),
                row.getString("detail"),
                row.getString("booking_id"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
