package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.Project;
import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.money.Money;
import org.almonry.testing.Callers;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// C-032, C-086: what people decide, and how it is taken back. After each test the ledger
/// is right.
class DecisionsTest {
    private final Desk desk = new Desk();
    private final Project otters = desk.project("otters");
    private final Project choir = desk.project("choir");

    @AfterEach
    void close() {
        desk.verify();
        desk.close();
    }

    @Test
    void oneLineIsSplitOverSeveralProjects() {
        var line = desk.line(10_001, "for all of you");
        var process = desk.decisions.book(
                desk.by("by phone"),
                List.of(desk.seen(line)),
                List.of(Desk.part(otters, 4_000), Desk.part(choir, 6_001)),
                "");
        assertEquals(3_600, desk.balance(otters));
        assertEquals(5_401, desk.balance(choir));
        assertEquals(1_000, desk.overhead());
        var view = desk.view(line);
        assertEquals("BOOKED", view.standing().state());
        assertEquals(process, view.standing().bookingId());
        assertEquals("booked by " + process + ": by phone", view.standing().detail());
        assertEquals(List.of(Desk.part(otters, 4_000), Desk.part(choir, 6_001)), view.booked());
    }

    @Test
    void severalLinesBecomeOneGiftAndAreTakenBackTogether() {
        var first = desk.line(3_000, "one half");
        var second = desk.line(2_000, "the other half");
        var process = desk.decisions.book(
                desk.by(""),
                List.of(desk.seen(first), desk.seen(second)),
                List.of(Desk.part(otters, 5_000)),
                "");
        assertEquals(4_500, desk.balance(otters));
        assertEquals(process, desk.view(second).standing().bookingId());
        desk.decisions.undo(desk.by("not ours"), desk.seen(second));
        assertEquals("WAITING", desk.view(first).standing().state());
        assertEquals("WAITING", desk.view(second).standing().state());
        assertEquals(0, desk.balance(otters));
        assertEquals(0, desk.overhead());
        assertEquals(5_000, desk.balance(desk.incomingCoin("acc_eur")));
    }

    @Test
    void aLineIsPutAsideWithAReasonAndTakenBack() {
        var line = desk.line(500, "wrong recipient");
        desk.decisions.ignore(desk.by("sent back"), desk.seen(line));
        assertEquals("IGNORED", desk.view(line).standing().state());
        assertEquals("sent back", desk.view(line).standing().detail());
        assertEquals(500, desk.balance(desk.incomingCoin("acc_eur")));
        assertEquals("", desk.decisions.undo(desk.by("after all"), desk.seen(line)));
        assertEquals("WAITING", desk.view(line).standing().state());
        assertEquals(3, desk.processes.steps(line.processId()).size());
    }

    /// Random cycles of booking and taking back end where the last step says, to the cent.
    @Test
    void bookingAndTakingBackInCyclesLosesNothing() {
        long seed = System.nanoTime();
        System.err.println("DecisionsTest seed " + seed);
        var random = new SplittableRandom(seed);
        var line = desk.line(9_999, "a gift");
        for (int cycle = 0; cycle < 15; cycle++) {
            long part = random.nextLong(1, 9_999);
            var parts = List.of(Desk.part(otters, part), Desk.part(choir, 9_999 - part));
            var process = desk.decisions.book(desk.by(""), List.of(desk.seen(line)), parts, "");
            assertEquals(9_999, desk.balance(otters) + desk.balance(choir) + desk.overhead());
            // The share of later gifts changes nothing about this one.
            int share = random.nextInt(0, 5_000);
            Callers.run(Callers.job(), () -> desk.projects.setOverhead(otters.id(), share));
            var correction = desk.decisions.undo(desk.by("again"), desk.seen(line));
            assertNotEquals(process, correction);
            assertEquals(0, desk.balance(otters) + desk.balance(choir) + desk.overhead());
            assertEquals(9_999, desk.balance(desk.incomingCoin("acc_eur")));
            assertEquals("UNDONE", desk.processes.find(process).orElseThrow().state());
            assertEquals(
                    List.of(correction),
                    desk.processes.corrections(process).stream()
                            .map(it -> it.id())
                            .toList());
        }
        assertEquals(0, desk.projects.received(otters).minor());
        assertEquals(31, desk.view(line).standing().version());
    }

