package org.almonry.cli;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.Memberships;
import org.almonry.directory.NewProject;
import org.almonry.directory.Nonprofit;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.ProjectRole;
import org.almonry.directory.ProjectState;
import org.almonry.directory.Projects;
import org.almonry.identity.Role;
import org.almonry.identity.User;
import org.almonry.identity.Users;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Caller;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// Fills an instance with the demo world, through the same façades that people use. Run
/// again, it adds what is missing and changes nothing.
public final class SeedDemo {
    /// Who may do everything in the demo.
    public static final String ADMIN = "admin@almonry.example";

    /// Who books in the demo.
    public static final String ACCOUNTANT = "accountant@almonry.example";

    /// Who sees the otters' project, and no donor (C-091).
    public static final String MEMBER = "member@river-trust.example";

    private static final Currency EUR = Currency.of("EUR");

    /// Ten percent, the share that most projects of the demo give for the overhead (C-069).
    private static final int TEN_PERCENT = 1_000;

    private final Nonprofits nonprofits;
    private final Projects projects;
    private final Memberships memberships;
    private final Users users;
    private final String accountHolder;

    /// @param accountHolder exact holder of the account that gifts are transferred to
    public SeedDemo(
            Nonprofits nonprofits,
            Projects projects,
            Memberships memberships,
            Users users,
            String accountHolder) {
        this.nonprofits = requireNonNull(nonprofits, "nonprofits is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.memberships = requireNonNull(memberships, "memberships is null");
        this.users = requireNonNull(users, "users is null");
        this.accountHolder = requireNonNull(accountHolder, "accountHolder is null");
    }

    /// Seeds.
    public void run() {
        Caller.context(new Caller.System("seed-demo")).run(this::seed);
    }

    private void seed() {
        User admin = users.invite(ADMIN, "Ada Osei", Role.PLATFORM_ADMIN, "en");
        users.invite(ACCOUNTANT, "Jürgen Weiß", Role.ACCOUNTANT, "de");
        User otters = users.invite(MEMBER, "Νεφέλη Παππά", Role.USER, "en");
        User banks =
                users.invite("banks@river-trust.example", "Łukasz Wiśniewski", Role.USER, "en");
        User choir = users.invite("choir@good-vibes.example", "山田 花子", Role.USER, "en");
        User stage = users.invite("stage@good-vibes.example", "ليلى حداد", Role.USER, "en");

        Nonprofit river = nonprofit("river-trust", "River Trust", "https://river-trust.example");
        Nonprofit vibes = nonprofit("good-vibes", "Good Vibes", "https://good-vibes.example");
        Nonprofit hoster = nonprofit("hoster", "Almonry Demo", "https://almonry.example");

        Project rescue = project(
                new NewProject(
                        river.id(),
                        "otter-rescue",
                        "Otter rescue",
                        "A station where injured otters of the Spree get well again.",
                        EUR,
                        Money.of(1_000_000, "EUR"),
                        TEN_PERCENT),
                otters);
        member(rescue, banks);
        milestone(rescue, "Rescue boat", Money.of(250_000, "EUR"));
        milestone(rescue, "Holding pond", Money.of(400_000, "EUR"));
        Project clean = project(
                new NewProject(
                        river.id(),
                        "clean-banks",
                        "Clean banks",
                        "Four clean-up days a year, with gloves and soup for everybody.",
                        EUR,
                        Money.of(300_000, "EUR"),
                        0),
                banks);
        milestone(clean, "Spring clean-up", Money.of(75_000, "EUR"));
        Project youth = project(
                new NewProject(
                        vibes.id(),
                        "youth-choir",
                        "Youth choir",
                        "Singing for free, for everybody between 8 and 18.",
                        EUR,
                        Money.of(500_000, "EUR"),
                        TEN_PERCENT),
                choir);
        milestone(youth, "Summer concert", Money.of(120_000, "EUR"));
        project(
                new NewProject(
                        vibes.id(),
                        "open-stage",
                        "Open stage",
                        "A stage, two microphones and a piano in tune, every Friday.",
                        EUR,
                        null,
                        0),
                stage);
        project(
                new NewProject(
                        hoster.id(),
                        "general-pot",
                        "General pot",
                        "For gifts that name no project; the hoster's members decide.",
                        EUR,
                        null,
                        0),
                admin);
        proposal(vibes, choir);
    }

    /// One project that still waits for a platform admin, so that the demo shows moderation
    /// (C-051).
    private void proposal(Nonprofit vibes, User choir) {
        if (projects.find("radio-van").isEmpty()) {
            Project proposed = projects.create(new NewProject(
                    vibes.id(),
                    "radio-van",
                    "Radio van",
                    "A van with a studio inside, for villages without one.",
                    EUR,
                    Money.of(2_000_000, "EUR"),
                    TEN_PERCENT));
            memberships.set(proposed.id(), choir.id(), ProjectRole.ADMIN);
        }
    }

    private Nonprofit nonprofit(String slug, String name, String site) {
        Optional<Nonprofit> present = nonprofits.find(slug);
        return present.orElseGet(() -> nonprofits.create(slug, name, accountHolder, List.of(site)));
    }

    private Project project(NewProject wanted, User leader) {
        Project present = projects.find(wanted.slug()).orElseGet(() -> projects.create(wanted));
        if (memberships.role(present.id(), leader.id()).isEmpty()) {
            memberships.set(present.id(), leader.id(), ProjectRole.ADMIN);
        }
        return present.state() instanceof ProjectState.Proposed
                ? projects.activate(present.id())
                : present;
    }

    private void member(Project project, User user) {
        if (memberships.role(project.id(), user.id()).isEmpty()) {
            memberships.set(project.id(), user.id(), ProjectRole.MEMBER);
        }
    }

    private void milestone(Project project, String name, @Nullable Money goal) {
        boolean isThere = projects.get(project.id()).milestones().stream()
                .anyMatch(milestone -> milestone.name().equals(name));
        if (!isThere) {
            projects.addMilestone(project.id(), name, goal);
        }
    }
}
