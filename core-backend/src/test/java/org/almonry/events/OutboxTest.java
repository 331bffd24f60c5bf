package org.almonry.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.events.DomainEvent.FetchAlarm;
import org.almonry.events.DomainEvent.FetchFinished;
import org.almonry.events.DomainEvent.GiftBooked;
import org.almonry.events.DomainEvent.GiftUndone;
import org.almonry.events.DomainEvent.Part;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// C-020: what happened is told after the commit, in order, at least once.
class OutboxTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final TestDatabase database = TestDatabase.fresh();
    private final SetClock clock = new SetClock(START.toString());
    private final Outbox outbox = new Outbox(database.accounting(), clock);
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eventsComeInOrderAndOnce() {
        outbox.subscribe(
                "mail", FetchFinished.class, each -> heard.add(each.event().subject()));
        runs(1, 450);
        outbox.deliver();
        outbox.deliver();
        runs(451, 455);
        outbox.deliver();
        assertEquals(IntStream.rangeClosed(1, 455).mapToObj(i -> "run_" + i).toList(), heard);
    }

    @Test
    void anEventOfATransactionThatFailsIsNeverTold() {
        outbox.subscribe(
                "mail", FetchFinished.class, each -> heard.add(each.event().subject()));
        assertThrows(
                IllegalStateException.class,
                () -> database.accounting().useTransaction(handle -> {
                    outbox.append(handle, run(1));
                    throw new IllegalStateException("the caller changed its mind");
                }));
        runs(2, 2);
        outbox.deliver();
        assertEquals(List.of("run_2"), heard);
    }

    @Test
    void aSubscriberThatFailsGetsTheSameEventAgainLaterAndHoldsUpNobody() {
        var broken = new AtomicBoolean(true);
        var others = new ArrayList<String>();
        outbox.subscribe("mail", FetchFinished.class, each -> {
            if (broken.get() && each.event().subject().equals("run_3")) {
                throw new IllegalStateException("no mail server");
            }
            heard.add(each.event().subject());
        });
        outbox.subscribe(
                "hooks", FetchFinished.class, each -> others.add(each.event().subject()));
        runs(1, 5);
        outbox.deliver();
        assertEquals(List.of("run_1", "run_2"), heard);
        assertEquals(5, others.size());
        broken.set(false);
        outbox.deliver();
        assertEquals(2, heard.size(), "it waits before it tries again");
        clock.advance(Duration.ofSeconds(3));
        outbox.deliver();
        assertEquals(List.of("run_1", "run_2", "run_3", "run_4", "run_5"), heard);
    }

    /// A new process finds its place in the store, not in memory.
    @Test
    void aSubscriberGoesOnWhereItWasAfterARestart() {
        outbox.subscribe(
                "mail", FetchFinished.class, each -> heard.add(each.event().subject()));
        runs(1, 2);
        outbox.deliver();
        var restarted = new Outbox(database.accounting(), clock);
        restarted.subscribe(
                "mail", FetchFinished.class, each -> heard.add(each.event().subject()));
        runs(3, 3);
        restarted.deliver();
        assertEquals(List.of("run_1", "run_2", "run_3"), heard);
    }

    @Test
    void aSubscriberHearsOnlyItsTypeAndEveryTypeSurvivesTheStore() {
        var events = List.<DomainEvent>of(
                new GiftBooked(
                        "prc_1",
                        List.of("inc_1", "inc_2"),
                        "",
                        List.of(new Part("prj_1", "mls_1", 5)),
                        "EUR"),
                new GiftUndone("prc_2", "prc_1", List.of("inc_1"), "pld_1", List.of(), "EUR"),
                new FetchFinished("run_1", "bank", 3, 2, "it \"broke\""),
                new FetchAlarm("bank", START));
        var all = new ArrayList<DomainEvent>();
        outbox.subscribe("a", GiftBooked.class, each -> all.add(each.event()));
        outbox.subscribe("b", GiftUndone.class, each -> all.add(each.event()));
        outbox.subscribe("c", FetchFinished.class, each -> all.add(each.event()));
        outbox.subscribe("d", FetchAlarm.class, each -> all.add(each.event()));
        database.accounting().useTransaction(handle -> outbox.append(handle, events, START));
        outbox.deliver();
        assertEquals(events, all);
        assertEquals(events.getFirst(), outbox.about("prc_1").getFirst().event());
    }

    private void runs(int from, int to) {
        for (int i = from; i <= to; i++) {
            var event = run(i);
            database.accounting().useTransaction(handle -> outbox.append(handle, event));
        }
    }

    private static DomainEvent run(int number) {
        return new FetchFinished("run_" + number, "bank", 1, 1, "");
    }
}
