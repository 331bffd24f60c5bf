package org.almonry.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.directory.v1.ActivateProjectRequest;
import org.almonry.directory.v1.ActivateProjectResponse;
import org.almonry.directory.v1.AddMilestoneRequest;
import org.almonry.directory.v1.AddMilestoneResponse;
import org.almonry.directory.v1.CreateNonprofitRequest;
import org.almonry.directory.v1.CreateNonprofitResponse;
import org.almonry.directory.v1.CreateProjectRequest;
import org.almonry.directory.v1.CreateProjectResponse;
import org.almonry.directory.v1.SetMemberRequest;
import org.almonry.directory.v1.SetMemberResponse;
import org.almonry.error.v1.Reason;
import org.almonry.money.Money;
import org.almonry.testing.Answer;
import org.almonry.testing.Callers;
import org.almonry.testing.People;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

class DirectoryRpcTest {
    private static final Caller ADMIN = Callers.user("usr_1");
    private final People people = new People();
    private final DirectoryRpc rpc = new DirectoryRpc(
            people.nonprofits,
            people.projects,
            people.memberships,
            people.codes,
            refs -> refs.stream()
                    .filter(ref -> !ref.equals("usr_none"))
                    .collect(Collectors.toMap(Function.identity(), ref -> "Name of " + ref)),
            people.accountingKeys,
            People.EUR);

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void aRepeatedRequestMakesOneThing() {
        var nonprofit = nonprofit("key-1", "river");
        assertEquals(nonprofit, nonprofit("key-1", "river"));
        var conflict = assertThrows(Failure.class, () -> nonprofit("key-1", "other"));
        assertEquals(Reason.IDEMPOTENCY_CONFLICT, conflict.reason());
        var project = project("key-2", nonprofit.getNonprofit().getId());
        assertEquals(project, project("key-2", nonprofit.getNonprofit().getId()));
        var milestone = milestone("key-3", project.getProject().getId());
        assertEquals(milestone, milestone("key-3", project.getProject().getId()));
        assertEquals(1, people.projects.get("otters").milestones().size());
        milestone("key-4", project.getProject().getId());
        assertEquals(2, people.projects.get("otters").milestones().size());
        var active = activate("key-5", project.getProject().getId());
        assertEquals(active, activate("key-5", project.getProject().getId()));
        assertNotEquals("", active.getProject().getCode());
        assertEquals("Name of usr_1", active.getProject().getMembers(0).getDisplayName());
    }

    /// C-050
    @Test
    void onlyUsersBecomeMembers() {
        var project =
                project("key-2", nonprofit("key-1", "river").getNonprofit().getId());
        var failure = assertThrows(
                Failure.class, () -> member("key-3", project.getProject().getId(), "usr_none"));
        assertEquals(Reason.NOT_FOUND, failure.reason());
        member("key-4", project.getProject().getId(), "usr_2");
        assertEquals(
                Map.of(project.getProject().getId(), ProjectRole.MEMBER),
                people.memberships.projectsOf("usr_2"));
    }

    @Test
    void aGoalOfNothingIsRefused() {
        var request = CreateProjectRequest.newBuilder()
                .setIdempotencyKey("key")
                .setGoal(MoneyCodec.toProto(Money.of(0, "EUR")))
                .build();
        var failure = assertThrows(
                Failure.class,
                () -> Answer.<CreateProjectResponse>of(
                        ADMIN, answer -> rpc.createProject(request, answer)));
        assertEquals(Reason.INVALID_ARGUMENT, failure.reason());
    }

    private CreateNonprofitResponse nonprofit(String key, String slug) {
        var request = CreateNonprofitRequest.newBuilder()
                .setIdempotencyKey(key)
                .setSlug(slug)
                .setName("River Trust")
                .setAccountHolder("River Trust e.V.")
                .build();
        return Answer.of(ADMIN, answer -> rpc.createNonprofit(request, answer));
    }

    private CreateProjectResponse project(String key, String nonprofitId) {
        var request = CreateProjectRequest.newBuilder()
                .setIdempotencyKey(key)
                .setNonprofitId(nonprofitId)
                .setSlug("otters")
                .setName("Otters")
                .setGoal(MoneyCodec.toProto(Money.of(100_000, "EUR")))
                .build();
        return Answer.of(ADMIN, answer -> rpc.createProject(request, answer));
    }

    private ActivateProjectResponse activate(String key, String projectId) {
        var request = ActivateProjectRequest.newBuilder()
                .setIdempotencyKey(key)
                .setProjectId(projectId)
                .build();
        return Answer.of(ADMIN, answer -> rpc.activateProject(request, answer));
    }

    private AddMilestoneResponse milestone(String key, String projectId) {
        var request = AddMilestoneRequest.newBuilder()
                .setIdempotencyKey(key)
                .setProjectId(projectId)
                .setName("Boat")
                .build();
        return Answer.of(ADMIN, answer -> rpc.addMilestone(request, answer));
    }

    private SetMemberResponse member(String key, String projectId, String userRef) {
        var request = SetMemberRequest.newBuilder()
                .setIdempotencyKey(key)
                .setProjectId(projectId)
                .setUserRef(userRef)
                .setRole(org.almonry.directory.v1.ProjectRole.PROJECT_ROLE_MEMBER)
                .build();
        return Answer.of(ADMIN, answer -> rpc.setMember(request, answer));
    }
}
