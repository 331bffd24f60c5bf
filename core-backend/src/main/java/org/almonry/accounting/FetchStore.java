package org.almonry.accounting;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs, cursors and alarms.
final class FetchStore {
    private static final String INSERT = """
            insert into accounting.fetch_run (id, provider, state, trigger_kind, failures,
                   started_at)
            values (:id, :provider, 'QUEUED', :trigger, :failures, :at)
            on conflict do nothing
            """;

    private static final String ACTIVE = """
            select id, provider, state, trigger_kind, pages, entries, added, duplicates, booked,
                   cause, breaks, failures, next_retry_at, started_at, finished_at
              from accounting.fetch_run
             where provider = :provider
               and state in ('QUEUED', 'RUNNING')
            """;

    private static final String ALL_ACTIVE = """
            select id, provider, state, trigger_kind, pages, entries, added, duplicates, booked,
                   cause, breaks, failures, next_retry_at, started_at, finished_at
              from accounting.fetch_run
             where state in ('QUEUED', 'RUNNING')
             order by id
            """;

    private static final String ONE = """
            select id, provider, state, trigger_kind, pages, entries, added, duplicates, booked,
                   cause, breaks, failures, next_retry_at, started_at, finished_at
              from accounting.fetch_run
             where id = :id
            """;

    private static final String PAGE = """
            select id, provider, state, trigger_kind, pages, entries, added, duplicates, booked,
                   cause, breaks, failures, next_retry_at, started_at, finished_at
              from accounting.fetch_run
             where (:provider = '' or provider = :provider)
               and (:before = '' or id < :before)
             order by id desc
             limit :limit
            """;

    private static final String UPDATE = """
            update accounting.fetch_run
               set state = :state, pages = :pages, entries = :entries, added = :added,
                   duplicates = :duplicates, booked = :booked, cause = :cause, breaks = :breaks,
                   next_retry_at = :retry, finished_at = :finished
             where id = :id
               and state in ('QUEUED', 'RUNNING')
            """;

    private static final String LAST_SUCCESS = """
            select max(finished_at) as at
              from accounting.fetch_run
             where provider = :provider
               and state = 'SUCCEEDED'
            """;

    private static final String FIRST_START = """
            select min(started_at) as at from accounting.fetch_run where provider = :provider
            """;

    private static final String FAILED_SINCE = """
            select count(*)
              from accounting.fetch_run
             where state = 'FAILED'
               and finished_at >= :since
            """;

    private static final String CURSOR = """
            select cursor from accounting.fetch_cursor where provider = :provider
            """;

    private static final String MOVE_CURSOR = """
            insert into accounting.fetch_cursor (provider, cursor, moved_at)
            values (:provider, :cursor, :at)
            on conflict (provider) do update
               set cursor = excluded.cursor, moved_at = excluded.moved_at
            """;

