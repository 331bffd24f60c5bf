package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.Project;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From a line on the statement to money in a project, without a person.
class MatchingTest {
    private final Desk desk = new Desk();
    private final Project otters = desk.project("otters");
    private final Project choir = desk.project("choir");

    @AfterEach
    void close() {
        desk.verify();
        desk.close();
    }

    /// C-031, C-069: 100.00 at 10 percent gives 90.00 and 10.00 in one posting.
    @Test
    void anExactCodeIsBookedAtOnceAndTheShareGoesToTheOverhead() {
        var line = desk.line(10_000, desk.code(otters));
        assertEquals(1, desk.matching.consider(List.of(line)));
        assertEquals(9_000, desk.balance(otters));
        assertEquals(1_000, desk.overhead());
        assertEquals(0, desk.balance(desk.incomingCoin("acc_eur")));
        var view = desk.view(line);
        assertEquals("BOOKED", view.standing().state());
        assertEquals(List.of(Desk.part(otters, 10_000)), view.booked());
        assertEquals(2, desk.reads.transactionsOf(view.standing().bookingId()).size());
        assertEquals(Money.of(10_000, "EUR"), desk.projects.received(otters));
    }

    /// C-037: what banks and donors make of a code.
    @Test
    void mangledCodesAreStillExact() {
        var code = desk.code(otters);
        var digits = code.substring(4);
        var reference = otters.code().orElseThrow().reference();
        var texts = List.of(
                code,
                code.toLowerCase(),
                "CCT " + digits,
                "CCT" + digits,
                "Project otters " + code,
                code + " Project otters",
                "cct-" + digits.substring(0, 3) + " " + digits.substring(3),
                "Spende\nCCT-" + digits.substring(0, 4) + "\n" + digits.substring(4) + "\nDanke",
                "CCT – " + digits,
                "SVWZ+" + code + " thank you",
                reference.value(),
                reference.grouped(),
                reference.value().toLowerCase(),
                "Ref: " + reference.value() + " otters");
        for (String text : texts) {
            assertEquals(1, desk.matching.consider(List.of(desk.line(100, text))), text);
        }
        assertEquals(90L * texts.size(), desk.balance(otters));
    }

    /// C-038: one wrong digit, at any place, books nothing; what it may have meant is
    /// suggested.
    @Test
    void oneWrongDigitIsNeverBooked() {
        var code = desk.code(otters);
        for (int place = 4; place < code.length(); place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit != code.charAt(place)) {
                    var wrong = code.substring(0, place) + digit + code.substring(place + 1);
                    var line = desk.line(100, wrong);
                    assertEquals(0, desk.matching.consider(List.of(line)), wrong);
                    var suggestion = desk.view(line).suggestions().getFirst();
                    assertEquals(otters.id(), suggestion.target().id(), wrong);
                    assertTrue(suggestion.reasons().getFirst().endsWith("by a guess"));
                }
            }
        }
        assertEquals(0, desk.balance(otters));
    }

    /// C-034
    @Test
    void aPledgeIsDividedOverItsBasketHoweverMuchCame() {
        var items = new LinkedHashMap<Project, Long>();
        items.put(otters, 1_000L);
        items.put(choir, 2_000L);
        var pledge = desk.pledge("Maria Kowalska", items);
        var reference = desk.code(pledge).reference().value();
        var line = desk.line(1_001, reference);
        assertEquals(1, desk.matching.consider(List.of(line)));
        var booked = desk.view(line).booked();
        assertEquals(List.of(Desk.part(otters, 334), Desk.part(choir, 667)), booked);
        assertEquals(1_001, desk.balance(otters) + desk.balance(choir) + desk.overhead());
    }

    /// C-082a: money in another currency stays in a coin of its own.
    @Test
    void dollarsAreBookedAsDollars() {
        var line = desk.line("acc_usd", 20_000, "John Smith", "US1", desk.code(otters));
        assertEquals(1, desk.matching.consider(List.of(line)));
        var dollars = desk.projects.findCoin(otters, Desk.USD).orElseThrow();
        assertEquals(Money.of(18_000, "USD"), new Money(dollars.balance(), dollars.currency()));
        assertEquals(0, desk.balance(otters));
        assertTrue(desk.view(line).rateNote().startsWith("no rate of USD and EUR"));
    }

    @Test
    void whatIsNotCertainWaits() {
        var closed = desk.project("closed");
        Callers.run(Callers.job(), () -> desk.projects.close(closed.id()));
        var lines = List.of(
                desk.line(100, "a gift"),
                desk.line(100, desk.code(otters) + " " + desk.code(choir)),
                desk.line(100, desk.code(closed)),
                desk.line(-100, desk.code(otters)));
        assertEquals(0, desk.matching.consider(lines));
        for (Incoming line : lines) {
            assertEquals("WAITING", desk.view(line).standing().state());
        }
        assertEquals(
                4, desk.inbox.page(new Inbox.Filter("WAITING", "", "", "", 50)).waiting());
    }

    /// A crash between matching and booking, or after it: considering again doubles
    /// nothing.
    @Test
    void consideringAgainBooksNothingTwice() {
        var lines = List.of(desk.line(100, desk.code(otters)), desk.line(200, desk.code(choir)));
        desk.matching.consider(lines.subList(0, 1));
        assertEquals(2, desk.matching.consider(lines));
        assertEquals(2, desk.matching.consider(lines));
        assertEquals(90, desk.balance(otters));
        assertEquals(180, desk.balance(choir));
    }

    @Test
    void whatAPersonTookBackIsNotBookedAgainByItself() {
        var line = desk.line(100, desk.code(otters));
        desk.matching.consider(List.of(line));
        desk.decisions.undo(desk.by("wrong"), desk.seen(line));
        desk.matching.consider(List.of(line));
        assertEquals("WAITING", desk.view(line).standing().state());
        assertEquals(0, desk.balance(otters));
    }

    /// C-036
    @Test
    void aPayerSeenBeforeAndAnOpenPledgeAreSuggestedWithReasons() {
        desk.matching.consider(List.of(desk.line(100, desk.code(otters))));
        var pledge = desk.pledge("Maria Kowalska", Map.of(choir, 5_000L));
        var line = desk.line(5_000, "donation");
        desk.matching.consider(List.of(line));
        var found = desk.view(line).suggestions();
        assertEquals(pledge.id(), found.getFirst().target().id());
        assertTrue(found.getFirst().reasons().contains("amount equal"));
        assertEquals(otters.id(), found.get(1).target().id());
        assertEquals(List.of("account number seen 1×"), found.get(1).reasons());
        assertFalse(found.stream().anyMatch(suggestion -> suggestion.score() == 100));
    }
}
