package org.almonry.identity;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// SQL of the sessions.
final class SessionStore {
    private static final String INSERT = """
        insert into identity.session
            (id, token_hash, user_id, gateway, created_at, last_used_at, expires_at)
        values (:id, :hash, :user, :gateway, :at, :at, :expires)
        """;

    private static final String LIVE = """
        select s.id, s.user_id, u.role, s.last_used_at
          from identity.session s
          join identity.app_user u on u.id = s.user_id
         where s.token_hash = :hash
           and s.gateway = :gateway
           and s.ended_at is null
           and s.expires_at > :now
           and s.last_used_at > :idle_since
           and not u.disabled
        """;

    private static final String TOUCH = """
        update identity.session
           set last_used_at = greatest(last_used_at, :now)
         where id = :id
        """;

    private static final String END = """
        update identity.session
           set ended_at = :now
         where id = :id and ended_at is null
        """;

    private static final String END_ALL = """
        update identity.session
           set ended_at = :now
         where user_id = :user and ended_at is null
        """;

    private static final String PURGE = """
        delete from identity.session
         where expires_at <= :before
        """;

    private final Jdbi identity;

    SessionStore(Jdbi identity) {
        this.identity = identity;
    }

    void insert(
            String id, byte[] hash, String userId, String gateway, Instant at, Instant expires) {
        identity.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("hash", hash)
                .bind("user", userId)
                .bind("gateway", gateway)
                .bind("at", at)
                .bind("expires", expires)
                .execute());
    }

    Optional<Live> live(byte[] hash, String gateway, Instant now, Instant idleSince) {
        return identity.withHandle(handle -> handle.createQuery(LIVE)
                .bind("hash", hash)
                .bind("gateway", gateway)
                .bind("now", now)
                .bind("idle_since", idleSince)
                .map(SessionStore::row)
                .findOne());
    }

    void touch(String id, Instant now) {
        identity.useHandle(handle ->
                handle.createUpdate(TOUCH).bind("id", id).bind("now", now).execute());
    }

    void end(String id, Instant now) {
        identity.useHandle(handle ->
                handle.createUpdate(END).bind("id", id).bind("now", now).execute());
    }

    void endAll(String userId, Instant now) {
        identity.useHandle(handle -> handle.createUpdate(END_ALL)
                .bind("user", userId)
                .bind("now", now)
                .execute());
    }

    int purge(Instant before) {
        return identity.withHandle(
                handle -> handle.createUpdate(PURGE).bind("before", before).execute());
    }

    private static Live row(ResultSet row, StatementContext context) throws SQLException {
        return new Live(
                row.getString("id"),
                row.getString("user_id"),
                Role.valueOf(row.getString("role")),
                row.getObject("last_used_at", OffsetDateTime.class).toInstant());
    }

    /// A session that may be used now.
    record Live(String id, String userId, Role role, Instant lastUsedAt) {}
}
