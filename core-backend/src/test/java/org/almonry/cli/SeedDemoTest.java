package org.almonry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.Project;
import org.almonry.directory.ProjectState;
import org.almonry.identity.Role;
import org.almonry.testing.People;
import org.junit.jupiter.api.Test;

import java.util.List;

class SeedDemoTest {
    @Test
    void theDemoWorldIsTheSameHoweverOftenItIsSeeded() {
        try (var people = new People()) {
            var seed = new SeedDemo(
                    people.nonprofits,
                    people.projects,
                    people.memberships,
                    people.users,
                    "Hoster e.V.");
            seed.run();
            var first = people.projects.all();
            var users = people.users.page("", 100);
            seed.run();
            assertEquals(first, people.projects.all());
            assertEquals(users, people.users.page("", 100));
            assertEquals(
                    List.of(
                            "clean-banks",
                            "general-pot",
                            "open-stage",
                            "otter-rescue",
                            "radio-van",
                            "youth-choir"),
                    first.stream().map(Project::slug).sorted().toList());
            assertEquals(5, first.stream().filter(Project::isActive).count());
            assertTrue(people.projects.get("radio-van").state() instanceof ProjectState.Proposed);
            assertEquals(
                    Role.PLATFORM_ADMIN,
                    people.users.byEmail(SeedDemo.ADMIN).orElseThrow().role());
            var member = people.users.byEmail(SeedDemo.MEMBER).orElseThrow();
            assertTrue(people.memberships
                    .role(people.projects.get("otter-rescue").id(), member.id())
                    .isPresent());
            assertEquals(2, people.projects.get("otter-rescue").milestones().size());
        }
    }
}
