package org.almonry.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.InviteUserResponse;
import org.almonry.identity.v1.ListUsersRequest;
import org.almonry.identity.v1.ListUsersResponse;
import org.almonry.identity.v1.SetUserDisabledRequest;
import org.almonry.identity.v1.SetUserDisabledResponse;
import org.almonry.testing.Answer;
import org.almonry.testing.Callers;
import org.almonry.testing.People;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class UsersTest {
    private final People people = new People();
    private final UserRpc rpc = new UserRpc(people.users, people.identityKeys);

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void anAddressHasOneUserInWhateverCase() {
        var first = invite("key-1", "Ada@Example.org", "Ada");
        var second = invite("key-2", " ada@example.ORG".strip(), "Somebody else");
        assertEquals(first.getUser(), second.getUser());
        assertEquals("ada@example.org", first.getUser().getEmail());
    }

    @Test
    void theSameKeyWithOtherContentIsRefused() {
        var first = invite("key-1", "ada@example.org", "Ada");
        assertEquals(first, invite("key-1", "ada@example.org", "Ada"));
        var failure = assertThrows(Failure.class, () -> invite("key-1", "bob@example.org", "Bob"));
        assertEquals(Reason.IDEMPOTENCY_CONFLICT, failure.reason());
        assertTrue(people.users.byEmail("bob@example.org").isEmpty());
    }

    @Test
    void nobodySwitchesThemselfOff() {
        var ada = invite("key-1", "ada@example.org", "Ada").getUser();
        var failure = assertThrows(Failure.class, () -> disable("key-2", ada.getId(), ada.getId()));
        assertEquals(Reason.WRONG_STATE, failure.reason());
        assertTrue(disable("key-3", "usr_other", ada.getId()).getUser().getDisabled());
        var unknown = assertThrows(Failure.class, () -> disable("key-4", "usr_other", "usr_none"));
        assertEquals(Reason.NOT_FOUND, unknown.reason());
    }

    @Test
    void pagesGoOnWhereTheLastEnded() {
        for (int i = 0; i < 5; i++) {
            invite("key-" + i, "user" + i + "@example.org", "User " + i);
        }
        var first = list(3, "");
        var second = list(3, first.getPage().getNextToken());
        assertEquals(3, first.getUsersCount());
        assertEquals(2, second.getUsersCount());
        assertEquals("User 4", first.getUsers(0).getDisplayName());
        assertEquals("", second.getPage().getNextToken());
    }

    @Test
    void aNewInstanceHasOneAdminHoweverOftenItStarts() {
        Callers.run(Callers.job(), () -> {
            var first = people.users.ensureAdmin("Root@example.org");
            assertEquals(first, people.users.ensureAdmin("root@example.org"));
            assertEquals(List.of(first), people.users.admins());
            assertEquals(
                    Map.of(first.id(), "Administrator"),
                    people.users.namesOf(Set.of(first.id(), "usr_x")));
        });
    }

    /// C-004
    @Test
    void onlyAdminsHoldBackEndPermissions() {
        assertEquals(Set.of("session.own", "project.own"), Role.USER.permissionsAt("edge/public"));
        assertFalse(Role.USER.mayUse("admin/admin"));
        assertFalse(Role.ACCOUNTANT.permissionsAt("admin/admin").contains("users.manage"));
        assertFalse(Role.ACCOUNTANT.permissionsAt("admin/admin").contains("directory.manage"));
        assertTrue(Role.ACCOUNTANT.permissionsAt("admin/admin").contains("accounting.book"));
        for (Role role : Role.values()) {
            assertEquals(Set.of(), role.permissionsAt("edge/widgets"));
        }
    }

    /// C-020
    @Test
    void everyAdminGetsOneMailPerFetchHoweverOftenItIsTold() {
        Callers.run(Callers.job(), () -> {
            people.users.invite("ada@example.org", "Ada", Role.PLATFORM_ADMIN, "en");
            people.users.invite("jo@example.org", "Jo", Role.PLATFORM_ADMIN, "de");
            people.users.invite("acc@example.org", "Acc", Role.ACCOUNTANT, "en");
        });
        new AdminNotices(people.users, people.mails, people.clock).subscribeTo(people.outbox);
        people.happen(new DomainEvent.FetchFinished("run_1", "demo-bank", 7, 5, ""));
        people.happen(new DomainEvent.FetchFinished("run_2", "demo-bank", 0, 0, "no answer"));
        people.happen(new DomainEvent.FetchAlarm("demo-bank", people.clock.instant()));
        people.happen(new DomainEvent.LedgerHalted(
                people.clock.instant(), List.of("coin_1 holds 5", "coin_2 holds 6")));
        people.outbox.deliver();
        forgetCursors();
        people.outbox.deliver();
        var mails = people.storedMail("ada@example.org");
        assertEquals(4, mails.size());
        assertTrue(
                mails.getFirst().startsWith("Fetch from demo-bank: 7 new entries"),
                mails.getFirst());
        assertTrue(mails.getFirst().contains("Waiting for a decision: 2"), mails.getFirst());
        assertTrue(mails.stream().anyMatch(mail -> mail.contains("no answer")));
        assertTrue(mails.stream().anyMatch(mail -> mail.contains("coin_1 holds 5\ncoin_2")));
        assertTrue(people.storedMail("jo@example.org")
                .getFirst()
                .startsWith("Abruf von demo-bank: 7"));
        assertEquals(List.of(), people.storedMail("acc@example.org"));
    }

    @Test
    void aSupporterIsOnePerKeyAndGoesWithoutPledge() {
        String first = people.supporters.ensure("k1", "Ada", "ada@example.org", "en");
        assertEquals(first, people.supporters.ensure("k1", "Ada", "ada@example.org", "en"));
        String second = people.supporters.ensure("k2", "Bob", "", "en");
        String third = people.supporters.ensure("k3", "Cid", "", "en");
        people.supporters.keep(second);
        assertEquals(0, people.supporters.sweep(id -> false));
        people.clock.advance(Duration.ofHours(25));
        assertEquals(1, people.supporters.sweep(third::equals));
        assertEquals(Optional.empty(), people.supporters.find(first));
        assertEquals(2, people.supporters.find(List.of(first, second, third)).size());
        assertFalse(people.supporters.find(second).orElseThrow().toString().contains("Bob"));
    }

    private void forgetCursors() {
        people.database
                .accounting()
                .useHandle(handle -> handle.execute("update events.cursor set position = 0"));
    }

    private InviteUserResponse invite(String key, String email, String name) {
        var request = InviteUserRequest.newBuilder()
                .setIdempotencyKey(key)
                .setEmail(email)
                .setDisplayName(name)
                .setRole(org.almonry.identity.v1.Role.ROLE_USER)
                .build();
        return Answer.of(Callers.user("usr_admin"), answer -> rpc.inviteUser(request, answer));
    }

    private SetUserDisabledResponse disable(String key, String by, String id) {
        var request = SetUserDisabledRequest.newBuilder()
                .setIdempotencyKey(key)
                .setUserRef(id)
                .setDisabled(true)
                .build();
        return Answer.of(Callers.user(by), answer -> rpc.setUserDisabled(request, answer));
    }

    private ListUsersResponse list(int size, String token) {
        var request = ListUsersRequest.newBuilder()
                .setPage(PageRequest.newBuilder().setSize(size).setToken(token))
                .build();
        return Answer.of(Callers.user("usr_admin"), answer -> rpc.listUsers(request, answer));
    }
}
