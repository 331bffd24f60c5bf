package org.almonry.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.testing.Callers;
import org.almonry.testing.LogLines;
import org.almonry.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

class SignInTest {
    private static final Pattern LINK =
            Pattern.compile("https://(\\S+)/sign-in/link\\?token=(\\S+)");
    private static final String ADMIN = "admin@example.org";
    private static final String MEMBER = "member@example.org";
    private final People people = new People();

    @BeforeEach
    void invite() {
        Callers.run(Callers.job(), () -> {
            people.users.invite(ADMIN, "Ada", Role.PLATFORM_ADMIN, "en");
            people.users.invite(MEMBER, "Νεφέλη", Role.USER, "de");
        });
    }

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void aLinkBecomesASessionOnce() {
        String token = link(ADMIN, Role.ADMIN_GATEWAY);
        var redeemed = people.signIn.redeem(token, Role.ADMIN_GATEWAY).orElseThrow();
        assertEquals(ADMIN, redeemed.user().email());
        var caller = people.sessions
                .resolve(redeemed.session().token().reveal(), Role.ADMIN_GATEWAY)
                .orElseThrow();
        assertEquals(redeemed.user().id(), caller.userId());
        assertTrue(caller.may("users.manage"));
        assertEquals(Optional.empty(), people.signIn.redeem(token, Role.ADMIN_GATEWAY));
    }

