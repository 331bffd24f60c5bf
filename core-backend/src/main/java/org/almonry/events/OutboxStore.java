package org.almonry.events;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The SQL of the outbox.
final class OutboxStore {
    private static final String INSERT = """
            insert into events.event (at, type, subject, payload)
            select :at, u.type, u.subject, u.payload::jsonb
              from unnest(:types, :subjects, :payloads)
                   with ordinality u (type, subject, payload, place)
             order by u.place
            """;

    /// Where the next window of events ends; subscribers pass events of other types without
    /// an index on them.
    private static final String WINDOW = """
            select max(w.position) as last
              from (select position
                      from events.event
                     where position > :position
                     order by position
                     limit :size) w
            """;

    private static final String NEXT = """
            select position, at, type, payload::text as payload
              from events.event
             where position > :position
               and position <= :last
               and type = :type
             order by position
            """;

    private static final String ABOUT = """
            select position, at, type, payload::text as payload
              from events.event
             where subject = :subject
             order by position
             limit :size
            """;

    private static final String ENSURE_CURSOR = """
            insert into events.cursor (subscriber, position, next_try_at)
            values (:subscriber, 0, :now)
            on conflict (subscriber) do nothing
            """;

    private static final String CURSOR = """
            select position, failures, next_try_at
              from events.cursor
             where subscriber = :subscriber
            """;

    private static final String MOVE = """
            update events.cursor
               set position = :position, failures = :failures, next_try_at = :nextTryAt
             where subscriber = :subscriber
            """;

    /// How far a subscriber has come.
    record Cursor(long position, int failures, Instant nextTryAt) {}

    private OutboxStore() {}

    static void insert(Handle handle, List<DomainEvent> events, Instant at) {
        if (events.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT)
                .bind("at", at)
                .bind("types", events.stream().map(DomainEvent::type).toArray(String[]::new))
                .bind("subjects", events.stream().map(DomainEvent::subject).toArray(String[]::new))
                .bind("payloads", events.stream().map(DomainEvent::payload).toArray(String[]::new))
                .execute();
    }

    /// The position at which the next window of so many events ends; empty when there are
    /// none.
    static Optional<Long> window(Handle handle, long position, int size) {
        return handle.createQuery(WINDOW)
                .bind("position", position)
                .bind("size", size)
                .mapTo(Long.class)
                .findOne();
    }

    /// Events of a type in a window.
    static List<StoredEvent> next(Handle handle, String type, long position, long last) {
        return handle.createQuery(NEXT)
                .bind("position", position)
                .bind("last", last)
                .bind("type", type)
                .map(OutboxStore::event)
                .list();
    }

    static List<StoredEvent> about(Handle handle, String subject, int size) {
        return handle.createQuery(ABOUT)
                .bind("subject", subject)
                .bind("size", size)
                .map(OutboxStore::event)
                .list();
    }

    static Cursor cursor(Handle handle, String subscriber, Instant now) {
        handle.createUpdate(ENSURE_CURSOR)
                .bind("subscriber", subscriber)
                .bind("now", now)
                .execute();
        return handle.createQuery(CURSOR)
                .bind("subscriber", subscriber)
                .map((row, context) -> new Cursor(
                        row.getLong("position"),
                        row.getInt("failures"),
                        row.getObject("next_try_at", OffsetDateTime.class).toInstant()))
                .one();
    }

    static void move(
            Handle handle, String subscriber, long position, int failures, Instant nextTryAt) {
        handle.createUpdate(MOVE)
                .bind("subscriber", subscriber)
                .bind("position", position)
                .bind("failures", failures)
                .bind("nextTryAt", nextTryAt)
                .execute();
    }

    private static StoredEvent event(ResultSet row, StatementContext context) throws SQLException {
        return new StoredEvent(
                row.getLong("position"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                EventCodec.decode(row.getString("type"), row.getString("payload")));
    }
}
