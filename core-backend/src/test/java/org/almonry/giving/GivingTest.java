package org.almonry.giving;

import static org.almonry.testing.People.EUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.CodeTarget;
import org.almonry.directory.Milestone;
import org.almonry.directory.Project;
import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent.GiftBooked;
import org.almonry.events.DomainEvent.GiftUndone;
import org.almonry.events.DomainEvent.Part;
import org.almonry.idempotency.Request;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.testing.LogLines;
import org.almonry.testing.People;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

class GivingTest {
    private static final int CALLERS = 32;
    private static final String GIVER = "giver@example.org";
    private final People people = new People();
    private final Project otters = people.activeProject("otters", null);
    private final Project choir = people.activeProject("choir", null);

    GivingTest() {
        people.account();
    }

    @AfterEach
    void close() {
        people.close();
    }

    /// C-033
    @Test
    void aBasketHasOneCodeThatLeadsBackToIt() {
        var pledge = made("key", wish("otters", 1_000), wish("choir", 2_500));
        assertEquals(Money.of(3_500, "EUR"), pledge.basket().total());
        assertTrue(pledge.code().isPledge());
        assertEquals(
                Optional.of(new CodeTarget(CodeTarget.Kind.PLEDGE, pledge.id())),
                people.codes.target(pledge.code()));
        assertEquals(Optional.of(pledge), people.giving.byToken(people.giving.token(pledge)));
        assertEquals(Optional.empty(), people.giving.byToken("x".repeat(43)));
        var transfer = people.giving.transfer(pledge);
        assertEquals("Hoster e.V.", transfer.account().holder());
        assertEquals("CCT-" + pledge.code().digits(), transfer.code());
        assertTrue(transfer.epcPayload().contains(transfer.reference().value()));
    }

    @Test
    void theSameRequestGivesTheSamePledgeAndAnotherIsRefused() {
        var first = made("key", wish("otters", 1_000));
        assertEquals(first, made("key", wish("otters", 1_000)));
        var request = new Request("edge/CreatePledge", "key", "other digest");
        var failure = assertThrows(
                Failure.class, () -> people.giving.pledge(request, wanted(wish("otters", 2_000))));
        assertEquals(Reason.IDEMPOTENCY_CONFLICT, failure.reason());
        assertNotEquals(first, made("other key", wish("otters", 1_000)));
    }