    @Test
    void aLinkWorksOnceHoweverManyTryAtTheSameTime() throws InterruptedException {
        String token = link(ADMIN, Role.ADMIN_GATEWAY);
        var opened = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.submit(() -> people.signIn
                        .redeem(token, Role.ADMIN_GATEWAY)
                        .ifPresent(redeemed -> opened.incrementAndGet()));
            }
        }
        assertEquals(1, opened.get());
    }

    @Test
    void aLinkOfAnotherGatewayIsUnknown() {
        String token = link(ADMIN, Role.PUBLIC_GATEWAY);
        assertEquals(Optional.empty(), people.signIn.redeem(token, Role.ADMIN_GATEWAY));
        assertTrue(people.signIn.redeem(token, Role.PUBLIC_GATEWAY).isPresent());
    }

    @Test
    void anExpiredLinkIsUseless() {
        String token = link(ADMIN, Role.ADMIN_GATEWAY);
        people.clock.advance(SignIn.LINK_LIFE);
        assertEquals(Optional.empty(), people.signIn.redeem(token, Role.ADMIN_GATEWAY));
    }

    @Test
    void aSessionBelongsToTheGatewayThatRedeemedIt() {
        String token = session(ADMIN, Role.PUBLIC_GATEWAY);
        assertEquals(Optional.empty(), people.sessions.resolve(token, Role.ADMIN_GATEWAY));
        assertEquals(Optional.empty(), people.sessions.resolve(token, "edge/widgets"));
        var caller = people.sessions.resolve(token, Role.PUBLIC_GATEWAY).orElseThrow();
        assertEquals(Set.of("session.own", "project.own"), caller.permissions());
    }

    /// C-004
    @Test
    void aUserGetsNothingAtTheAdminGateway() {
        begin(MEMBER, Role.ADMIN_GATEWAY);
        assertEquals(List.of(), people.storedMail(MEMBER));
        String token = link(MEMBER, Role.PUBLIC_GATEWAY);
        assertEquals(Optional.empty(), people.signIn.redeem(token, Role.ADMIN_GATEWAY));
        assertEquals(Set.of(), Role.USER.permissionsAt(Role.ADMIN_GATEWAY));
    }

    @Test
    void aDisabledUserLosesLinksAndSessionsAtOnce() {
        String session = session(MEMBER, Role.PUBLIC_GATEWAY);
        String token = link(MEMBER, Role.PUBLIC_GATEWAY);
        String id = people.users.byEmail(MEMBER).orElseThrow().id();
        Callers.run(Callers.job(), () -> people.users.setDisabled(id, true));
        assertEquals(Optional.empty(), people.sessions.resolve(session, Role.PUBLIC_GATEWAY));
        assertEquals(Optional.empty(), people.signIn.redeem(token, Role.PUBLIC_GATEWAY));
        Callers.run(Callers.job(), () -> people.users.setDisabled(id, false));
        assertEquals(Optional.empty(), people.sessions.resolve(session, Role.PUBLIC_GATEWAY));
    }

    @Test
    void aSessionEndsWhenItIsIdleForHalfAnHour() {
        String token = session(MEMBER, Role.PUBLIC_GATEWAY);
        people.clock.advance(Duration.ofMinutes(29));
        assertTrue(people.sessions.resolve(token, Role.PUBLIC_GATEWAY).isPresent());
        people.clock.advance(Duration.ofMinutes(29));
        assertTrue(people.sessions.resolve(token, Role.PUBLIC_GATEWAY).isPresent());
        people.clock.advance(Duration.ofMinutes(31));
        assertEquals(Optional.empty(), people.sessions.resolve(token, Role.PUBLIC_GATEWAY));
    }

    @Test
    void aSessionEndsAfterItsTimeHoweverBusy() {
        String token = session(ADMIN, Role.ADMIN_GATEWAY);
        for (int i = 0; i < 11; i++) {
            people.clock.advance(Duration.ofMinutes(20));
            assertTrue(people.sessions.resolve(token, Role.ADMIN_GATEWAY).isPresent());
        }
        people.clock.advance(Duration.ofMinutes(20));
        assertEquals(Optional.empty(), people.sessions.resolve(token, Role.ADMIN_GATEWAY));
        assertEquals(1, people.sessions.purge() + people.sessions.purge());
    }

    @Test
    void anEndedSessionIsOver() {
        String token = session(ADMIN, Role.ADMIN_GATEWAY);
        var caller = people.sessions.resolve(token, Role.ADMIN_GATEWAY).orElseThrow();
        people.sessions.end(caller.sessionId());
        assertEquals(Optional.empty(), people.sessions.resolve(token, Role.ADMIN_GATEWAY));
    }

    @Test
    void unknownAddressesLeaveTheSameTraceButNoMail() {
        begin("nobody@example.org", Role.PUBLIC_GATEWAY);
        assertEquals(List.of(), people.storedMail("nobody@example.org"));
        assertEquals(1, links());
        begin(MEMBER, Role.PUBLIC_GATEWAY);
        assertEquals(2, links());
    }

    @Test
    void anAddressGetsThreeLinksInFifteenMinutes() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                threads.submit(() -> begin(" MEMBER@example.org ", Role.PUBLIC_GATEWAY));
            }
        }
        assertEquals(3, people.storedMail(MEMBER).size());
        people.clock.advance(Duration.ofMinutes(16));
        begin(MEMBER, Role.PUBLIC_GATEWAY);
        assertEquals(4, people.storedMail(MEMBER).size());
        assertEquals(4, links());
        people.clock.advance(Duration.ofDays(2));
        assertEquals(4, people.signIn.purge());
    }

    @Test
    void theMailIsInTheLanguageOfThePersonUnlessThePageHadAnother() {
        people.signIn.begin(MEMBER, "", Role.PUBLIC_GATEWAY);
        people.signIn.begin(MEMBER, "en-GB", Role.PUBLIC_GATEWAY);
        var mails = people.storedMail(MEMBER);
        assertTrue(mails.getFirst().startsWith("Ihr Anmelde-Link"), mails.getFirst());
        assertTrue(mails.getLast().startsWith("Your sign-in link"), mails.getLast());
        assertTrue(mails.getFirst().contains("Νεφέλη"));
    }

    @Test
    void noTableAndNoLogHoldsATokenThatSignsIn() {
        try (var log = new LogLines()) {
            String link = link(ADMIN, Role.ADMIN_GATEWAY);
            var redeemed = people.signIn.redeem(link, Role.ADMIN_GATEWAY).orElseThrow();
            String session = redeemed.session().token().reveal();
            people.sessions.resolve(session, Role.ADMIN_GATEWAY);
            String tables = people.database
                    .identity()
                    .withHandle(handle ->
                            handle.createQuery("""
                                select coalesce(string_agg(t.row::text, ' '), '')
                                  from (select l::text as row from identity.sign_in_link l
                                        union all
                                        select s::text from identity.session s) t
                                """).mapTo(String.class).one());
            assertFalse(tables.contains(link));
            assertFalse(tables.contains(session));
            assertFalse(log.all().contains(link));
            assertFalse(log.all().contains(session));
            assertFalse(log.all().contains(ADMIN));
            assertFalse(redeemed.toString().contains(session), redeemed::toString);
            assertFalse(redeemed.toString().contains(ADMIN), redeemed::toString);
        }
    }

    private String session(String email, String gateway) {
        return people.signIn
                .redeem(link(email, gateway), gateway)
                .orElseThrow()
                .session()
                .token()
                .reveal();
    }

    private String link(String email, String gateway) {
        begin(email, gateway);
        var matcher = LINK.matcher(people.storedMail(email).getLast());
        assertTrue(matcher.find());
        assertEquals(
                gateway.equals(Role.ADMIN_GATEWAY) ? "admin.example.org" : "my.example.org",
                matcher.group(1));
        return matcher.group(2);
    }

    private void begin(String email, String gateway) {
        people.signIn.begin(email, "", gateway);
    }

    private int links() {
        return people.database
                .identity()
                .withHandle(
                        handle -> handle.createQuery("select count(*) from identity.sign_in_link")
                                .mapTo(int.class)
                                .one());
    }
}
