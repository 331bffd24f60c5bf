package org.almonry.audit;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/// The SQL of the audit log.
final class AuditStore {
    private static final String INSERT = """
            insert into audit.entry (at, actor, service, action, subject, outcome, detail)
            select :at, u.actor, u.service, u.action, u.subject, u.outcome, u.detail
              from unnest(:actors, :services, :actions, :subjects, :outcomes, :details)
                   with ordinality u (actor, service, action, subject, outcome, detail, place)
             order by u.place
            """;

    private static final String PAGE = """
            select sequence, at, actor, service, action, subject, outcome, detail
              from audit.entry
             where sequence < :before
             order by sequence desc
             limit :size
            """;

    private static final String PAGE_OF_SUBJECT = """
            select sequence, at, actor, service, action, subject, outcome, detail
              from audit.entry
             where subject = :subject
               and (:actor = '' or actor = :actor)
               and sequence < :before
             order by sequence desc
             limit :size
            """;

    private static final String PAGE_OF_ACTOR = """
            select sequence, at, actor, service, action, subject, outcome, detail
              from audit.entry
             where actor = :actor
               and sequence < :before
             order by sequence desc
             limit :size
            """;

    private AuditStore() {}

    static void insert(Handle handle, List<AuditEntry> entries, Instant at) {
        if (entries.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT)
                .bind("at", at)
                .bind("actors", texts(entries, AuditEntry::actor))
                .bind("services", texts(entries, AuditEntry::service))
                .bind("actions", texts(entries, AuditEntry::action))
                .bind("subjects", texts(entries, AuditEntry::subject))
                .bind("outcomes", texts(entries, AuditEntry::outcome))
                .bind("details", texts(entries, AuditEntry::detail))
                .execute();
    }

    static List<StoredAudit> page(
            Handle handle, String subject, String actor, long before, int size) {
        if (!subject.isEmpty()) {
            return handle.createQuery(PAGE_OF_SUBJECT)
                    .bind("subject", subject)
                    .bind("actor", actor)
                    .bind("before", before)
                    .bind("size", size)
                    .map(AuditStore::row)
                    .list();
        }
        if (!actor.isEmpty()) {
            return handle.createQuery(PAGE_OF_ACTOR)
                    .bind("actor", actor)
                    .bind("before", before)
                    .bind("size", size)
                    .map(AuditStore::row)
                    .list();
        }
        return handle.createQuery(PAGE)
                .bind("before", before)
                .bind("size", size)
                .map(AuditStore::row)
                .list();
    }

    private static String[] texts(List<AuditEntry> entries, Function<AuditEntry, String> part) {
        return entries.stream().map(part).toArray(String[]::new);
    }

    private static StoredAudit row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredAudit(
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new AuditEntry(
                        row.getString("actor"),
                        row.getString("service"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("outcome"),
                        row.getString("detail")));
    }
}
