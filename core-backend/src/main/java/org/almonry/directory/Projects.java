package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.Coin;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Projects and their milestones: proposing, letting receive, closing; and their coins.
public final class Projects {
    /// Owner of the coin that takes the overhead share (C-069); there is one per currency.
    public static final String OVERHEAD = "overhead";

    private final Jdbi accounting;
    private final ProjectStore store;
    private final MemberStore members;
    private final Ledger ledger;
    private final LedgerReads reads;
    private final long issuerId;
    private final Codes codes;
    private final AuditLog audit;
    private final IdSource ids;
    private final Clock clock;

    /// Projects whose coins this issuer guarantees.
    public Projects(
            Jdbi accounting,
            Ledger ledger,
            long issuerId,
            Codes codes,
            AuditLog audit,
            IdSource ids,
            Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.store = new ProjectStore(accounting);
        this.members = new MemberStore(accounting);
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.reads = new LedgerReads(accounting);
        this.issuerId = issuerId;
        this.codes = requireNonNull(codes, "codes is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Proposes a project. A person who proposes becomes its first member and admin
    /// (C-050). Fails with NOT_FOUND without such a nonprofit and WRONG_STATE when the slug
    /// is taken.
    public Project create(NewProject wanted) {
        String id = ids.next("prj");
        accounting.useTransaction(handle -> {
            Caller caller = Caller.current();
            if (new NonprofitStore(accounting).find(wanted.nonprofitId()).isEmpty()) {
                throw new Failure(Reason.NOT_FOUND, "There is no such nonprofit.");
            }
            if (!store.insert(id, wanted, clock.instant(), caller.actor())) {
                throw new Failure(Reason.WRONG_STATE, "This short name is taken.");
            }
            if (caller instanceof Caller.User user) {
                members.set(handle, id, user.userId(), ProjectRole.ADMIN, clock.instant());
            }
            trace(handle, "project.create", id, wanted.slug());
        });
        return get(id);
    }

    /// Lets a proposed project receive (C-051): opens its coin and draws its code.
    ///
    /// An active project stays as it is. Fails with WRONG_STATE without a member (C-005) or
    /// when the project ended.
    public Project activate(String projectId) {
        Project project = get(projectId);
        return switch (project.state()) {
            case ProjectState.Active _ -> project;
            case ProjectState.Closed _, ProjectState.Declined _ ->
                throw new Failure(Reason.WRONG_STATE, "This project has ended.");
            case ProjectState.Proposed _ -> {
                if (members.ofProject(project.id()).isEmpty()) {
                    throw new Failure(
                            Reason.WRONG_STATE, "A project needs a member before it may receive.");
                }
                // Opening twice finds the same coin: a crash in between leaves nothing
                // wrong.
                long coinId = open(project, project.currency());
                accounting.useTransaction(handle -> {
                    codes.draw(new CodeTarget(CodeTarget.Kind.PROJECT, project.id()));
                    if (store.activate(handle, project.id(), coinId)) {
                        trace(handle, "project.activate", project.id(), "");
                    }
                });
                yield get(project.id());
            }
        };
    }

    /// Stops a project from being offered, or turns a proposal down. One that has ended
    /// stays so.
    public Project close(String projectId) {
        Project project = get(projectId);
        accounting.useTransaction(handle -> {
            boolean changed = switch (project.state()) {
                case ProjectState.Active _ ->
                    store.setState(handle, project.id(), "ACTIVE", "CLOSED");
                case ProjectState.Proposed _ ->
                    store.setState(handle, project.id(), "PROPOSED", "DECLINED");
                case ProjectState.Closed _, ProjectState.Declined _ -> false;
            };
            if (changed) {
                trace(handle, "project.close", project.id(), "");
            }
        });
        return get(project.id());
    }

    /// Adds a milestone and draws its code (C-030).
    public Milestone addMilestone(String projectId, String name, @Nullable Money goal) {
        Project project = get(projectId);
        if (goal != null && (!goal.currency().equals(project.currency()) || !goal.isPositive())) {
            throw new Failure(
                    Reason.INVALID_ARGUMENT,
                    "The goal of a milestone is positive and in the currency of its project.",
                    List.of(new Failure.Violation(
                            "goal", "must be positive " + project.currency())));
        }
        String id = ids.next("mst");
        accounting.useTransaction(handle -> {
            store.lock(handle, project.id());
            codes.draw(new CodeTarget(CodeTarget.Kind.MILESTONE, id));
            store.insertMilestone(handle, id, project.id(), name, goal, clock.instant());
            trace(handle, "milestone.add", project.id(), id);
        });
        return get(project.id()).milestone(id).orElseThrow();
    }

    /// Changes the overhead share of later gifts (C-069).
    public Project setOverhead(String projectId, int basisPoints) {
        Project project = get(projectId);
        accounting.useTransaction(handle -> {
            store.setOverhead(handle, project.id(), basisPoints);
            trace(
                    handle,
                    "project.overhead",
                    project.id(),
                    project.overheadBasisPoints() + " to " + basisPoints);
        });
        return get(project.id());
    }

    /// All of them by name.
    public List<Project> all() {
        return store.all();
    }

    /// Those of a nonprofit, by name.
    public List<Project> of(Nonprofit nonprofit) {
        return store.ofNonprofit(nonprofit.id());
    }

    /// One, by id or slug.
    public Optional<Project> find(String idOrSlug) {
        return store.find(idOrSlug);
    }

    /// One that must exist, by id or slug.
    public Project get(String idOrSlug) {
        return find(idOrSlug)
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such project."));
    }

    /// The project of a milestone.
    public Optional<Project> ofMilestone(String milestoneId) {
        return store.projectOfMilestone(milestoneId).flatMap(this::find);
    }

    /// The coin that holds a project's money in a currency; opened when it is first needed,
    /// since gifts are booked in the currency that they came in (C-082a).
    public long coin(Project project, Currency currency) {
        if (currency.equals(project.currency()) && project.coinId().isPresent()) {
            return project.coinId().getAsLong();
        }
        return open(project, currency);
    }

    /// The coin of a project in a currency, if it was ever opened.
    public Optional<Coin> findCoin(Project project, Currency currency) {
        return reads.findCoin(issuerId, currency, CoinKind.PROJECT, project.id());
    }

    /// The coin that takes the overhead share in a currency.
    public long overheadCoin(Currency currency) {
        return ledger.openCoin(
                        new NewCoin(issuerId, currency, CoinKind.OVERHEAD, "Overhead", OVERHEAD))
                .id();
    }

    /// What was booked to the project so far, gross, in its own currency.
    public Money received(Project project) {
        return project.coinId().isPresent()
                ? reads.netBetween(project.coinId().getAsLong(), CoinKind.INCOMING)
                : Money.zero(project.currency());
    }

    private long open(Project project, Currency currency) {
        return ledger.openCoin(new NewCoin(
                        issuerId, currency, CoinKind.PROJECT, project.name(), project.id()))
                .id();
    }

    private void trace(Handle handle, String action, String subject, String detail) {
        audit.append(handle, Trace.entry(Caller.current(), action, subject, detail));
    }
}
