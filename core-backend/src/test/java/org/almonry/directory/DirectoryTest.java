package org.almonry.directory;

import static org.almonry.testing.People.EUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.testing.People;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

class DirectoryTest {
    private final People people = new People();
    private final Nonprofit nonprofit = Callers.as(
            Callers.job(),
            () -> people.nonprofits.create(
                    "river-trust",
                    "River Trust",
                    "River Trust e.V.",
                    List.of("https://river.example.org")));

    @AfterEach
    void close() {
        people.close();
    }

    /// C-005
    @Test
    void aProjectWithoutAMemberCannotBeActivated() {
        Callers.run(Callers.job(), () -> {
            var project = people.projects.create(wanted("otters"));
            var failure = assertThrows(Failure.class, () -> people.projects.activate(project.id()));
            assertEquals(Reason.WRONG_STATE, failure.reason());
            people.memberships.set(project.id(), "usr_1", ProjectRole.MEMBER);
            assertTrue(people.projects.activate(project.id()).isActive());
        });
    }

    /// C-050
    @Test
    void whoProposesBecomesTheFirstAdmin() {
        Callers.run(Callers.user("usr_9"), () -> {
            var project = people.projects.create(wanted("otters"));
            assertEquals(
                    Optional.of(ProjectRole.ADMIN), people.memberships.role(project.id(), "usr_9"));
            assertEquals(
                    Map.of(project.id(), ProjectRole.ADMIN),
                    people.memberships.projectsOf("usr_9"));
        });
    }

    /// C-051
    @Test
    void aProjectHasNeitherCoinNorCodeBeforeItsActivation() {
        Callers.run(Callers.user("usr_9"), () -> {
            var proposed = people.projects.create(wanted("otters"));
            assertInstanceOf(ProjectState.Proposed.class, proposed.state());
            assertTrue(proposed.coinId().isEmpty());
            assertTrue(proposed.code().isEmpty());
            var active = people.projects.activate(proposed.id());
            assertEquals(active, people.projects.activate("otters"));
            var code = active.code().orElseThrow();
            assertEquals(
                    Optional.of(new CodeTarget(CodeTarget.Kind.PROJECT, active.id())),
                    people.codes.target(code));
            assertEquals(
                    EUR,
                    people.reads.coin(active.coinId().getAsLong()).orElseThrow().currency());
            assertEquals(Money.of(0, "EUR"), people.projects.received(active));
        });
    }

    @Test
    void aClosedProjectKeepsItsCodeAndStaysClosed() {
        Callers.run(Callers.job(), () -> {
            var active = people.activeProject("otters", null);
            var closed = people.projects.close(active.id());
            assertFalse(closed.isActive());
            assertEquals(active.code(), closed.code());
            assertEquals(closed, people.projects.close(active.id()));
            assertThrows(Failure.class, () -> people.projects.activate(active.id()));
        });
    }

    @Test
    void aProposalThatIsTurnedDownNeverReceives() {
        Callers.run(Callers.job(), () -> {
            var proposed = people.projects.create(wanted("otters"));
            assertInstanceOf(
                    ProjectState.Declined.class,
                    people.projects.close(proposed.id()).state());
        });
    }

    /// C-030
    @Test
    void eachMilestoneHasACodeOfItsOwn() {
        Callers.run(Callers.job(), () -> {
            var project = people.activeProject("otters", Money.of(100_000, "EUR"));
            var first = people.projects.addMilestone(project.id(), "Boat", Money.of(2_000, "EUR"));
            var second = people.projects.addMilestone(project.id(), "Nets", null);
            var stored = people.projects.get("otters");
            assertEquals(List.of(first, second), stored.milestones());
            assertEquals(
                    Set.of(stored.code().orElseThrow(), first.code(), second.code())
                            .size(),
                    3);
            assertEquals(Optional.of(stored), people.projects.ofMilestone(second.id()));
            assertThrows(
                    Failure.class,
                    () -> people.projects.addMilestone(
                            project.id(), "Dollars", Money.of(1, "USD")));
        });
    }

    @Test
    void aTakenShortNameIsRefused() {
        Callers.run(Callers.job(), () -> {
            people.projects.create(wanted("otters"));
            var failure =
                    assertThrows(Failure.class, () -> people.projects.create(wanted("otters")));
            assertEquals(Reason.WRONG_STATE, failure.reason());
            assertThrows(
                    Failure.class,
                    () -> people.nonprofits.create("river-trust", "x", "x", List.of()));
        });
    }

    /// C-082a
    @Test
    void moneyInAnotherCurrencyHasACoinOfItsOwn() {
        var project = people.activeProject("otters", null);
        long dollars = people.projects.coin(project, Currency.of("USD"));
        assertEquals(dollars, people.projects.coin(project, Currency.of("USD")));
        assertEquals(project.coinId().getAsLong(), people.projects.coin(project, EUR));
        assertEquals(people.projects.overheadCoin(EUR), people.projects.overheadCoin(EUR));
    }

    @Test
    void aTargetKeepsItsCodeHoweverManyDrawAtOnce() throws InterruptedException {
        var target = new CodeTarget(CodeTarget.Kind.PLEDGE, "pld_1");
        var drawn = new ConcurrentSkipListSet<DonationCode>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                threads.submit(() -> drawn.add(people.codes.draw(target)));
            }
        }
        assertEquals(1, drawn.size());
        assertTrue(drawn.first().isPledge());
        assertEquals(Optional.of(drawn.first()), people.codes.of("pld_1"));
    }

    @Test
    void everyChangeLeavesARowInTheAuditLog() {
        var project = people.activeProject("otters", null);
        Callers.run(Callers.user("usr_9"), () -> people.projects.setOverhead(project.id(), 500));
        var rows = people.audit.page(project.id(), "", Long.MAX_VALUE, 50);
        assertEquals(
                List.of("project.overhead", "project.activate", "project.member", "project.create"),
                rows.stream().map(row -> row.entry().action()).toList());
        assertEquals("usr_9", rows.getFirst().entry().actor());
        assertEquals("1000 to 500", rows.getFirst().entry().detail());
    }

    private NewProject wanted(String slug) {
        return new NewProject(nonprofit.id(), slug, "Project " + slug, "", EUR, null, 0);
    }
}
