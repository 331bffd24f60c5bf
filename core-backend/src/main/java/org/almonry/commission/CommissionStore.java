package org.almonry.commission;

import org.almonry.money.Currency;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// SQL of schema `commission`. The current rule is the greatest version of its id.
final class CommissionStore {
    private static final String PROFILES = """
            select id, name, level, tier, earner, copied_from
              from commission.profile
             where id > :after
             order by id
             limit :size
            """;

    private static final String PROFILE = """
            select id, name, level, tier, earner, copied_from
              from commission.profile
             where id = :id
            """;

    private static final String INSERT_PROFILE = """
            insert into commission.profile
                   (id, name, level, tier, earner, copied_from, made_by, made_at)
            values (:id, :name, :level, :tier, :earner, :copiedFrom, :by, :at)
            """;

    /// Two who put rules into one profile wait for each other, so that neither overlooks the
    /// other's rule.
    private static final String LOCK = """
            select pg_catalog.pg_advisory_xact_lock(
                     pg_catalog.hashtextextended('commission|' || :profile, 0))
            """;

    private static final String RULES = """
            select r.id, r.version, r.profile_id, r.process_kind, r.currency, r.currency_scale,
                   r.from_on, r.until_on, r.is_active, r.direction, r.rounding,
                   c.min_minor, c.below_minor, c.formula, c.millionths, c.fixed_minor
              from (select distinct on (id) id, version, profile_id, process_kind, currency,
                           currency_scale, from_on, until_on, is_active, direction, rounding
                      from commission.rule
                     where profile_id = :profile
                       and (:kind = '' or process_kind = :kind)
                       and (:currency = '' or currency = :currency)
                     order by id, version desc) r
              join commission.range c on c.rule_id = r.id and c.version = r.version
             order by r.process_kind, r.currency, r.from_on, r.id, c.min_minor
            """;

    private static final String LATEST = """
            select version, profile_id, process_kind, currency
              from commission.rule
             where id = :id
             order by version desc
             limit 1
            """;

    private static final String INSERT_RULE = """
            insert into commission.rule
                   (id, version, profile_id, process_kind, currency, currency_scale, from_on, until_on,
                    is_active, direction, rounding, put_by, put_at)
            values (:id, :version, :profile, :kind, :currency, :scale, :from, :until,
                    :active, :direction, :rounding, :by, :at)
            """;

    private static final String INSERT_RANGES = """
            insert into commission.range
                   (rule_id, version, min_minor, below_minor, formula, millionths, fixed_minor)
            select :id, :version, u.min_minor, u.below_minor, u.formula, u.millionths, u.fixed_minor
              from unnest(:mins, :belows, :formulas, :millionths, :fixeds)
                   u (min_minor, below_minor, formula, millionths, fixed_minor)
            """;

    private static final String INSERT_CONTRACT = """
            insert into commission.contract (owner, level, profile_id, from_on, put_by, put_at)
            values (:owner, :level, :profile, :from, :by, :at)
            """;

    private static final String CONTRACTED = """
            select p.id, p.name, p.level, p.tier, p.earner, p.copied_from
              from commission.contract c
              join commission.profile p on p.id = c.profile_id
             where c.owner = :owner
               and c.level = :level
               and c.from_on <= :day
             order by c.from_on desc, c.number desc
             limit 1
            """;

    private static final String OWNERS = """
            select distinct owner
              from commission.contract
             where owner > :after
               and from_on <= :day
             order by owner
             limit :size
            """;

    private static final String CONTRACTS = """
            select number, owner, level, profile_id, from_on
              from commission.contract
             where (:owner = '' or owner = :owner)
               and (:profile = '' or profile_id = :profile)
               and number < :before
             order by number desc
             limit :size
            """;

    private CommissionStore() {}

    static List<Profile> profiles(Handle handle, String after, int size) {
        return handle.createQuery(PROFILES)
                .bind("after", after)
                .bind("size", size)
                .map(CommissionStore::profile)
                .list();
    }

    static Optional<Profile> profile(Handle handle, String id) {
        return handle.createQuery(PROFILE)
                .bind("id", id)
                .map(CommissionStore::profile)
                .findOne();
    }

