package org.almonry.directory;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SQL of projects and milestones.
final class ProjectStore {
    private static final String INSERT = """
        insert into directory.project
            (id, nonprofit_id, slug, name, summary, state, currency, goal_minor,
             overhead_basis_points, created_at, created_by)
        values (:id, :nonprofit, :slug, :name, :summary, 'PROPOSED', :currency, :goal,
                :overhead, :at, :by)
        on conflict do nothing
        """;

    private static final String ALL = """
        select p.id, p.nonprofit_id, p.slug, p.name, p.summary, p.state, p.currency,
               p.goal_minor, p.overhead_basis_points, p.coin_id, c.digits
          from directory.project p
          left join directory.code c on c.target = p.id
         order by p.name, p.id
        """;

    private static final String OF_NONPROFIT = """
        select p.id, p.nonprofit_id, p.slug, p.name, p.summary, p.state, p.currency,
               p.goal_minor, p.overhead_basis_points, p.coin_id, c.digits
          from directory.project p
          left join directory.code c on c.target = p.id
         where p.nonprofit_id = :nonprofit
         order by p.name, p.id
        """;

    private static final String FIND = """
        select p.id, p.nonprofit_id, p.slug, p.name, p.summary, p.state, p.currency,
               p.goal_minor, p.overhead_basis_points, p.coin_id, c.digits
          from directory.project p
          left join directory.code c on c.target = p.id
         where p.id = :name or p.slug = :name
        """;

    private static final String MILESTONES = """
        select m.id, m.project_id, m.name, m.goal_minor, c.digits, p.currency
          from directory.milestone m
          join directory.project p on p.id = m.project_id
          join directory.code c on c.target = m.id
         where m.project_id = any (:projects)
         order by m.project_id, m.position
        """;

    private static final String PROJECT_OF_MILESTONE = """
        select project_id
          from directory.milestone
         where id = :id
        """;

    private static final String LOCK = """
        select state
          from directory.project
         where id = :id
           for update
        """;

    private static final String ACTIVATE = """
        update directory.project
           set state = 'ACTIVE', coin_id = :coin
         where id = :id and state = 'PROPOSED'
        """;

    private static final String SET_STATE = """
        update directory.project
           set state = :state
         where id = :id and state = :before
        """;

    private static final String SET_OVERHEAD = """
        update directory.project
           set overhead_basis_points = :overhead
         where id = :id
        """;

    private static final String INSERT_MILESTONE = """
        insert into directory.milestone (id, project_id, position, name, goal_minor, created_at)
        select :id, :project, coalesce(max(m.position), 0) + 1, :name, :goal, :at
          from directory.milestone m
         where m.project_id = :project
        """;

    private final Jdbi accounting;

    ProjectStore(Jdbi accounting) {
        this.accounting = accounting;
    }

    /// False when the slug is taken.
    boolean insert(String id, NewProject project, Instant at, String by) {
        return accounting.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("nonprofit", project.nonprofitId())
                        .bind("slug", project.slug())
                        .bind("name", project.name())
                        .bind("summary", project.summary())
                        .bind("currency", project.currency().code())
                        .bind("goal", minor(project.goal()))
                        .bind("overhead", project.overheadBasisPoints())
                        .bind("at", at)
                        .bind("by", by)
                        .execute())
                == 1;
    }

    List<Project> all() {
        return accounting.withHandle(handle -> withMilestones(
                handle, handle.createQuery(ALL).map(ProjectStore::row).list()));
    }

    List<Project> ofNonprofit(String nonprofitId) {
        return accounting.withHandle(handle -> withMilestones(
                handle,
                handle.createQuery(OF_NONPROFIT)
                        .bind("nonprofit", nonprofitId)
                        .map(ProjectStore::row)
                        .list()));
    }

    Optional<Project> find(String idOrSlug) {
        return accounting.withHandle(handle -> withMilestones(
                        handle,
                        handle.createQuery(FIND)
                                .bind("name", idOrSlug)
                                .map(ProjectStore::row)
                                .list())
                .stream()
                .findFirst());
    }

    Optional<String> projectOfMilestone(String milestoneId) {
        return accounting.withHandle(handle -> handle.createQuery(PROJECT_OF_MILESTONE)
                .bind("id", milestoneId)
                .mapTo(String.class)
                .findOne());
    }

    /// Holds the project's row to the end of the transaction.
    void lock(Handle handle, String id) {
        handle.createQuery(LOCK).bind("id", id).mapTo(String.class).findOne();
    }

    boolean activate(Handle handle, String id, long coinId) {
        return handle.createUpdate(ACTIVATE).bind("id", id).bind("coin", coinId).execute() == 1;
    }

    boolean setState(Handle handle, String id, String before, String state) {
        return handle.createUpdate(SET_STATE)
                        .bind("id", id)
                        .bind("before", before)
                        .bind("state", state)
                        .execute()
                == 1;
    }

    void setOverhead(Handle handle, String id, int basisPoints) {
        handle.createUpdate(SET_OVERHEAD)
                .bind("id", id)
                .bind("overhead", basisPoints)
                .execute();
    }

    void insertMilestone(
            Handle handle,
            String id,
            String projectId,
            String name,
            @Nullable Money goal,
            Instant at) {
        handle.createUpdate(INSERT_MILESTONE)
                .bind("id", id)
                .bind("project", projectId)
                .bind("name", name)
                .bind("goal", minor(goal))
                .bind("at", at)
                .execute();
    }

    private static List<Project> withMilestones(Handle handle, List<Project> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, List<Milestone>> milestones = new HashMap<>();
        handle.createQuery(MILESTONES)
                .bind("projects", bare.stream().map(Project::id).toArray(String[]::new))
                .map(ProjectStore::milestone)
                .forEach(milestone -> milestones
                        .computeIfAbsent(milestone.projectId(), id -> new ArrayList<>())
                        .add(milestone));
        return bare.stream()
                .map(project -> new Project(
                        project.id(),
                        project.nonprofitId(),
                        project.slug(),
                        project.name(),
                        project.summary(),
                        project.state(),
                        project.currency(),
                        project.goal(),
                        project.overheadBasisPoints(),
                        milestones.getOrDefault(project.id(), List.of())))
                .toList();
    }

    private static Project row(ResultSet row, StatementContext context) throws SQLException {
        Currency currency = Currency.of(row.getString("currency"));
        return new Project(
                row.getString("id"),
                row.getString("nonprofit_id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("summary"),
                state(row),
                currency,
                money(row, currency),
                row.getInt("overhead_basis_points"),
                List.of());
    }

    private static ProjectState state(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return switch (state) {
            case "PROPOSED" -> new ProjectState.Proposed();
            case "ACTIVE" ->
                new ProjectState.Active(
                        row.getLong("coin_id"), new DonationCode(row.getString("digits")));
            case "CLOSED" ->
                new ProjectState.Closed(
                        row.getLong("coin_id"), new DonationCode(row.getString("digits")));
            case "DECLINED" -> new ProjectState.Declined();
            default -> throw new IllegalStateException("unknown state of a project: " + state);
        };
    }

    private static Milestone milestone(ResultSet row, StatementContext context)
            throws SQLException {
        return new Milestone(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("name"),
                new DonationCode(row.getString("digits")),
                money(row, Currency.of(row.getString("currency"))));
    }

    private static @Nullable Money money(ResultSet row, Currency currency) throws SQLException {
        long minor = row.getLong("goal_minor");
        return row.wasNull() ? null : new Money(minor, currency);
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : (Long) money.minor();
    }
}
