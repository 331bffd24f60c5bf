package org.almonry.identity;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SQL of the users.
final class UserStore {
    private static final String INSERT = """
        insert into identity.app_user (id, email, display_name, role, language, created_at)
        values (:id, :email, :name, :role, :language, :at)
        on conflict do nothing
        """;

    private static final String FIND = """
        select id, email, display_name, role, language, disabled, created_at
          from identity.app_user
         where id = :id
        """;

    private static final String BY_EMAIL = """
        select id, email, display_name, role, language, disabled, created_at
          from identity.app_user
         where email = :email
        """;

    private static final String PAGE = """
        select id, email, display_name, role, language, disabled, created_at
          from identity.app_user
         where :before = '' or id < :before
         order by id desc
         limit :size
        """;

    private static final String WITH_ROLE = """
        select id, email, display_name, role, language, disabled, created_at
          from identity.app_user
         where role = :role and not disabled
         order by id
        """;

    private static final String NAMES = """
        select id, display_name
          from identity.app_user
         where id = any (:ids)
        """;

    private static final String SET_DISABLED = """
        update identity.app_user
           set disabled = :disabled
         where id = :id
        """;

    private final Jdbi identity;

    UserStore(Jdbi identity) {
        this.identity = identity;
    }

    /// False when the address is taken.
    boolean insert(User user) {
        return identity.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", user.id())
                        .bind("email", user.email())
                        .bind("name", user.displayName())
                        .bind("role", user.role().name())
                        .bind("language", user.language())
                        .bind("at", user.createdAt())
                        .execute())
                == 1;
    }

    Optional<User> find(String id) {
        return identity.withHandle(handle ->
                handle.createQuery(FIND).bind("id", id).map(UserStore::row).findOne());
    }

    Optional<User> byEmail(String email) {
        return identity.withHandle(handle -> handle.createQuery(BY_EMAIL)
                .bind("email", email)
                .map(UserStore::row)
                .findOne());
    }

    List<User> page(String before, int size) {
        return identity.withHandle(handle -> handle.createQuery(PAGE)
                .bind("before", before)
                .bind("size", size)
                .map(UserStore::row)
                .list());
    }

    List<User> withRole(Role role) {
        return identity.withHandle(handle -> handle.createQuery(WITH_ROLE)
                .bind("role", role.name())
                .map(UserStore::row)
                .list());
    }

    Map<String, String> names(Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        identity.useHandle(handle -> handle.createQuery(NAMES)
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) ->
                        Map.entry(row.getString("id"), row.getString("display_name")))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue())));
        return names;
    }

    boolean setDisabled(String id, boolean disabled) {
        return identity.withHandle(handle -> handle.createUpdate(SET_DISABLED)
                        .bind("id", id)
                        .bind("disabled", disabled)
                        .execute())
                == 1;
    }

    private static User row(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                row.getString("id"),
                row.getString("email"),
                row.getString("display_name"),
                Role.valueOf(row.getString("role")),
                row.getString("language"),
                row.getBoolean("disabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
