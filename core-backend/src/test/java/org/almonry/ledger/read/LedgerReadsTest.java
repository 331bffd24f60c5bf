package org.almonry.ledger.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.Hold;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.read.DatedBooks.Leg;
import org.almonry.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Reads by date, compared with a plain list of what was written (K-001, K-080, C-081).
/// The seed is in every message.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerReadsTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final DatedBooks books = new DatedBooks();
    private final LedgerReads reads = books.reads;

    @BeforeAll
    void keepBooks() {
        books.keep(random, 160);
    }

    @AfterAll
    void close() {
        books.close();
    }

    @Test
    void aBalanceIsToldAsOfAnyRecordedMoment() {
        for (var coin : coins()) {
            for (int i = 0; i < 40; i++) {
                var at = moment();
                long expected = books.of(coin).stream()
                        .filter(leg -> !leg.at().isAfter(at))
                        .mapToLong(Leg::change)
                        .sum();
                assertEquals(expected, reads.balance(coin, at, null).minor(), told(coin, at));
            }
        }
    }

    @Test
    void aBalanceIsToldAsOfAnyEffectiveDateAndAsItWasKnownThen() {
        for (var coin : coins()) {
            for (int i = 0; i < 40; i++) {
                var day = day();
                var at = moment();
                long now = books.of(coin).stream()
                        .filter(leg -> !leg.effectiveOn().isAfter(day))
                        .mapToLong(Leg::change)
                        .sum();
                assertEquals(now, reads.balance(coin, null, day).minor(), told(coin, day));
                long then = books.of(coin).stream()
                        .filter(leg ->
                                !leg.effectiveOn().isAfter(day) && !leg.at().isAfter(at))
                        .mapToLong(Leg::change)
                        .sum();
                assertEquals(
                        then,
                        reads.balance(coin, at, day).minor(),
                        told(coin, day + " known " + at));
            }
        }
    }

    @Test
    void aStatementByEffectiveDateRunsInItsOwnOrder() {
        for (var coin : coins()) {
            for (var period : periods()) {
                var expected = books.of(coin).stream()
                        .filter(leg -> period.holds(leg.effectiveOn()))
                        .sorted(Comparator.comparing(Leg::effectiveOn)
                                .thenComparing(Leg::id)
                                .reversed())
                        .toList();
                var entries = statement(coin, period, Basis.EFFECTIVE);
                assertEquals(
                        expected.stream().map(Leg::id).toList(),
                        entries.stream().map(Entry::transactionId).toList(),
                        told(coin, period));
                for (var entry : entries) {
                    long after = books.of(coin).stream()
                            .filter(leg -> leg.effectiveOn().isBefore(entry.effectiveOn())
                                    || (leg.effectiveOn().equals(entry.effectiveOn())
                                            && leg.id() <= entry.transactionId()))
                            .mapToLong(Leg::change)
                            .sum();
                    assertEquals(after, entry.balanceAfter().minor(), told(coin, entry));
                }
            }
        }
    }

    @Test
    void aStatementByRecordedDateHoldsEveryRowOnce() {
        for (var coin : coins()) {
            for (var period : periods()) {
                var expected = books.of(coin).stream()
                        .filter(leg -> period.holds(leg.recordedOn()))
                        .map(Leg::id)
                        .sorted(Comparator.reverseOrder())
                        .toList();
                var entries = statement(coin, period, Basis.RECORDED);
                var moved = entries.stream()
                        .filter(each -> each.otherCoinId() != 0)
                        .map(Entry::transactionId)
                        .toList();
                assertEquals(expected, moved, told(coin, period));
                for (int i = 1; i < entries.size(); i++) {
                    assertEquals(
                            entries.get(i - 1).sequence() - 1,
                            entries.get(i).sequence(),
                            told(coin, period));
                }
            }
        }
    }

    @Test
    void anExplanationAddsUpInTotalByPartAndByDay() {
        for (var basis : Basis.values()) {
            for (var coin : coins()) {
                var from = day();
                var to = from.plusDays(random.nextInt(40));
                var told = reads.explain(reads.coin(coin).orElseThrow(), from, to, basis);
                long opening = sum(coin, basis, LocalDate.MIN, from.minusDays(1));
                var message = told(coin, from + " to " + to + " " + basis);
                assertEquals(opening, told.opening().minor(), message);
                assertEquals(
                        opening + sum(coin, basis, from, to), told.closing().minor(), message);
                assertEquals(
                        told.closing(),
                        told.opening().plus(told.cameIn()).minus(told.wentOut()),
                        message);
                assertEquals(told.cameIn(), total(told, Explanation.Part::cameIn), message);
                assertEquals(told.wentOut(), total(told, Explanation.Part::wentOut), message);
                for (var day : told.days()) {
                    assertEquals(
                            sum(coin, basis, LocalDate.MIN, day.day()),
                            day.balance().minor(),
                            message);
                }
                told.parts()
                        .forEach(part -> assertEquals(
                                "WALK",
                                java.util.Objects.requireNonNull(part.heading()).processKind()));
            }
        }
    }

    /// Every issuer and currency sums to zero, whenever one looks.
    @Test
    void trialBalancesSumToZeroAsOfAnyDay() {
        for (int i = 0; i < 20; i++) {
            var day = day();
            for (var basis : Basis.values()) {
                var rows = reads.trialBalance(day, basis);
                long projects = books.projects.stream()
                        .mapToLong(coin -> sum(coin, basis, LocalDate.MIN, day))
                        .sum();
                for (var row : rows) {
                    long expected = switch (row.kind()) {
                        case ISSUING -> -projects;
                        case PROJECT -> projects;
                        default -> 0;
                    };
                    assertEquals(expected, row.balance().minor(), told(0, day + " " + basis));
                }
            }
        }
        var now = reads.trialBalance();
        assertEquals(0, now.stream().mapToLong(row -> row.balance().minor()).sum());
        assertEquals(4, now.stream().mapToLong(TrialRow::coins).sum());
    }

    @Test
    void transactionsAreFoundByAmountPieceByPiece() {
        var some = books.legs.get(random.nextInt(books.legs.size()));
        var amount = new Money(Math.abs(some.change()), books.eur);
        var expected = books.legs.stream()
                .filter(leg -> leg.change() == amount.minor())
                .map(Leg::id)
                .sorted(Comparator.reverseOrder())
                .toList();
        var found = new ArrayList<Long>();
        long before = LedgerReads.NEWEST;
        LedgerReads.Found page;
        do {
            page = reads.findByAmount(amount, 0, before, 1);
            page.transactions().forEach(each -> found.add(each.id()));
            before = page.searchedFrom();
        } while (!page.isComplete());
        assertEquals(expected, found, "seed " + seed);
        var ofCoin = reads.findByAmount(amount, some.coin(), LedgerReads.NEWEST, 200);
        assertTrue(
                ofCoin.transactions().stream().anyMatch(each -> each.id() == some.id()),
                "seed " + seed);
        assertTrue(ofCoin.transactions().stream()
                .allMatch(
                        each -> each.source() == some.coin() || each.destination() == some.coin()));
    }

    /// K-017, K-021, K-024
    @Test
    void holdsAreListedByCoinAndState() {
        try (var other = new DatedBooks()) {
            long coin = other.projects.getFirst();
            var day = LocalDate.of(2026, 3, 1);
            other.post(day, List.of(new Operation.Issue(other.bank, coin, 1_000)));
            long hold =
                    posted(other.post(day, List.of(new Operation.Authorize(coin, 0, 300, null))));
            long second = posted(other.post(day, List.of(new Operation.Hold(coin, 50))));
            other.post(
                    day, List.of(new Operation.Capture(hold, other.projects.get(1), 100, false)));
            assertEquals(
                    List.of(second, hold),
                    other.reads.holds(coin, null, LedgerReads.NEWEST, 10).stream()
                            .map(HeldAmount::id)
                            .toList());
            assertEquals(
                    List.of(second),
                    other.reads.holds(0, Hold.State.OPEN, LedgerReads.NEWEST, 10).stream()
                            .map(HeldAmount::id)
                            .toList());
            var captured = other.reads.hold(hold).orElseThrow();
            assertEquals(Hold.State.CAPTURED, captured.state());
            assertEquals(100, captured.captured().minor());
            assertEquals(0, captured.remaining().minor());
            assertEquals(2, other.reads.transactionsOfHold(hold).size());
            var state = other.reads.coin(coin).orElseThrow();
            assertEquals(900, state.balance());
            assertEquals(850, state.available());
            // What is only held shows in the coin's entries and moves no balance.
            var entries = other.reads.entries(coin, LedgerReads.NEWEST, 10);
            assertEquals(
                    List.of(-300L, 50L, 300L, 0L),
                    entries.stream().map(each -> each.heldChange().minor()).toList());
            assertEquals(0, entries.get(1).otherCoinId());
        }
    }

    ///
    @Test
    void aCorrectedTransactionNamesItsCorrection() {
        try (var other = new DatedBooks()) {
            long coin = other.projects.getFirst();
            var day = LocalDate.of(2026, 3, 1);
            long wrong =
                    posted(other.post(day, List.of(new Operation.Issue(other.bank, coin, 70))));
            var back = new Operation.Redeem(coin, other.bank, 70);
            long right = posted(other.post(day, List.of(new Operation.Correction(back, wrong))));
            assertEquals(right, other.reads.transaction(wrong).orElseThrow().correctedBy());
            assertEquals(wrong, other.reads.transaction(right).orElseThrow().corrects());
        }
    }

    @Test
    void aPlaceThatNoPageNamedIsRefused() {
        long coin = books.bank;
        for (var place : List.of("x", "-1", "2026-02-30.1", "2026-03-01", "9".repeat(30))) {
            for (var basis : Basis.values()) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reads.statement(coin, null, null, basis, place, 10),
                        place);
            }
        }
        assertFalse(reads.coin(999).isPresent());
        assertEquals(0, reads.balance(999, null, day()).minor());
    }

    private record Period(
            @org.jspecify.annotations.Nullable LocalDate from,
            @org.jspecify.annotations.Nullable LocalDate to) {
        boolean holds(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
        }
    }

    private List<Period> periods() {
        var from = day();
        return List.of(
                new Period(null, null),
                new Period(from, null),
                new Period(null, from),
                new Period(from, from),
                new Period(from, from.plusDays(random.nextInt(30))));
    }

    private List<Entry> statement(long coin, Period period, Basis basis) {
        var entries = new ArrayList<Entry>();
        var place = "";
        int size = 1 + random.nextInt(7);
        do {
            var page = reads.statement(coin, period.from(), period.to(), basis, place, size);
            entries.addAll(page.entries());
            place = page.next();
        } while (!place.isEmpty());
        return entries;
    }

    private long sum(long coin, Basis basis, LocalDate from, LocalDate to) {
        return books.of(coin).stream()
                .filter(leg -> !leg.on(basis).isBefore(from) && !leg.on(basis).isAfter(to))
                .mapToLong(Leg::change)
                .sum();
    }

    private Money total(
            Explanation told, java.util.function.Function<Explanation.Part, Money> side) {
        return told.parts().stream().map(side).reduce(Money.zero(books.eur), Money::plus);
    }

    private List<Long> coins() {
        var coins = new ArrayList<>(books.projects);
        coins.add(books.bank);
        return coins;
    }

    private Instant moment() {
        long span = Duration.between(DatedBooks.START, books.clock.instant()).toSeconds();
        return random.nextInt(3) == 0
                ? books.legs.get(random.nextInt(books.legs.size())).at()
                : DatedBooks.START.plusSeconds(random.nextLong(span + 100_000) - 50_000);
    }

    private LocalDate day() {
        return LocalDate.of(2026, 1, 20).plusDays(random.nextInt(150));
    }

    private static long posted(PostResult result) {
        return assertInstanceOf(PostResult.Posted.class, result)
                .transactionIds()
                .getFirst();
    }

    private String told(long coin, Object what) {
        return "coin " + coin + ", " + what + ", seed " + seed;
    }
}
