package org.almonry.directory;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// SQL of the members.
final class MemberStore {
    private static final String SET = """
        insert into directory.member (project_id, user_ref, role, since)
        values (:project, :user, :role, :at)
        on conflict (project_id, user_ref) do update set role = excluded.role
        """;

    private static final String OF_PROJECT = """
        select user_ref, role, since
          from directory.member
         where project_id = :project
         order by since, user_ref
        """;

    private static final String OF_USER = """
        select project_id, role
          from directory.member
         where user_ref = :user
        """;

    private final Jdbi accounting;

    MemberStore(Jdbi accounting) {
        this.accounting = accounting;
    }

    void set(Handle handle, String projectId, String userRef, ProjectRole role, Instant at) {
        handle.createUpdate(SET)
                .bind("project", projectId)
                .bind("user", userRef)
                .bind("role", role.name())
                .bind("at", at)
                .execute();
    }

    List<Member> ofProject(String projectId) {
        return accounting.withHandle(handle -> handle.createQuery(OF_PROJECT)
                .bind("project", projectId)
                .map(MemberStore::row)
                .list());
    }

    Map<String, ProjectRole> ofUser(String userRef) {
        Map<String, ProjectRole> roles = new HashMap<>();
        accounting.useHandle(handle -> handle.createQuery(OF_USER)
                .bind("user", userRef)
                .map((row, context) -> Map.entry(
                        row.getString("project_id"), ProjectRole.valueOf(row.getString("role"))))
                .forEach(entry -> roles.put(entry.getKey(), entry.getValue())));
        return Map.copyOf(roles);
    }

    private static Member row(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                row.getString("user_ref"),
                ProjectRole.valueOf(row.getString("role")),
                row.getTimestamp("since").toInstant());
    }
}
