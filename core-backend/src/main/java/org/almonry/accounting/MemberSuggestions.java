package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.Memberships;
import org.almonry.directory.Project;
import org.almonry.directory.ProjectRole;
import org.almonry.directory.Projects;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What members see of their projects' gifts, and what they say about them (C-008, C-039,
/// C-091): date, amount and milestone, never a giver. A project that is not theirs does not
/// exist for them. They suggest; only a platform admin moves money.
final class MemberSuggestions {
    private final GiftStore gifts;
    private final InboxStore store;
    private final GiftIds giftIds;
    private final Projects projects;
    private final Memberships memberships;
    private final IdSource ids;
    private final Clock clock;

    MemberSuggestions(
            Jdbi jdbi,
            Projects projects,
            Memberships memberships,
            Secret giftSecret,
            IdSource ids,
            Clock clock) {
        this.gifts = new GiftStore(jdbi);
        this.store = new InboxStore(jdbi);
        this.giftIds = new GiftIds(giftSecret);
        this.projects = requireNonNull(projects, "projects is null");
        this.memberships = requireNonNull(memberships, "memberships is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// A project with the role that the user has in it.
    record Own(Project project, ProjectRole role) {}

    /// A gift as a member sees it; `suggested` if somebody named another project for it.
    record Seen(String id, GiftStore.Gift gift, String milestone, boolean suggested) {}

    /// Gifts, newest first; `next` is empty on the last page.
    record Page(List<Seen> gifts, String next) {}

    List<Own> own(String userId) {
        var roles = memberships.projectsOf(userId);
        return projects.all().stream()
                .filter(project -> roles.containsKey(project.id()))
                .map(project -> new Own(project, requireNonNull(roles.get(project.id()))))
                .toList();
    }

    /// One of the user's own; fails with NOT_FOUND for any other.
    Own own(String userId, String projectId) {
        var role = memberships.role(projectId, userId).orElseThrow(MemberSuggestions::notFound);
        return new Own(projects.find(projectId).orElseThrow(MemberSuggestions::notFound), role);
    }

    /// `token` is the last gift of the page before.
    Page gifts(Own own, String token, int size) {
        long before = token.isEmpty()
                ? Long.MAX_VALUE
                : giftIds.transaction(token)
                        .orElseThrow(() ->
                                new Failure(Reason.INVALID_ARGUMENT, "There is no such page."));
        var found = gifts.page(own.project().id(), before, size + 1);
        boolean more = found.size() > size;
        var shown = more ? found.subList(0, size) : found;
        Set<Long> suggested = new HashSet<>(store.suggestedOf(
                shown.stream().map(GiftStore.Gift::transactionId).toList()));
        var seen = shown.stream()
                .map(gift -> new Seen(
                        giftIds.of(gift.transactionId()),
                        gift,
                        own.project()
                                .milestone(gift.milestoneId())
                                .map(milestone -> milestone.name())
                                .orElse(""),
                        suggested.contains(gift.transactionId())))
                .toList();
        return new Page(seen, more ? seen.getLast().id() : "");
    }

    /// Projects that a gift may be suggested for.
    List<Project> others(Own own) {
        return projects.all().stream()
                .filter(Project::isActive)
                .filter(project -> !project.id().equals(own.project().id()))
                .toList();
    }

    /// Says that a gift belongs to another project. Only a project's admins may (C-039);
    /// the gift of a project that is not the user's own is not found.
    void suggest(String userId, String giftId, String projectId, String comment) {
        OptionalLong transaction = giftIds.transaction(giftId);
        var gift = transaction.isEmpty()
                ? Optional.<GiftStore.Gift>empty()
                : gifts.find(transaction.getAsLong());
        var role = gift.flatMap(it -> memberships.role(it.projectId(), userId));
        if (gift.isEmpty() || role.isEmpty()) {
            throw notFound();
        }
        if (role.get() != ProjectRole.ADMIN) {
            throw new Failure(
                    Reason.NOT_ALLOWED, "Only admins of the project suggest another match.");
        }
        var other = projects.find(projectId).filter(Project::isActive);
        if (other.isEmpty() || other.get().id().equals(gift.get().projectId())) {
            throw new Failure(
                    Reason.INVALID_ARGUMENT, "Please choose another project that takes money.");
        }
        store.suggest(
                ids.next("sug"),
                new InboxStore.Suggested(
                        gift.get().transactionId(),
                        gift.get().incomingIds(),
                        other.get().id(),
                        userId,
                        comment.replaceAll("\\p{Cntrl}+", " ").strip(),
                        clock.instant()));
    }

    private static Failure notFound() {
        return new Failure(Reason.NOT_FOUND, "There is no such project or gift.");
    }
}
