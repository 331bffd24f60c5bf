package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.accounting.Matcher.Clues;
import org.almonry.accounting.Matcher.Reading;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// C-031 to C-038: what is certain, what is only suggested, and the reasons.
class MatcherTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final Target OTTER = new Target.Whole("prj_otter", "Otter Rescue", true);
    private static final Target BANKS = new Target.Whole("prj_banks", "Clean Banks", true);
    private static final Target CLOSED = new Target.Whole("prj_closed", "Old Weir", false);
    private static final Target.Pledged PLEDGE = pledge("pld_1", 1000, 2000, 500);

    @Test
    void oneExactCodeOfAnOpenProjectIsCertain() {
        var found = Matcher.certain(line(5000), List.of(exact("CCT-0001235", OTTER)))
                .orElseThrow();
        assertEquals(100, found.score());
        assertEquals(List.of("CCT-0001235 is valid and known"), found.reasons());
        assertEquals(List.of(new Part("prj_otter", "", Money.of(5000, "EUR"))), found.parts());
    }

    @Test
    void codeAndReferenceOfTheSameTargetAreCertain() {
        var readings = List.of(exact("CCT-0001235", OTTER), exact("RF12 0001235", OTTER));
        assertTrue(Matcher.certain(line(5000), readings).isPresent());
    }

    @Test
    void codesOfTwoTargetsAreOnlySuggested() {
        var readings = List.of(exact("CCT-0001235", OTTER), exact("CCT-0004568", BANKS));
        assertTrue(Matcher.certain(line(5000), readings).isEmpty());
        assertEquals(2, Matcher.suggestions(line(5000), Clues.of(readings)).size());
    }

    @Test
    void aDamagedCodeIsOnlySuggestedAndSpoilsAnotherExactOne() {
        var damaged = new Reading("CCT-0001236", false, List.of(OTTER));
        assertTrue(Matcher.certain(line(5000), List.of(damaged)).isEmpty());
        var suggestion =
                Matcher.suggestions(line(5000), Clues.of(List.of(damaged))).getFirst();
        assertTrue(suggestion.reasons().getFirst().contains("by a guess"));
        assertTrue(Matcher.certain(line(5000), List.of(exact("CCT-0004568", BANKS), damaged))
                .isEmpty());
        assertTrue(Matcher.certain(line(5000), List.of(exact("CCT-0001235", OTTER), damaged))
                .isPresent());
    }

    @Test
    void codesThatNobodyHasSayNothing() {
        var unknown = new Reading("CCT-9999999", true, List.of());
        assertTrue(Matcher.certain(line(5000), List.of(unknown)).isEmpty());
        assertTrue(Matcher.certain(line(5000), List.of(unknown, exact("CCT-0001235", OTTER)))
                .isPresent());
    }

    @Test
    void moneyThatLeftIsNeverBookedByItself() {
        assertTrue(Matcher.certain(line(-5000), List.of(exact("CCT-0001235", OTTER)))
                .isEmpty());
        assertTrue(
                Matcher.certain(line(0), List.of(exact("CCT-0001235", OTTER))).isEmpty());
    }

    @Test
    void aClosedProjectIsSuggestedWithTheWarning() {
        var readings = List.of(exact("CCT-0007777", CLOSED));
        assertTrue(Matcher.certain(line(5000), readings).isEmpty());
        var suggestion = Matcher.suggestions(line(5000), Clues.of(readings)).getFirst();
        assertTrue(suggestion.reasons().contains("takes nothing at present"));
    }

    @Test
    void aPledgeInAnotherCurrencyWaitsForAPerson() {
        var dollars = line(Money.of(3500, "USD"), "");
        var readings = List.of(exact("CCT-000123456", PLEDGE));
        assertTrue(Matcher.certain(dollars, readings).isEmpty());
        var reasons =
                Matcher.suggestions(dollars, Clues.of(readings)).getFirst().reasons();
        assertTrue(reasons.contains("pledged in another currency"));
    }

    /// C-034
    @Test
    void aPledgePaidExactlyIsDividedAsPledged() {
        var found = Matcher.certain(line(3500), List.of(exact("RF…", PLEDGE))).orElseThrow();
        assertEquals(List.of(1000L, 2000L, 500L), minors(found));
        assertTrue(found.reasons().contains("amount equal"));
    }

    /// C-034: an odd cent goes by the largest remainder, and nothing is lost.
    @Test
    void aPledgePaidShortKeepsItsProportionsToTheCent() {
        var found = Matcher.certain(line(1001), List.of(exact("RF…", PLEDGE))).orElseThrow();
        assertEquals(List.of(286L, 572L, 143L), minors(found));
        assertTrue(found.reasons().contains("amount differs: 35.00 EUR was pledged"));
    }

    /// C-034
    @Test
    void everySplitSumsToWhatCameIn() {
        long seed = System.nanoTime();
        System.err.println("MatcherTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            var weights = random.longs(random.nextInt(1, 21), 1, 100_000_000).toArray();
            long minor = random.nextLong(1, 100_000_000_000L);
            var found = Matcher.certain(
                            line(minor), List.of(exact("RF…", pledge("pld_x", weights))))
                    .orElseThrow();
            assertEquals(minor, minors(found).stream().mapToLong(part -> part).sum());
            assertTrue(minors(found).stream().allMatch(part -> part > 0));
        }
    }

    /// C-036
    @Test
    void equalAmountAndLikeNameSuggestAnOpenPledge() {
        var gift = line(Money.of(3500, "EUR"), "M. KOWALSKA");
        var clues = new Clues(List.of(), List.of(), List.of(PLEDGE, pledge("pld_2", 9900)));
        var found = Matcher.suggestions(gift, clues);
        assertEquals("pld_1", found.getFirst().target().id());
        assertTrue(found.getFirst().score() > 50 && found.getFirst().score() < 100);
        assertTrue(found.getFirst().reasons().contains("amount equal"));
        assertTrue(found.getFirst().reasons().stream()
                .anyMatch(reason -> reason.startsWith("name alike")));
        assertTrue(found.getFirst().reasons().contains("pledged 4 days before"));
    }

    /// C-036
    @Test
    void anAccountNumberSeenBeforeSuggestsWhereItsMoneyWent() {
        var clues = new Clues(List.of(), List.of(new Matcher.Earlier(BANKS, 4)), List.of());
        var found = Matcher.suggestions(line(5000), clues);
        assertEquals(List.of("account number seen 4×"), found.getFirst().reasons());
        assertFalse(Matcher.suggestions(line(-5000), clues).isEmpty());
    }

    @Test
    void noClueIsNoSuggestion() {
        assertTrue(Matcher.suggestions(line(5000), Clues.of(List.of())).isEmpty());
        var stranger = line(Money.of(777, "EUR"), "John Smith");
        var clues = new Clues(List.of(), List.of(), List.of(pledge("pld_9", 123)));
        assertTrue(Matcher.suggestions(stranger, clues).isEmpty());
    }

    @Test
    void suggestionsEndAtFiveBestFirstAlwaysInTheSameOrder() {
        var pledges = IntStream.range(0, 40)
                .mapToObj(i -> pledge("pld_" + (10 + i), 5000))
                .toList();
        var gift = line(Money.of(5000, "EUR"), "Maria Kowalska");
        var found = Matcher.suggestions(gift, new Clues(List.of(), List.of(), pledges));
        assertEquals(Matcher.SUGGESTIONS_MAX, found.size());
        assertEquals("pld_10", found.getFirst().target().id());
        assertTrue(found.getFirst().score() <= 95);
    }

    private static List<Long> minors(Suggestion suggestion) {
        return suggestion.parts().stream().map(part -> part.amount().minor()).toList();
    }

    private static Reading exact(String shown, Target target) {
        return new Reading(shown, true, List.of(target));
    }

    private static Incoming line(long minor) {
        return line(Money.of(minor, "EUR"), "Maria Kowalska");
    }

    private static Incoming line(Money amount, String name) {
        return new Incoming(
                "inc_1",
                "acc_1",
                "prc_1",
                1,
                1,
                DAY,
                null,
                amount,
                name,
                "DE02…",
                "",
                "",
                "",
                "",
                "",
                Instant.EPOCH);
    }

    private static Target.Pledged pledge(String id, long... minors) {
        var items = IntStream.range(0, minors.length)
                .mapToObj(i -> new Part("prj_" + i, "", Money.of(minors[i], "EUR")))
                .toList();
        return new Target.Pledged(
                id, "Pledge", Currency.of("EUR"), items, "Maria Kowalska", DAY.minusDays(4), true);
    }
}
