package org.almonry.ledger.metadata;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/// The SQL of metadata.
final class MetadataStore {
    /// Two who set at once would both count the names before.
    private static final String LOCK = """
            select pg_advisory_xact_lock(hashtextextended('ledger.metadata ' || :target, 0))
            """;

    private static final String INSERT = """
            insert into ledger.metadata (target, key, value, set_at, set_by)
            values (:target, :key, :value, :at, :by)
            """;

    private static final String CURRENT = """
            select target, key, value, set_at, set_by
              from (select distinct on (key) target, key, value, set_at, set_by
                      from ledger.metadata
                     where target = :target
                     order by key, id desc) newest
             where value <> ''
             order by key
            """;

    private static final String HISTORY = """
            select target, key, value, set_at, set_by
              from ledger.metadata
             where target = :target
             order by id desc
             limit :size
            """;

    private static final String TARGETS_OF = """
            select m.target
              from ledger.metadata m
             where m.value = :value
               and starts_with(m.target, :prefix)
               and not exists (select 1
                                 from ledger.metadata n
                                where n.target = m.target
                                  and n.key = m.key
                                  and n.id > m.id)
             group by m.target
             order by max(m.id) desc
             limit :size
            """;

    private MetadataStore() {}

    static void lock(Handle handle, String target) {
        handle.createQuery(LOCK)
                .bind("target", target)
                .map((row, context) -> true)
                .one();
    }

    static void insert(Handle handle, MetadataItem item) {
        handle.createUpdate(INSERT)
                .bind("target", item.target())
                .bind("key", item.key())
                .bind("value", item.value())
                .bind("at", item.at())
                .bind("by", item.by())
                .execute();
    }

    static List<MetadataItem> current(Handle handle, String target) {
        return handle.createQuery(CURRENT)
                .bind("target", target)
                .map(MetadataStore::item)
                .list();
    }

    static List<MetadataItem> history(Handle handle, String target, int size) {
        return handle.createQuery(HISTORY)
                .bind("target", target)
                .bind("size", size)
                .map(MetadataStore::item)
                .list();
    }

    static List<String> targetsOf(Handle handle, String value, String prefix, int size) {
        return handle.createQuery(TARGETS_OF)
                .bind("value", value)
                .bind("prefix", prefix)
                .bind("size", size)
                .mapTo(String.class)
                .list();
    }

    private static MetadataItem item(ResultSet row, StatementContext context) throws SQLException {
        return new MetadataItem(
                row.getString("target"),
                row.getString("key"),
                row.getString("value"),
                row.getObject("set_at", OffsetDateTime.class).toInstant(),
                row.getString("set_by"));
    }
}
