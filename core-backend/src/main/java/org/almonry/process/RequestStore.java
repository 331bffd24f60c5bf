package org.almonry.process;

import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// SQL of business requests and their attempts.
final class RequestStore {
    private static final String FIND = """
            select r.process_id, r.kind, r.owner, r.currency, r.currency_scale,
                   r.details::text as details, r.plan::text as plan, r.asked_by, r.asked_at, p.state
              from process.request r
              left join process.process p on p.id = r.process_id
             where r.process_id = :id
            """;

    private static final String ALL = """
            select r.process_id, r.kind, r.owner, r.currency, r.currency_scale,
                   r.details::text as details, r.plan::text as plan, r.asked_by, r.asked_at, p.state
              from process.request r
              left join process.process p on p.id = r.process_id
             where r.process_id = any (:ids)
            """;

    private static final String INSERT = """
            insert into process.request
                   (process_id, kind, owner, sender_coin, receiver_coin, currency, currency_scale,
                    amount_minor, taken_minor, given_minor, details, plan, asked_by, asked_at)
            values (:id, :kind, :owner, :sender, :receiver, :currency, :scale,
                    :amount, :taken, :given, :details::jsonb, :plan::jsonb, :by, :at)
            on conflict (process_id) do nothing
            """;

    private static final String INSERT_ATTEMPT = """
            insert into process.attempt
                   (id, process_id, action, actor, service, reason, from_state, to_states, holds,
                    effective_on, at)
            values (:id, :process, :action, :actor, :service, :reason, :from, :path, :holds,
                    :effectiveOn, :at)
            on conflict (id) do nothing
            """;

    private static final String ATTEMPT = """
            select id, process_id, action, actor, service, reason, from_state, to_states, holds,
                   effective_on, at, outcome, transactions
              from process.attempt
             where id = :id
            """;

    private static final String ATTEMPTS = """
            select id, process_id, action, actor, service, reason, from_state, to_states, holds,
                   effective_on, at, outcome, transactions
              from process.attempt
             where process_id = :process
             order by number
             limit :size
            """;

    private static final String NEWEST_POSTED = """
            select id, process_id, action, actor, service, reason, from_state, to_states, holds,
                   effective_on, at, outcome, transactions
              from process.attempt
             where process_id = :process
               and cardinality(transactions) > 0
             order by number desc
             limit :size
            """;

    private static final String OPEN_OF = """
            select id, process_id, action, actor, service, reason, from_state, to_states, holds,
                   effective_on, at, outcome, transactions
              from process.attempt
             where process_id = :process
               and done_at is null
             order by number
            """;

    private static final String OPEN = """
            select id, process_id, action, actor, service, reason, from_state, to_states, holds,
                   effective_on, at, outcome, transactions
              from process.attempt
             where done_at is null
               and at < :before
             order by number
             limit :size
            """;

    /// What is posted is posted, whatever somebody else noted about another try.
    private static final String POSTED = """
            update process.attempt
               set done_at = coalesce(done_at, :at), outcome = 'posted', transactions = :transactions
             where id = :id
               and transactions is null
            """;

    private static final String NOT_POSTED = """
            update process.attempt
               set done_at = coalesce(done_at, :at), outcome = :outcome
             where id = :id
               and transactions is null
            """;

    /// Held until the end of the transaction; whoever settles the same request waits.
    private static final String LOCK = """
            select pg_catalog.pg_advisory_xact_lock(
                     pg_catalog.hashtextextended('request|' || :id, 0))
            """;

    private static final String STATE = """
            select state
              from process.process
             where id = :id
            """;

    private RequestStore() {}

    static Optional<BusinessRequest> find(Handle handle, String id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map(RequestStore::request)
                .findOne();
    }

    static List<BusinessRequest> all(Handle handle, Collection<String> ids) {
        return handle.createQuery(ALL)
                .bind("ids", ids.toArray(String[]::new))
                .map(RequestStore::request)
                .list();
    }

    /// False if it is there already; waits for whoever is just adding it.
    static boolean insert(Handle handle, BusinessRequest request) {
        var calculation = request.calculation();
        long amount = request.plan().minor();
        return handle.createUpdate(INSERT)
                        .bind("id", request.id())
                        .bind("kind", request.kind().name())
                        .bind("owner", request.owner())
                        .bind("sender", request.plan().sender())
                        .bind("receiver", request.plan().receiver())
                        .bind("currency", request.currency().code())
                        .bind("scale", request.currency().scale())
                        .bind("amount", amount)
                        .bind("taken", calculation.map(it -> it.taken().minor()).orElse(amount))
                        .bind("given", calculation.map(it -> it.given().minor()).orElse(amount))
                        .bind("details", request.details().json())
                        .bind("plan", RequestDetails.Json.write(request.plan()))
                        .bind("by", request.askedBy())
                        .bind("at", request.askedAt())
                        .execute()
                == 1;
    }