    static void insert(Handle handle, Profile profile, String by, Instant at) {
        handle.createUpdate(INSERT_PROFILE)
                .bind("id", profile.id())
                .bind("name", profile.name())
                .bind("level", profile.level().name())
                .bind("tier", profile.tier().name())
                .bind("earner", profile.earner())
                .bind("copiedFrom", profile.copiedFrom())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    static void lock(Handle handle, String profile) {
        handle.createQuery(LOCK)
                .bind("profile", profile)
                .map((row, context) -> true)
                .one();
    }

    /// Rules as they are now; empty kind or currency means all.
    static List<Rule> rules(Handle handle, String profile, String kind, String currency) {
        var drafts = new LinkedHashMap<String, Draft>();
        handle.createQuery(RULES)
                .bind("profile", profile)
                .bind("kind", kind)
                .bind("currency", currency)
                .map((row, context) -> {
                    var draft = drafts.get(row.getString("id"));
                    if (draft == null) {
                        draft = draft(row);
                        drafts.put(draft.id(), draft);
                    }
                    draft.ranges().add(range(row));
                    return draft;
                })
                .list();
        return drafts.values().stream().map(Draft::rule).toList();
    }

    /// Where the newest version of a rule applies, and its number.
    static Optional<Latest> latest(Handle handle, String id) {
        return handle.createQuery(LATEST)
                .bind("id", id)
                .map((row, context) -> new Latest(
                        row.getInt("version"),
                        row.getString("profile_id"),
                        row.getString("process_kind"),
                        row.getString("currency")))
                .findOne();
    }

    static void insert(Handle handle, Rule rule, int version, String by, Instant at) {
        var scope = rule.scope();
        handle.createUpdate(INSERT_RULE)
                .bind("id", rule.id())
                .bind("version", version)
                .bind("profile", scope.profileId())
                .bind("kind", scope.processKind())
                .bind("currency", scope.currency().code())
                .bind("scale", scope.currency().scale())
                .bind("from", scope.from())
                .bind("until", scope.until())
                .bind("active", rule.isActive())
                .bind("direction", rule.terms().direction().name())
                .bind("rounding", rule.terms().rounding().name())
                .bind("by", by)
                .bind("at", at)
                .execute();
        var ranges = rule.terms().ranges();
        var columns = ranges.stream().map(range -> Columns.of(range.formula())).toList();
        handle.createUpdate(INSERT_RANGES)
                .bind("id", rule.id())
                .bind("version", version)
                .bind("mins", ranges.stream().map(Range::minMinor).toArray(Long[]::new))
                .bind("belows", ranges.stream().map(Range::belowMinor).toArray(Long[]::new))
                .bind("formulas", columns.stream().map(Columns::word).toArray(String[]::new))
                .bind(
                        "millionths",
                        columns.stream().map(Columns::millionths).toArray(Integer[]::new))
                .bind("fixeds", columns.stream().map(Columns::fixed).toArray(Long[]::new))
                .execute();
    }

    static void insert(Handle handle, Contract contract, String by, Instant at) {
        handle.createUpdate(INSERT_CONTRACT)
                .bind("owner", contract.owner())
                .bind("level", contract.level().name())
                .bind("profile", contract.profileId())
                .bind("from", contract.from())
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    static Optional<Profile> contracted(Handle handle, String owner, Level level, LocalDate day) {
        return handle.createQuery(CONTRACTED)
                .bind("owner", owner)
                .bind("level", level.name())
                .bind("day", day)
                .map(CommissionStore::profile)
                .findOne();
    }

    static List<String> owners(Handle handle, LocalDate day, String after, int size) {
        return handle.createQuery(OWNERS)
                .bind("day", day)
                .bind("after", after)
                .bind("size", size)
                .mapTo(String.class)
                .list();
    }

    static List<Contract> contracts(
            Handle handle, String owner, String profile, long before, int size) {
        return handle.createQuery(CONTRACTS)
                .bind("owner", owner)
                .bind("profile", profile)
                .bind("before", before)
                .bind("size", size)
                .map((row, context) -> new Contract(
                        row.getLong("number"),
                        row.getString("owner"),
                        Level.valueOf(row.getString("level")),
                        row.getString("profile_id"),
                        row.getObject("from_on", LocalDate.class)))
                .list();
    }

    private static Profile profile(ResultSet row, StatementContext context) throws SQLException {
        return new Profile(
                row.getString("id"),
                row.getString("name"),
                Level.valueOf(row.getString("level")),
                Tier.valueOf(row.getString("tier")),
                row.getString("earner"),
                row.getString("copied_from"));
    }

    private static Draft draft(ResultSet row) throws SQLException {
        @Nullable LocalDate until = row.getObject("until_on", LocalDate.class);
        return new Draft(
                row.getString("id"),
                new Rule.Scope(
                        row.getString("profile_id"),
                        row.getString("process_kind"),
                        new Currency(row.getString("currency"), row.getInt("currency_scale")),
                        row.getObject("from_on", LocalDate.class),
                        until),
                row.getBoolean("is_active"),
                Direction.valueOf(row.getString("direction")),
                RoundingRule.valueOf(row.getString("rounding")),
                new ArrayList<>());
    }

    private static Range range(ResultSet row) throws SQLException {
        var columns = new Columns(
                row.getString("formula"), row.getInt("millionths"), row.getLong("fixed_minor"));
        return new Range(row.getLong("min_minor"), row.getLong("below_minor"), columns.formula());
    }

    /// The newest version of a rule.
    record Latest(int version, String profileId, String processKind, String currency) {}

    /// A rule whose ranges are still being read.
    private record Draft(
            String id,
            Rule.Scope scope,
            boolean active,
            Direction direction,
            RoundingRule rounding,
            List<Range> ranges) {
        Rule rule() {
            return new Rule(id, scope, active, new Rule.Terms(direction, rounding, ranges));
        }
    }

    /// A formula as it lies in its columns.
    private record Columns(String word, int millionths, long fixed) {
        static Columns of(Formula formula) {
            return switch (formula) {
                case Formula.Zero _ -> new Columns("ZERO", 0, 0);
                case Formula.Percent it -> new Columns("PERCENT", it.millionths(), 0);
                case Formula.Fixed it -> new Columns("FIXED", 0, it.minor());
                case Formula.Greater it -> new Columns("GREATER", it.millionths(), it.minor());
                case Formula.Lesser it -> new Columns("LESSER", it.millionths(), it.minor());
                case Formula.FixedAndPercent it ->
                    new Columns("FIXED_AND_PERCENT", it.millionths(), it.minor());
            };
        }

        Formula formula() {
            return switch (word) {
                case "ZERO" -> new Formula.Zero();
                case "PERCENT" -> new Formula.Percent(millionths);
                case "FIXED" -> new Formula.Fixed(fixed);
                case "GREATER" -> new Formula.Greater(millionths, fixed);
                case "LESSER" -> new Formula.Lesser(millionths, fixed);
                case "FIXED_AND_PERCENT" -> new Formula.FixedAndPercent(millionths, fixed);
                default -> throw new IllegalStateException("not a formula: " + word);
            };
        }
    }
}
