package org.almonry.limit;

import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// SQL of schema `limits`. The current limit is the greatest version of its id.
final class LimitStore {
    private static final String LIMITS = """
            select distinct on (id) id, version, profile_id, process_kind, currency, currency_scale,
                   measure, period, maximum, consequence, is_active
              from limits.rule
             where profile_id = any (:profiles)
               and (:kind = '' or process_kind = :kind)
               and (:currency = '' or currency = :currency)
             order by id, version desc
            """;

    private static final String PAGE = """
            select distinct on (id) id, version, profile_id, process_kind, currency, currency_scale,
                   measure, period, maximum, consequence, is_active
              from limits.rule
             where id > :after
               and (:profile = '' or profile_id = :profile)
             order by id, version desc
             limit :size
            """;

    private static final String LATEST = """
            select id, version, profile_id, process_kind, currency, currency_scale,
                   measure, period, maximum, consequence, is_active
              from limits.rule
             where id = :id
             order by version desc
             limit 1
            """;

    private static final String INSERT = """
            insert into limits.rule
                   (id, version, profile_id, process_kind, currency, currency_scale, measure, period,
                    maximum, consequence, is_active, put_by, put_at)
            values (:id,
                    1 + (select coalesce(max(version), 0) from limits.rule where id = :id),
                    :profile, :kind, :currency, :scale, :measure, :period,
                    :maximum, :consequence, :active, :by, :at)
            """;

    /// Held until the end of the transaction: whoever else asks for the same owner, kind and
    /// currency counts after this one has counted itself.
    private static final String LOCK = """
            select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(
                     'limits|' || :owner || '|' || :kind || '|' || :currency, 0))
            """;

    private static final String USED = """
            select coalesce(sum(amount_minor), 0) as minor, count(*) as number
              from limits.usage
             where owner = :owner
               and process_kind = :kind
               and currency = :currency
               and used_on >= :start
               and used_on < :end
               and given_back_at is null
               and request_id <> :request
            """;

    private static final String TAKE = """
            insert into limits.usage
                   (request_id, owner, process_kind, currency, used_on, amount_minor, taken_at)
            values (:request, :owner, :kind, :currency, :day, :minor, :at)
            on conflict (request_id) do update
               set used_on = excluded.used_on, given_back_at = null
             where usage.given_back_at is not null
            """;

    private static final String GIVE_BACK = """
            update limits.usage
               set given_back_at = :at
             where request_id = :request
               and given_back_at is null
            """;

    private LimitStore() {}

    static List<Limit> limits(
            Handle handle, Collection<String> profiles, String kind, String currency) {
        return handle.createQuery(LIMITS)
                .bind("profiles", profiles.toArray(String[]::new))
                .bind("kind", kind)
                .bind("currency", currency)
                .map(LimitStore::limit)
                .list();
    }

    /// By id, from the one after `after` on; an empty profile means all.
    static List<Limit> page(Handle handle, String profile, String after, int size) {
        return handle.createQuery(PAGE)
                .bind("profile", profile)
                .bind("after", after)
                .bind("size", size)
                .map(LimitStore::limit)
                .list();
    }

    static Optional<Limit> latest(Handle handle, String id) {
        return handle.createQuery(LATEST).bind("id", id).map(LimitStore::limit).findOne();
    }

    static void insert(Handle handle, Limit limit, String by, Instant at) {
        handle.createUpdate(INSERT)
                .bind("id", limit.id())
                .bind("profile", limit.scope().profileId())
                .bind("kind", limit.scope().processKind())
                .bind("currency", limit.scope().currency().code())
                .bind("scale", limit.scope().currency().scale())
                .bind("measure", limit.bound().measure().name())
                .bind("period", limit.bound().period().name())
                .bind("maximum", limit.bound().maximum())
                .bind("consequence", limit.bound().consequence().name())
                .bind("active", limit.isActive())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    static void lock(Handle handle, Usage usage) {
        handle.createQuery(LOCK)
                .bind("owner", usage.owner())
                .bind("kind", usage.processKind())
                .bind("currency", usage.amount().currency().code())
                .map((row, context) -> true)
                .one();
    }

    /// What others used in the window of a period; a sum beyond a long counts as the largest.
    static Limit.Used used(Handle handle, Usage usage, Period period) {
        return handle.createQuery(USED)
                .bind("owner", usage.owner())
                .bind("kind", usage.processKind())
                .bind("currency", usage.amount().currency().code())
                .bind("start", period.start(usage.day()))
                .bind("end", period.end(usage.day()))
                .bind("request", usage.requestId())
                .map((row, context) -> new Limit.Used(
                        row.getBigDecimal("minor")
                                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                                .longValueExact(),
                        row.getLong("number")))
                .one();
    }

    static void take(Handle handle, Usage usage, Instant at) {
        handle.createUpdate(TAKE)
                .bind("request", usage.requestId())
                .bind("owner", usage.owner())
                .bind("kind", usage.processKind())
                .bind("currency", usage.amount().currency().code())
                .bind("day", usage.day())
                .bind("minor", usage.amount().minor())
                .bind("at", at)
                .execute();
    }

    static void giveBack(Handle handle, String requestId, Instant at) {
        handle.createUpdate(GIVE_BACK).bind("request", requestId).bind("at", at).execute();
    }

    private static Limit limit(ResultSet row, StatementContext context) throws SQLException {
        return new Limit(
                row.getString("id"),
                new Limit.Scope(
                        row.getString("profile_id"),
                        row.getString("process_kind"),
                        new Currency(row.getString("currency"), row.getInt("currency_scale"))),
                new Limit.Bound(
                        Measure.valueOf(row.getString("measure")),
                        Period.valueOf(row.getString("period")),
                        row.getLong("maximum"),
                        Consequence.valueOf(row.getString("consequence"))),
                row.getBoolean("is_active"));
    }
}
