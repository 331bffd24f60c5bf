package org.almonry.events;

import static java.util.Objects.requireNonNull;

import org.almonry.jobs.Jobs;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The outbox: events go in with the transaction that they report, and come out to
/// subscribers after its commit.
///
/// Delivery is in order and at least once per subscriber. A consumer runs outside of any
/// transaction; if it throws, its subscriber waits and gets the same event again, and the
/// others go on.
public final class Outbox {
    /// How long after its commit an event waits at most, when nothing fails.
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// Events passed at a time: enough to amortise the query, few enough to hold.
    private static final int WINDOW = 500;

    /// Events that one run delivers to one subscriber, so that a long backlog does not
    /// starve the others.
    private static final int RUN_MAX = 20_000;

    /// The longest pause before a failed delivery is tried again.
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private record Subscriber(String name, String type, Consumer<StoredEvent> consumer) {}

    private final Jdbi accounting;
    private final Clock clock;
    private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();

    public Outbox(Jdbi accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Adds an event in the caller's transaction. It holds up other writers of events until
    /// the commit, so it is the last thing that a transaction does.
    public void append(Handle handle, DomainEvent event) {
        append(handle, List.of(event), clock.instant());
    }

    /// Adds events in the caller's transaction, in their order.
    public void append(Handle handle, List<DomainEvent> events, Instant at) {
        OutboxStore.insert(handle, events, at);
    }

    /// Registers who wants events of a type. The name keeps the subscriber's place for
    /// ever: a new name starts with the first event that was ever stored.
    public void subscribe(
            String name, Class<? extends DomainEvent> type, Consumer<StoredEvent> consumer) {
        var subscriber = new Subscriber(name, type.getSimpleName(), consumer);
        synchronized (subscribers) {
            if (subscribers.putIfAbsent(name, subscriber) != null) {
                throw new IllegalArgumentException("two subscribers of the name " + name);
            }
        }
    }

    /// Lets the jobs deliver from now on. To be called once, after all have subscribed.
    public void deliverBy(Jobs jobs) {
        jobs.recurring("events.deliver", EVERY, this::deliver);
    }

    /// Delivers what is due. The job runs it; a test may call it instead of waiting.
    public void deliver() {
        List<Subscriber> all;
        synchronized (subscribers) {
            all = List.copyOf(subscribers.values());
        }
        for (var subscriber : all) {
            deliver(subscriber);
        }
    }

    /// Events about a subject, oldest first: for timelines.
    public List<StoredEvent> about(String subject) {
        return accounting.withHandle(handle -> OutboxStore.about(handle, subject, WINDOW));
    }

    private void deliver(Subscriber to) {
        var now = clock.instant();
        var cursor = accounting.inTransaction(handle -> OutboxStore.cursor(handle, to.name(), now));
        if (cursor.nextTryAt().isAfter(now)) {
            return;
        }
        long position = cursor.position();
        for (int delivered = 0; delivered < RUN_MAX; ) {
            long from = position;
            var last = accounting.withHandle(handle -> OutboxStore.window(handle, from, WINDOW));
            if (last.isEmpty()) {
                return;
            }
            var events = accounting.withHandle(
                    handle -> OutboxStore.next(handle, to.type(), from, last.get()));
            for (var event : events) {
                if (!consumed(to, event)) {
                    pause(to, position, position == cursor.position() ? cursor.failures() + 1 : 1);
                    return;
                }
                position = event.position();
                moveTo(to, position);
                delivered++;
            }
            if (position != last.get()) {
                position = last.get();
                moveTo(to, position);
            }
        }
    }

    /// Whatever a consumer throws must not end the delivery to the others; this is the
    /// runner of its code.
    private static boolean consumed(Subscriber to, StoredEvent event) {
        try {
            to.consumer().accept(event);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} failed on event {}", to.name(), event.position(), e);
            return false;
        }
    }

    private void moveTo(Subscriber to, long position) {
        accounting.useHandle(
                handle -> OutboxStore.move(handle, to.name(), position, 0, clock.instant()));
    }

    private void pause(Subscriber to, long position, int failures) {
        long seconds = Math.min(PAUSE_MAX.toSeconds(), 1L << Math.min(failures, 20));
        var until = clock.instant().plusSeconds(seconds);
        accounting.useHandle(
                handle -> OutboxStore.move(handle, to.name(), position, failures, until));
    }
}
