package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.Project;
import org.almonry.directory.ProjectRole;
import org.almonry.error.v1.Reason;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.wire.Failure;
import org.almonry.wire.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// C-008, C-039, C-091: members see date and amount of their own projects' gifts, and
/// suggest.
class MemberSuggestionsTest {
    private final Desk desk = new Desk();
    private final Project otters = desk.project("otters");
    private final Project choir = desk.project("choir");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void membersSeeTheirOwnProjectsOnly() {
        assertEquals(
                List.of(otters.id()),
                desk.members.own("usr_otters").stream()
                        .map(own -> own.project().id())
                        .toList());
        assertEquals(List.of(), desk.members.own("usr_nobody"));
        notFound(() -> desk.members.own("usr_otters", choir.id()));
        notFound(() -> desk.members.own("usr_otters", "prj_nothing"));
    }

    @Test
    void giftsHaveDateAmountAndMilestoneNewestFirst() {
        var milestone = Callers.as(
                Callers.job(), () -> desk.projects.addMilestone(otters.id(), "A boat", null));
        desk.matching.consider(List.of(desk.line(100, desk.code(otters))));
        desk.matching.consider(List.of(desk.line(200, desk.codes.printed(milestone.code()))));
        var line = desk.line(900, "for both");
        desk.decisions.book(
                desk.by(""),
                List.of(desk.seen(line)),
                List.of(
                        Desk.part(choir, 300),
                        new Part(otters.id(), milestone.id(), Money.of(600, "EUR"))),
                "");
        var gifts = desk.members.gifts(own(), "", 10).gifts();
        assertEquals(
                List.of(600L, 200L, 100L),
                gifts.stream().map(seen -> seen.gift().amount().minor()).toList());
        assertEquals(
                List.of("A boat", "A boat", ""),
                gifts.stream().map(MemberSuggestions.Seen::milestone).toList());
        assertEquals(Desk.DAY, gifts.getFirst().gift().on());
    }

    @Test
    void aGiftThatWasTakenBackIsNotShown() {
        var line = desk.line(100, desk.code(otters));
        desk.matching.consider(List.of(line));
        desk.decisions.undo(desk.by("wrong"), desk.seen(line));
        assertEquals(List.of(), desk.members.gifts(own(), "", 10).gifts());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 1; i <= 7; i++) {
            desk.matching.consider(List.of(desk.line(i, desk.code(otters))));
        }
        var amounts = new ArrayList<Long>();
        var token = "";
        do {
            var page = desk.members.gifts(own(), token, 3);
            page.gifts().forEach(seen -> amounts.add(seen.gift().amount().minor()));
            token = page.next();
        } while (!token.isEmpty());
        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), amounts);
        assertThrows(Failure.class, () -> desk.members.gifts(own(), "gft_made_up", 3));
    }

    /// C-091: nobody gets from the id to the bank line, or from one gift's id to the next.
    @Test
    void idsOfGiftsAreOpaqueAndNotForgeable() {
        var ids = new GiftIds(Secret.of("one"));
        var seen = new HashSet<String>();
        for (long transaction = 1; transaction <= 1_000; transaction++) {
            var id = ids.of(transaction);
            assertEquals(transaction, ids.transaction(id).orElseThrow());
            assertFalse(id.contains(Long.toHexString(0xffff_ffff_0000L | transaction)));
            assertTrue(seen.add(id.substring(0, 12)), "two ids begin alike");
        }
        assertTrue(new GiftIds(Secret.of("other")).transaction(ids.of(7)).isEmpty());
        assertTrue(ids.transaction("gft_" + "0".repeat(32)).isEmpty());
        assertTrue(ids.transaction("txn_7").isEmpty());
        assertTrue(ids.transaction("").isEmpty());
    }

    /// C-039
    @Test
    void anAdminOfTheProjectSuggestsAndThePlatformAdminSeesIt() {
        var line = desk.line(100, desk.code(otters));
        desk.matching.consider(List.of(line));
        var gift = desk.members.gifts(own(), "", 10).gifts().getFirst();
        assertFalse(gift.suggested());
        desk.members.suggest("usr_otters", gift.id(), choir.id(), "they sing,\nwe swim");
        assertTrue(desk.members.gifts(own(), "", 10).gifts().getFirst().suggested());
        var told = desk.view(line).byMembers().getFirst();
        assertEquals(choir.id(), told.projectId());
        assertEquals("usr_otters", told.userRef());
        assertEquals("they sing, we swim", told.comment());
        assertEquals("BOOKED", desk.view(line).standing().state());
        assertEquals(90, desk.balance(otters));
    }

    @Test
    void nobodyElseSuggests() {
        desk.matching.consider(List.of(desk.line(100, desk.code(otters))));
        var gift = desk.members.gifts(own(), "", 10).gifts().getFirst().id();
        notFound(() -> desk.members.suggest("usr_choir", gift, choir.id(), ""));
        notFound(() -> desk.members.suggest("usr_nobody", gift, choir.id(), ""));
        notFound(() -> desk.members.suggest("usr_otters", "gft_" + "1".repeat(32), choir.id(), ""));
        Callers.run(
                Callers.job(),
                () -> desk.memberships.set(otters.id(), "usr_reads", ProjectRole.MEMBER));
        refused(Reason.NOT_ALLOWED, () -> desk.members.suggest("usr_reads", gift, choir.id(), ""));
        refused(
                Reason.INVALID_ARGUMENT,
                () -> desk.members.suggest("usr_otters", gift, otters.id(), ""));
        refused(
                Reason.INVALID_ARGUMENT,
                () -> desk.members.suggest("usr_otters", gift, "prj_x", ""));
    }

    private MemberSuggestions.Own own() {
        return desk.members.own("usr_otters", otters.id());
    }

    private static void notFound(Runnable work) {
        refused(Reason.NOT_FOUND, work);
    }

    private static void refused(Reason reason, Runnable work) {
        assertEquals(reason, assertThrows(Failure.class, work::run).reason());
    }
}
