package org.almonry.accounting;

import org.almonry.money.Money;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says where a line may belong, and why. Pure: it knows no database, all clues are brought
/// to it.
///
/// Only one thing is certain: codes or references whose check digits are right, that all
/// name one and the same open target, for money that came in (C-031, C-037). Everything
/// else (two codes, a damaged code, an account number seen before, a name that looks alike)
/// is a suggestion that waits for a person, so that a mistyped digit never moves money to
/// somebody else (C-038).
final class Matcher {
    /// More than a person reads at a glance helps nobody.
    static final int SUGGESTIONS_MAX = 5;

    private static final int CERTAIN = 100;
    private static final int UNSURE_MAX = 95;
    private static final int SHOWN_FROM = 30;

    private static final int CODE_EXACT = 60;
    private static final int CODE_DAMAGED = 45;
    private static final int PAYER_SEEN = 30;
    private static final int PAYER_SEEN_AGAIN = 4;
    private static final int AMOUNT_EQUAL = 25;
    private static final int NAME_LIKE = 25;
    private static final int NAME_VERY_LIKE = 35;
    private static final int RECENT = 10;
    private static final int RECENT_DAYS = 14;
    private static final int NAME_LIKE_FROM = 65;
    private static final int NAME_VERY_LIKE_FROM = 85;

    private Matcher() {}

    /// A code that a line's text can be read as, `shown` as a person knows it, with the
    /// target that has it. What is not exact took a guess: a wrong digit, a lost prefix.
    /// Codes that nobody has bring no targets and say nothing.
    record Reading(String shown, boolean exact, List<Target> targets) {
        Reading {
            targets = List.copyOf(targets);
        }
    }

    /// Where money of the same account number went before, how often.
    record Earlier(Target target, int times) {}

    /// All that is known beside the line itself.
    record Clues(List<Reading> readings, List<Earlier> earlier, List<Target.Pledged> openPledges) {
        Clues {
            readings = List.copyOf(readings);
            earlier = List.copyOf(earlier);
            openPledges = List.copyOf(openPledges);
        }

        static Clues of(List<Reading> readings) {
            return new Clues(readings, List.of(), List.of());
        }
    }

    /// The one target that needs no person, if there is one.
    static Optional<Suggestion> certain(Incoming line, List<Reading> readings) {
        if (!line.amount().isPositive()) {
            return Optional.empty();
        }
        Target only = null;
        var reasons = new ArrayList<String>();
        boolean exact = false;
        for (Reading reading : readings) {
            for (Target target : reading.targets()) {
                // A damaged code counts against: it may have meant somebody else.
                if (only != null && !only.id().equals(target.id())) {
                    return Optional.empty();
                }
                only = target;
                exact |= reading.exact();
                if (reading.exact()) {
                    reasons.add(reading.shown() + " is valid and known");
                }
            }
        }
        if (only == null || !exact || !only.open() || !takes(only, line.amount())) {
            return Optional.empty();
        }
        if (only instanceof Target.Pledged pledge) {
            reasons.add(amountReason(pledge, line.amount()));
        }
        return Optional.of(new Suggestion(only, CERTAIN, reasons, only.divide(line.amount())));
    }

    /// Best first; a certain one stands alone.
    static List<Suggestion> suggestions(Incoming line, Clues clues) {
        var certain = certain(line, clues.readings());
        if (certain.isPresent()) {
            return List.of(certain.get());
        }
        var tallies = new LinkedHashMap<String, Tally>();
        for (Reading reading : clues.readings()) {
            codeClue(reading, tallies);
        }
        for (Earlier earlier : clues.earlier()) {
            tally(tallies, earlier.target())
                    .add(
                            PAYER_SEEN + PAYER_SEEN_AGAIN * Math.min(5, earlier.times() - 1),
                            "account number seen " + earlier.times() + "×");
        }
        if (line.amount().isPositive()) {
            for (Target.Pledged pledge : clues.openPledges()) {
                pledgeClues(line, pledge, tally(tallies, pledge));
            }
        }
        return tallies.values().stream()
                .filter(tally -> tally.points >= SHOWN_FROM)
                .sorted(Comparator.comparingInt((Tally tally) -> tally.points)
                        .reversed()
                        .thenComparing(tally -> tally.target.id()))
                .limit(SUGGESTIONS_MAX)
                .map(tally -> tally.suggestion(line.amount()))
                .toList();
    }

    private static void codeClue(Reading reading, Map<String, Tally> tallies) {
        for (Target target : reading.targets()) {
            var tally = tally(tallies, target);
            if (reading.exact()) {
                tally.add(CODE_EXACT, reading.shown() + " is valid and known");
            } else {
                tally.add(CODE_DAMAGED, reading.shown() + ", by a guess");
            }
        }
    }

    private static void pledgeClues(Incoming line, Target.Pledged pledge, Tally tally) {
        boolean named = tally.points > 0;
        if (pledge.currency().equals(line.amount().currency())
                && pledge.amount().equals(line.amount())) {
            tally.add(AMOUNT_EQUAL, amountReason(pledge, line.amount()));
        }
        int likeness = NameLikeness.percent(line.counterpartyName(), pledge.giver());
        if (likeness >= NAME_LIKE_FROM) {
            tally.add(
                    likeness >= NAME_VERY_LIKE_FROM ? NAME_VERY_LIKE : NAME_LIKE,
                    "name alike (" + likeness + " %)");
        }
        long days = ChronoUnit.DAYS.between(pledge.madeOn(), line.bookingDate());
        if ((named || tally.points > 0) && days >= 0 && days <= RECENT_DAYS) {
            tally.add(
                    RECENT,
                    days == 1 ? "pledged a day before" : "pledged " + days + " days before");
        }
    }

    private static String amountReason(Target.Pledged pledge, Money amount) {
        return pledge.amount().equals(amount)
                ? "amount equal"
                : "amount differs: " + pledge.amount() + " was pledged";
    }

    private static boolean takes(Target target, Money amount) {
        return !(target instanceof Target.Pledged pledge)
                || pledge.currency().equals(amount.currency());
    }

    private static Tally tally(Map<String, Tally> tallies, Target target) {
        return tallies.computeIfAbsent(target.id(), id -> new Tally(target));
    }

    /// Points and reasons of one target while they are gathered.
    private static final class Tally {
        private final Target target;
        private final List<String> reasons = new ArrayList<>();
        private int points;

        Tally(Target target) {
            this.target = target;
        }

        void add(int more, String reason) {
            if (!reasons.contains(reason)) {
                points += more;
                reasons.add(reason);
            }
        }

        Suggestion suggestion(Money amount) {
            if (!target.open()) {
                reasons.add("takes nothing at present");
            }
            if (!takes(target, amount)) {
                reasons.add("pledged in another currency");
            }
            int score = Math.min(UNSURE_MAX, target.open() ? points : points / 2);
            var positive = amount.isNegative() ? amount.negate() : amount;
            return new Suggestion(target, score, reasons, target.divide(positive));
        }
    }
}
