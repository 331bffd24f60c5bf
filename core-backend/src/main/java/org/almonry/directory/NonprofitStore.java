package org.almonry.directory;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// SQL of the nonprofits.
final class NonprofitStore {
    private static final String INSERT = """
        insert into directory.nonprofit
            (id, slug, name, account_holder, sites, created_at, created_by)
        values (:id, :slug, :name, :holder, :sites, :at, :by)
        on conflict do nothing
        """;

    private static final String ALL = """
        select id, slug, name, account_holder, sites
          from directory.nonprofit
         order by name, id
        """;

    private static final String FIND = """
        select id, slug, name, account_holder, sites
          from directory.nonprofit
         where id = :name or slug = :name
        """;

    private final Jdbi accounting;

    NonprofitStore(Jdbi accounting) {
        this.accounting = accounting;
    }

    /// False when the slug is taken.
    boolean insert(Nonprofit nonprofit, Instant at, String by) {
        return accounting.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", nonprofit.id())
                        .bind("slug", nonprofit.slug())
                        .bind("name", nonprofit.name())
                        .bind("holder", nonprofit.accountHolder())
                        .bind("sites", nonprofit.sites().toArray(String[]::new))
                        .bind("at", at)
                        .bind("by", by)
                        .execute())
                == 1;
    }

    List<Nonprofit> all() {
        return accounting.withHandle(
                handle -> handle.createQuery(ALL).map(NonprofitStore::row).list());
    }

    Optional<Nonprofit> find(String idOrSlug) {
        return accounting.withHandle(handle -> handle.createQuery(FIND)
                .bind("name", idOrSlug)
                .map(NonprofitStore::row)
                .findOne());
    }

    private static Nonprofit row(ResultSet row, StatementContext context) throws SQLException {
        return new Nonprofit(
                row.getString("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("account_holder"),
                List.of((String[]) row.getArray("sites").getArray()));
    }
}