    /// The money has gone on; taking back would leave the project below zero.
    @Test
    void aBookingWhoseMoneyIsSpentCannotBeTakenBack() {
        var line = desk.line(1_000, desk.code(otters));
        desk.matching.consider(List.of(line));
        long from = desk.projects.findCoin(otters, Desk.EUR).orElseThrow().id();
        long to = desk.projects.coin(choir, Desk.EUR);
        var id = Ids.uuid(desk.ids.next("req"));
        desk.ledger.post(new PostRequest(
                id,
                Ids.text("prc", id),
                Desk.DAY,
                List.of(new Operation.Transfer(from, to, 100)),
                List.of(),
                List.of(),
                List.of(),
                true));
        var failure = assertThrows(
                Failure.class, () -> desk.decisions.undo(desk.by("wrong"), desk.seen(line)));
        assertEquals(Reason.WRONG_STATE, failure.reason());
        assertTrue(failure.safeText().contains("has spent it already"));
        assertEquals("BOOKED", desk.view(line).standing().state());
        assertEquals(800, desk.balance(otters));
    }

    /// A debit is booked against the project that pays it; nothing is taken as overhead.
    @Test
    void moneyThatLeftIsPaidByAProjectThatHasIt() {
        desk.matching.consider(List.of(desk.line(1_000, desk.code(otters))));
        var fee = desk.line(-300, "returned gift");
        var parts = List.of(Desk.part(otters, 300));
        desk.decisions.book(desk.by("returned"), List.of(desk.seen(fee)), parts, "");
        assertEquals(600, desk.balance(otters));
        assertEquals(0, desk.balance(desk.incomingCoin("acc_eur")));
        desk.decisions.undo(desk.by("no"), desk.seen(fee));
        assertEquals(900, desk.balance(otters));
        var large = desk.line(-2_000, "too much");
        assertEquals(
                Reason.WRONG_STATE,
                assertThrows(
                                Failure.class,
                                () -> desk.decisions.book(
                                        desk.by(""),
                                        List.of(desk.seen(large)),
                                        List.of(Desk.part(otters, 2_000)),
                                        ""))
                        .reason());
    }

    @Test
    void aStaleVersionIsRefused() {
        var line = desk.line(1_000, "a gift");
        var seen = desk.seen(line);
        desk.decisions.ignore(desk.by("x"), seen);
        desk.decisions.undo(desk.by("y"), desk.seen(line));
        for (Runnable late : List.<Runnable>of(
                () -> desk.decisions.book(
                        desk.by(""), List.of(seen), List.of(Desk.part(otters, 1_000)), ""),
                () -> desk.decisions.ignore(desk.by("z"), seen),
                () -> desk.decisions.undo(desk.by("z"), seen))) {
            assertEquals(Reason.STALE, assertThrows(Failure.class, late::run).reason());
        }
        assertEquals("WAITING", desk.view(line).standing().state());
    }

    /// One operation, sent again after a crash or by an impatient caller, is done once.
    @Test
    void theSameOperationIsDoneOnce() {
        var line = desk.line(1_000, "a gift");
        var by = desk.by("once");
        var seen = desk.seen(line);
        var parts = List.of(Desk.part(otters, 1_000));
        var process = desk.decisions.book(by, List.of(seen), parts, "");
        assertEquals(process, desk.decisions.book(by, List.of(seen), parts, ""));
        assertEquals(900, desk.balance(otters));
        var back = desk.by("back");
        var booked = desk.seen(line);
        var correction = desk.decisions.undo(back, booked);
        assertEquals(correction, desk.decisions.undo(back, booked));
        var aside = desk.by("aside");
        var waiting = desk.seen(line);
        desk.decisions.ignore(aside, waiting);
        desk.decisions.ignore(aside, waiting);
        var again = desk.by("again");
        var ignored = desk.seen(line);
        desk.decisions.undo(again, ignored);
        desk.decisions.undo(again, ignored);
        assertEquals(5, desk.view(line).standing().version());
        assertEquals(0, desk.balance(otters));
    }

