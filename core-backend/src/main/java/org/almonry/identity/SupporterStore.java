package org.almonry.identity;

import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// SQL of the supporters.
final class SupporterStore {
    private static final String INSERT = """
        insert into identity.supporter (id, request_key, name, email, language, created_at)
        values (:id, :key, :name, :email, :language, :at)
        on conflict do nothing
        """;

    private static final String BY_KEY = """
        select id
          from identity.supporter
         where request_key = :key
        """;

    private static final String FIND = """
        select id, name, email, language
          from identity.supporter
         where id = any (:ids)
        """;

    private static final String KEEP = """
        update identity.supporter
           set kept = true
         where id = :id
        """;

    private static final String UNKEPT = """
        select id
          from identity.supporter
         where not kept and created_at < :before
         order by created_at
         limit :size
        """;

    private static final String DELETE = """
        delete from identity.supporter
         where id = :id and not kept
        """;

    private final Jdbi identity;

    SupporterStore(Jdbi identity) {
        this.identity = identity;
    }

    void insert(Supporter supporter, String key, Instant at) {
        identity.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("id", supporter.id())
                .bind("key", key)
                .bind("name", supporter.name())
                .bind("email", supporter.email())
                .bind("language", supporter.language())
                .bind("at", at)
                .execute());
    }

    Optional<String> byKey(String key) {
        return identity.withHandle(handle ->
                handle.createQuery(BY_KEY).bind("key", key).mapTo(String.class).findOne());
    }

    List<Supporter> find(Collection<String> ids) {
        return identity.withHandle(handle -> handle.createQuery(FIND)
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> new Supporter(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("language")))
                .list());
    }

    void keep(String id) {
        identity.useHandle(handle -> handle.createUpdate(KEEP).bind("id", id).execute());
    }

    List<String> unkept(Instant before, int size) {
        return identity.withHandle(handle -> handle.createQuery(UNKEPT)
                .bind("before", before)
                .bind("size", size)
                .mapTo(String.class)
                .list());
    }

    void delete(String id) {
        identity.useHandle(handle -> handle.createUpdate(DELETE).bind("id", id).execute());
    }
}