    private static final String RAISE = """
            insert into accounting.fetch_alarm (provider, since, raised_at)
            values (:provider, :since, :at)
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    FetchStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Stores a run, or gives the one that is under way.
    FetchRun openOrJoin(FetchRun run) {
        while (true) {
            int inserted = jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                    .bind("id", run.id())
                    .bind("provider", run.provider())
                    .bind("trigger", run.trigger().name().toLowerCase(Locale.ROOT))
                    .bind("failures", run.failures())
                    .bind("at", utc(run.startedAt()))
                    .execute());
            if (inserted == 1) {
                return run;
            }
            // It may end between the two statements; then the next turn stores ours.
            var active = active(run.provider());
            if (active.isPresent()) {
                return active.get();
            }
        }
    }

    Optional<FetchRun> active(String provider) {
        return jdbi.withHandle(handle ->
                handle.createQuery(ACTIVE).bind("provider", provider).map(RUN).findOne());
    }

    List<FetchRun> allActive() {
        return jdbi.withHandle(handle -> handle.createQuery(ALL_ACTIVE).map(RUN).list());
    }

    Optional<FetchRun> find(String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ONE).bind("id", id).map(RUN).findOne());
    }

    /// Newest first.
    ///
    /// @param provider empty for all
    /// @param before id of the last run seen, empty for the first page
    List<FetchRun> page(String provider, String before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(PAGE)
                .bind("provider", provider)
                .bind("before", before)
                .bind("limit", limit)
                .map(RUN)
                .list());
    }

    void update(FetchRun run) {
        jdbi.useHandle(handle -> update(handle, run));
    }

    /// Whether the run was still open.
    static boolean update(Handle handle, FetchRun run) {
        String cause = run.state() instanceof FetchState.Failed failed ? failed.cause() : "";
        Instant retry =
                run.state() instanceof FetchState.Failed failed ? failed.nextRetryAt() : null;
        Instant finished = switch (run.state()) {
            case FetchState.Queued queued -> null;
            case FetchState.Running running -> null;
            case FetchState.Succeeded succeeded -> succeeded.finishedAt();
            case FetchState.Failed failed -> failed.finishedAt();
        };
        return handle.createUpdate(UPDATE)
                        .bind("id", run.id())
                        .bind("state", name(run.state()))
                        .bind("pages", run.pages())
                        .bind("entries", run.counts().entries())
                        .bind("added", run.counts().added())
                        .bind("duplicates", run.counts().duplicates())
                        .bind("booked", run.counts().booked())
                        .bind("cause", cause)
                        .bindArray("breaks", String.class, run.breaks().toArray())
                        .bind("retry", retry == null ? null : utc(retry))
                        .bind("finished", finished == null ? null : utc(finished))
                        .execute()
                == 1;
    }

    Optional<Instant> lastSuccess(String provider) {
        return time(LAST_SUCCESS, provider);
    }

    Optional<Instant> firstStart(String provider) {
        return time(FIRST_START, provider);
    }

    private Optional<Instant> time(String query, String provider) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("provider", provider)
                .map((row, context) -> Optional.ofNullable(instant(row, "at")))
                .one());
    }

    long failedSince(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(FAILED_SINCE)
                .bind("since", utc(since))
                .mapTo(Long.class)
                .one());
    }

    Optional<String> cursor(String provider) {
        return jdbi.withHandle(handle -> handle.createQuery(CURSOR)
                .bind("provider", provider)
                .mapTo(String.class)
                .findOne());
    }

    void moveCursor(String provider, String cursor, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(MOVE_CURSOR)
                .bind("provider", provider)
                .bind("cursor", cursor)
                .bind("at", utc(now))
                .execute());
    }

    /// Notes an alarm; false when it was noted before.
    static boolean raise(Handle handle, String provider, Instant since, Instant now) {
        return handle.createUpdate(RAISE)
                        .bind("provider", provider)
                        .bind("since", utc(since))
                        .bind("at", utc(now))
                        .execute()
                == 1;
    }

    private static final RowMapper<FetchRun> RUN = (row, context) -> new FetchRun(
            row.getString("id"),
            row.getString("provider"),
            state(row),
            FetchRun.Trigger.valueOf(row.getString("trigger_kind").toUpperCase(Locale.ROOT)),
            row.getInt("pages"),
            new ImportCounts(
                    row.getLong("entries"),
                    row.getLong("added"),
                    row.getLong("duplicates"),
                    row.getLong("booked")),
            List.of((String[]) row.getArray("breaks").getArray()),
            row.getInt("failures"),
            row.getObject("started_at", OffsetDateTime.class).toInstant());

    private static FetchState state(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "QUEUED" -> new FetchState.Queued();
            case "RUNNING" -> new FetchState.Running();
            case "SUCCEEDED" -> new FetchState.Succeeded(finished(row));
            case "FAILED" ->
                new FetchState.Failed(
                        finished(row), row.getString("cause"), instant(row, "next_retry_at"));
            default -> throw new IllegalStateException("a run in no known state");
        };
    }

    private static String name(FetchState state) {
        return switch (state) {
            case FetchState.Queued queued -> "QUEUED";
            case FetchState.Running running -> "RUNNING";
            case FetchState.Succeeded succeeded -> "SUCCEEDED";
            case FetchState.Failed failed -> "FAILED";
        };
    }

    private static Instant finished(ResultSet row) throws SQLException {
        Instant at = instant(row, "finished_at");
        if (at == null) {
            throw new IllegalStateException("a run that ended without a time");
        }
        return at;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