    /// Many people and the matcher want the same line: one gets it.
    @Test
    void ofManyThatBookOneLineAtOnceOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            var line = desk.line(1_000, desk.code(otters));
            var seen = desk.seen(line);
            var outcomes = new ArrayList<Future<Boolean>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    outcomes.add(threads.submit(books(seen)));
                }
                outcomes.add(threads.submit(() -> desk.matching.consider(List.of(line)) == 1));
            }
            int won = 0;
            for (var outcome : outcomes) {
                won += outcome.get() ? 1 : 0;
            }
            assertEquals(1, won);
            assertEquals(2, desk.view(line).standing().version());
        }
        assertEquals(5_000, desk.balance(otters) + desk.balance(choir) + desk.overhead());
    }

    private Callable<Boolean> books(Decisions.Seen seen) {
        return () -> {
            try {
                desk.decisions.book(
                        desk.by(""), List.of(seen), List.of(Desk.part(choir, 1_000)), "");
                return true;
            } catch (Failure e) {
                assertEquals(Reason.STALE, e.reason());
                return false;
            }
        };
    }

    @Test
    void whatDoesNotAddUpIsRefusedInWords() {
        var line = desk.line(1_000, "a gift");
        var dollars = desk.line("acc_usd", 1_000, "John", "", "a gift");
        var debit = desk.line(-1_000, "back");
        refused(Reason.INVALID_ARGUMENT, List.of(line), List.of(Desk.part(otters, 999)));
        refused(Reason.INVALID_ARGUMENT, List.of(line), List.of());
        refused(
                Reason.INVALID_ARGUMENT,
                List.of(line),
                List.of(Desk.part(otters, 1_001), Desk.part(choir, -1)));
        refused(
                Reason.INVALID_ARGUMENT,
                List.of(line),
                List.of(new Part(otters.id(), "", Money.of(1_000, "USD"))));
        refused(
                Reason.INVALID_ARGUMENT,
                List.of(line),
                List.of(new Part("prj_unknown", "", Money.of(1_000, "EUR"))));
        refused(
                Reason.INVALID_ARGUMENT,
                List.of(line),
                List.of(new Part(otters.id(), "mst_unknown", Money.of(1_000, "EUR"))));
        refused(Reason.INVALID_ARGUMENT, List.of(line, line), List.of(Desk.part(otters, 2_000)));
        refused(Reason.INVALID_ARGUMENT, List.of(line, dollars), List.of(Desk.part(otters, 2_000)));
        refused(Reason.INVALID_ARGUMENT, List.of(line, debit), List.of(Desk.part(otters, 2_000)));
        Callers.run(Callers.job(), () -> desk.projects.close(choir.id()));
        refused(Reason.WRONG_STATE, List.of(line), List.of(Desk.part(choir, 1_000)));
        var unknown = assertThrows(
                Failure.class,
                () -> desk.decisions.ignore(desk.by("x"), new Decisions.Seen("inc_nothing", 1)));
        assertEquals(Reason.NOT_FOUND, unknown.reason());
    }

    private void refused(Reason reason, List<Incoming> lines, List<Part> parts) {
        var seen = lines.stream().map(desk::seen).toList();
        var failure = assertThrows(
                Failure.class, () -> desk.decisions.book(desk.by(""), seen, parts, ""));
        assertEquals(reason, failure.reason(), failure.safeText());
    }

    @Test
    void bookingsAndCorrectionsAreTold() {
        var line = desk.line(1_000, "a gift");
        var process = desk.decisions.book(
                desk.by(""), List.of(desk.seen(line)), List.of(Desk.part(otters, 1_000)), "");
        var correction = desk.decisions.undo(desk.by("wrong"), desk.seen(line));
        var part = new DomainEvent.Part(otters.id(), "", 1_000);
        assertEquals(
                new DomainEvent.GiftBooked(process, List.of(line.id()), "", List.of(part), "EUR"),
                desk.outbox.about(process).getFirst().event());
        assertEquals(
                new DomainEvent.GiftUndone(
                        correction, process, List.of(line.id()), "", List.of(part), "EUR"),
                desk.outbox.about(correction).getFirst().event());
        assertEquals(
                "book",
                desk.audit
                        .page(process, "", Long.MAX_VALUE, 10)
                        .getLast()
                        .entry()
                        .action());
    }
}