    static void insert(Handle handle, Attempt attempt) {
        handle.createUpdate(INSERT_ATTEMPT)
                .bind("id", attempt.id())
                .bind("process", attempt.processId())
                .bind("action", attempt.action())
                .bind("actor", attempt.actor())
                .bind("service", attempt.service())
                .bind("reason", attempt.reason())
                .bind("from", attempt.from())
                .bind("path", attempt.path().stream().map(Enum::name).toArray(String[]::new))
                .bind("holds", attempt.holds().toArray(Long[]::new))
                .bind("effectiveOn", attempt.effectiveOn())
                .bind("at", attempt.at())
                .execute();
    }

    static Optional<Attempt> attempt(Handle handle, UUID id) {
        return handle.createQuery(ATTEMPT)
                .bind("id", id)
                .map(RequestStore::attempt)
                .findOne();
    }

    /// The first attempts of a request, oldest first.
    static List<Attempt> attempts(Handle handle, String processId, int size) {
        return handle.createQuery(ATTEMPTS)
                .bind("process", processId)
                .bind("size", size)
                .map(RequestStore::attempt)
                .list();
    }

    /// The latest attempts that made transactions, newest first.
    static List<Attempt> newestPosted(Handle handle, String processId, int size) {
        return handle.createQuery(NEWEST_POSTED)
                .bind("process", processId)
                .bind("size", size)
                .map(RequestStore::attempt)
                .list();
    }

    /// Attempts of a request of which nobody knows what became of them.
    static List<Attempt> openOf(Handle handle, String processId) {
        return handle.createQuery(OPEN_OF)
                .bind("process", processId)
                .map(RequestStore::attempt)
                .list();
    }

    /// The oldest of those of all requests, from before a moment.
    static List<Attempt> open(Handle handle, Instant before, int size) {
        return handle.createQuery(OPEN)
                .bind("before", before)
                .bind("size", size)
                .map(RequestStore::attempt)
                .list();
    }

    static void posted(Handle handle, UUID id, List<Long> transactions, Instant at) {
        handle.createUpdate(POSTED)
                .bind("id", id)
                .bind("transactions", transactions.toArray(Long[]::new))
                .bind("at", at)
                .execute();
    }

    static void notPosted(Handle handle, UUID id, String outcome, Instant at) {
        handle.createUpdate(NOT_POSTED)
                .bind("id", id)
                .bind("outcome", outcome)
                .bind("at", at)
                .execute();
    }

    static void lock(Handle handle, String id) {
        handle.createQuery(LOCK).bind("id", id).map((row, context) -> true).one();
    }

    static Optional<RequestState> state(Handle handle, String id) {
        return handle.createQuery(STATE)
                .bind("id", id)
                .map((row, context) -> RequestState.valueOf(row.getString("state")))
                .findOne();
    }

    static BusinessRequest request(ResultSet row, StatementContext context) throws SQLException {
        var kind = ProcessKind.valueOf(row.getString("kind"));
        var state = row.getString("state");
        return new BusinessRequest(
                row.getString("process_id"),
                RequestDetails.of(kind, row.getString("details")),
                row.getString("owner"),
                new Currency(row.getString("currency"), row.getInt("currency_scale")),
                RequestDetails.Json.read(row.getString("plan"), Plan.class),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(state).map(RequestState::valueOf));
    }

    private static Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
        var outcome = row.getString("outcome");
        var transactions = row.getArray("transactions");
        return new Attempt(
                row.getObject("id", UUID.class),
                row.getString("process_id"),
                row.getString("action"),
                row.getString("actor"),
                row.getString("service"),
                row.getString("reason"),
                row.getString("from_state"),
                Arrays.stream((String[]) row.getArray("to_states").getArray())
                        .map(RequestState::valueOf)
                        .toList(),
                List.of((Long[]) row.getArray("holds").getArray()),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                outcome == null ? "" : outcome,
                transactions == null ? List.of() : List.of((Long[]) transactions.getArray()));
    }
}