    @Test
    void manySubmissionsAtOnceMakeOnePledgeAndOneGiver() throws InterruptedException {
        var made = new ConcurrentSkipListSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                threads.submit(() -> made.add(made("key", wish("otters", 1_000)).id()));
            }
        }
        assertEquals(1, made.size());
        assertEquals(1, count(people.database.accounting(), "giving.pledge"));
        assertEquals(1, count(people.database.accounting(), "giving.pledge_item"));
        assertEquals(1, count(people.database.identity(), "identity.supporter"));
        assertEquals(
                3,
                count(people.database.accounting(), "directory.code"),
                "two projects, one pledge");
    }

    @Test
    void aCrashBetweenGiverAndPledgeIsGoneOnWithOrCleanedUp() {
        var request = new Request("edge/CreatePledge", "key", "digest");
        people.database.superuserJdbi().useHandle(handle -> handle.execute("""
            create function giving.crash() returns trigger language plpgsql as
            $$ begin raise exception 'crash'; end $$;
            create trigger crash before insert on giving.pledge
                for each statement execute function giving.crash();
            """));
        assertThrows(
                RuntimeException.class,
                () -> people.giving.pledge(request, wanted(wish("otters", 1_000))));
        assertEquals(1, count(people.database.identity(), "identity.supporter"));
        people.database
                .superuserJdbi()
                .useHandle(handle -> handle.execute("drop trigger crash on giving.pledge"));
        assertInstanceOf(
                PledgeResult.Made.class,
                people.giving.pledge(request, wanted(wish("otters", 1_000))));
        assertEquals(1, count(people.database.identity(), "identity.supporter"));
        people.supporters.ensure("left alone", "Nobody", "", "en");
        people.clock.advance(Duration.ofDays(2));
        assertEquals(1, people.giving.sweepGivers());
        assertEquals(1, count(people.database.identity(), "identity.supporter"));
    }

    @Test
    void amountsOutsideTheLimitsAreTold() {
        for (long minor : new long[] {-5, 0, 99, 100_000_001, Long.MAX_VALUE}) {
            assertEquals(
                    new PledgeResult.AmountOutOfRange(
                            Money.of(100, "EUR"), Money.of(100_000_000, "EUR")),
                    ask("key" + minor, wish("otters", minor)));
        }
        assertInstanceOf(
                PledgeResult.AmountOutOfRange.class,
                ask("key", wish("otters", 60_000_000), wish("choir", 60_000_000)));
        assertInstanceOf(
                PledgeResult.Made.class, ask("least", wish("otters", 50), wish("choir", 50)));
    }

    @Test
    void onlyOpenProjectsAndTakenCurrenciesAreAccepted() {
        assertEquals(new PledgeResult.ProjectNotOpen("nothing"), ask("k1", wish("nothing", 1_000)));
        Callers.run(Callers.job(), () -> people.projects.close(choir.id()));
        assertEquals(
                new PledgeResult.ProjectNotOpen("choir"),
                ask("k2", wish("otters", 1_000), wish("choir", 1_000)));
        assertEquals(
                new PledgeResult.CurrencyNotTaken(List.of("EUR")),
                ask("k3", new NewPledge.Wish("otters", "", Money.of(1_000, "USD"))));
        var mixed = assertThrows(
                Failure.class,
                () -> ask(
                        "k4",
                        wish("otters", 1_000),
                        new NewPledge.Wish("otters", "", Money.of(1_000, "USD"))));
        assertEquals(Reason.INVALID_ARGUMENT, mixed.reason());
    }

    /// C-030
    @Test
    void aMilestoneMustBelongToItsProject() {
        Milestone boat = Callers.as(
                Callers.job(), () -> people.projects.addMilestone(otters.id(), "Boat", null));
        assertInstanceOf(
                PledgeResult.Made.class,
                ask("k1", new NewPledge.Wish("otters", boat.id(), Money.of(1_000, "EUR"))));
        assertThrows(
                Failure.class,
                () -> ask("k2", new NewPledge.Wish("choir", boat.id(), Money.of(1_000, "EUR"))));
    }

    @Test
    void bookingsCountOnceInWhateverOrderTheyAreTold() {
        people.bookings.subscribeTo(people.outbox);
        var pledge = made("key", wish("otters", 1_000));
        var other = made("other", wish("otters", 1_000));
        assertEquals(
                List.of(other.id(), pledge.id()),
                people.giving.waiting(EUR, 10).stream().map(Pledge::id).toList());
        people.happen(undone("prc_3", "prc_1", pledge));
        people.happen(booked("prc_1", pledge, 1_000));
        people.happen(booked("prc_2", pledge, 600));
        people.outbox.deliver();
        people.database
                .accounting()
                .useHandle(handle -> handle.execute("update events.cursor set position = 0"));
        people.outbox.deliver();
        assertEquals(List.of(Money.of(600, "EUR")), people.bookings.of(pledge.id()));
        assertEquals(List.of(other), people.giving.waiting(EUR, 10));
        people.happen(undone("prc_4", "prc_2", pledge));
        people.outbox.deliver();
        assertEquals(List.of(), people.bookings.of(pledge.id()));
        assertEquals(2, people.giving.waiting(EUR, 10).size());
    }

    @Test
    void theGiverIsThankedOnceForTheSameMoney() {
        thanks().subscribeTo(people.outbox);
        var pledge = made("key", wish("otters", 123_456), wish("choir", 100));
        people.happen(booked("prc_1", pledge, 123_556));
        people.happen(undone("prc_2", "prc_1", pledge));
        people.happen(booked("prc_3", pledge, 123_556));
        people.outbox.deliver();
        people.database
                .accounting()
                .useHandle(handle -> handle.execute("update events.cursor set position = 0"));
        people.outbox.deliver();
        var mails = people.storedMail(GIVER);
        assertEquals(1, mails.size());
        assertTrue(mails.getFirst().contains("1.235,56 EUR"), mails.getFirst());
        assertTrue(mails.getFirst().contains("Project otters"), mails.getFirst());
        assertTrue(mails.getFirst().contains("Guten Tag Ωmega"), mails.getFirst());
    }

    @Test
    void whoLeftNoAddressGetsNoMail() {
        thanks().subscribeTo(people.outbox);
        var request = new Request("edge/CreatePledge", "key", "digest");
        var pledge = ((PledgeResult.Made) people.giving.pledge(
                        request,
                        new NewPledge("otters", List.of(wish("otters", 1_000)), "", "", "de")))
                .pledge();
        assertEquals("", pledge.supporterRef());
        people.happen(booked("prc_1", pledge, 1_000));
        people.outbox.deliver();
        assertEquals(0, count(people.database.identity(), "mail.message"));
    }

    /// C-041
    @Test
    void neitherLogsNorTheAccountingDatabaseHoldAGiver() {
        try (var log = new LogLines()) {
            var pledge = made("key", wish("otters", 1_000));
            String token = people.giving.token(pledge);
            String rows = people.database
                    .accounting()
                    .withHandle(handle -> handle.createQuery(
                                    "select string_agg(p::text, ' ') from giving.pledge p")
                            .mapTo(String.class)
                            .one());
            for (String secret : List.of(GIVER, "Ωmega", token)) {
                assertFalse(rows.contains(secret));
                assertFalse(log.all().contains(secret));
                assertFalse(pledge.toString().contains(secret));
                assertFalse(wanted(wish("otters", 1)).toString().contains(secret));
            }
        }
    }

    @Test
    void aGuessableSecretIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PledgeTokens(org.almonry.wire.Secret.of("short")));
    }

    private Thanks thanks() {
        return new Thanks(
                people.giving,
                people.supporters,
                people.nonprofits,
                people.projects,
                people.mails,
                people.clock);
    }

    private GiftBooked booked(String process, Pledge pledge, long minor) {
        return new GiftBooked(
                process,
                List.of("inc_1"),
                pledge.id(),
                List.of(new Part(otters.id(), "", minor)),
                "EUR");
    }

    private GiftUndone undone(String process, String booking, Pledge pledge) {
        return new GiftUndone(
                process,
                booking,
                List.of("inc_1"),
                pledge.id(),
                List.of(new Part(otters.id(), "", 1_000)),
                "EUR");
    }

    private Pledge made(String key, NewPledge.Wish... wishes) {
        return assertInstanceOf(PledgeResult.Made.class, ask(key, wishes)).pledge();
    }

    private PledgeResult ask(String key, NewPledge.Wish... wishes) {
        return people.giving.pledge(
                new Request("edge/CreatePledge", key, "digest"), wanted(wishes));
    }

    private static NewPledge wanted(NewPledge.Wish... wishes) {
        return new NewPledge("otters", List.of(wishes), "Ωmega", GIVER, "de");
    }

    private static NewPledge.Wish wish(String project, long minor) {
        return new NewPledge.Wish(project, "", Money.of(minor, "EUR"));
    }

    private static int count(org.jdbi.v3.core.Jdbi jdbi, String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(int.class)
                .one());
    }
}
