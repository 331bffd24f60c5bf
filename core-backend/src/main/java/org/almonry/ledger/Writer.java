package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.Intake.Ticket;
import org.almonry.ledger.Journal.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The engine: run by one thread, it writes the books of a shard while this core owns them,
/// and waits for the owner to go while another does.
///
/// A batch is whatever queued while the previous one was committed: one request when idle,
/// thousands under load, and no timer in between. Nobody is answered before the commit that
/// the answer rests on, rejections included.
public final class Writer implements Runnable {
    /// Tries of a batch that fails for a reason that may pass.
    private static final int TRIES_MAX = 3;
    /// Between tries, and at most until an idle writer looks whether it should stop.
    private static final Duration PAUSE = Duration.ofMillis(100);
    /// An owner that gave no sign for three seconds counts as dead; so it gives more.
    private static final Duration BEAT_EVERY = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Journal journal;
    private final Clock clock;
    /// Tells this writer from any other that ever wrote these books.
    private final String owner;
    private final Intake intake = new Intake();
    private final Picture picture = new Picture();
    /// Until the books are taken over: of no epoch in which anything can be committed.
    private volatile Journal.Head head = new Journal.Head(0, 0, 0, Instant.EPOCH, new byte[0]);
    private long lastBeat;

    public Writer(Journal journal, String owner, Clock clock) {
        this.journal = requireNonNull(journal, "journal is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Waits until each request has its answer.
    public List<PostResult> post(List<PostRequest> requests) {
        return intake.post(requests);
    }

    /// Whether the books were ever taken over.
    public boolean hasOwned() {
        return head.epoch() > 0;
    }

    /// What is queued is still written, nothing more is taken.
    public void stop() {
        intake.close();
    }

    @Override
    public void run() {
        try {
            while (intake.hasWork()) {
                if (takeOver()) {
                    own();
                } else {
                    Thread.sleep(PAUSE);
                    var fault = new Fault(Fault.Kind.REPLACED, "another core owns the books", null);
                    Intake.refuse(intake.take(Duration.ZERO), fault);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            intake.close();
            journal.close();
        }
    }

    /// Becomes the owner if nobody else is.
    boolean takeOver() {
        try {
            var taken = journal.takeOver(owner);
            head = taken.orElse(head);
            picture.forgetAll();
            lastBeat = System.nanoTime();
            return taken.isPresent();
        } catch (Fault e) {
            LOG.warn("the books cannot be reached yet", e);
            return false;
        }
    }

    private void own() throws InterruptedException {
        var tickets = List.<Ticket>of();
        try {
            while (intake.hasWork()) {
                tickets = intake.take(PAUSE);
                if (!tickets.isEmpty() || System.nanoTime() - lastBeat > BEAT_EVERY.toNanos()) {
                    write(tickets);
                }
            }
            journal.release(head);
        } catch (Fault e) {
            LOG.error("another core has taken over the books; this one stands by", e);
            Intake.refuse(tickets, e);
        }
    }

    /// Brings tickets to an answer, whatever happens in between, unless it is replaced or
    /// stops while it has no connection. Without any, it is a sign of life.
    void write(List<Ticket> tickets) throws InterruptedException {
        var lookedUp = new HashSet<UUID>();
        for (int tries = 1; ; tries++) {
            Batch batch = null;
            try {
                batch = judge(tickets, lookedUp);
                head = journal.write(batch, head);
                lastBeat = System.nanoTime();
                picture.undoLog.clear();
                batch.answer();
                return;
            } catch (RuntimeException e) {
                var fault = e instanceof Fault it ? it : new Fault(Fault.Kind.OTHER, "broken", e);
                boolean again = tries < TRIES_MAX;
                switch (fault.kind()) {
                    case REPLACED -> throw fault;
                    case REPEATED_REQUEST, HALTED -> again = lookedUp.addAll(ids(tickets));
                    case OLD_PICTURE -> picture.forgetAll();
                    case PASSING -> {
                        LOG.warn("the ledger's writer tries a batch again", fault);
                        Thread.sleep(PAUSE);
                    }
                    case CONNECTION -> {
                        LOG.warn("the ledger's writer lost its connection", fault);
                        if (resolve() && batch != null) {
                            batch.answer();
                            return;
                        }
                    }
                    case OTHER -> again = false;
                }
                if (!again) {
                    giveUp(tickets, fault);
                    return;
                }
            }
        }
    }

    /// Judges requests by what is remembered. What that rejects may be a repetition, or
    /// judged on coins that the register has changed meanwhile; so it is looked up, and
    /// judged again on coins that are loaded anew.
    private Batch judge(List<Ticket> tickets, Collection<UUID> lookedUp) {
        var requests = tickets.stream().map(Ticket::request).toList();
        var rejectedBefore = new HashSet<PostRequest>();
        while (true) {
            picture.load(requests, lookedUp, journal);
            // Never before the batch before it, so that time and number agree in order.
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var at = now.isBefore(head.recordedAt()) ? head.recordedAt() : now;
            var batch = new Batch(head.lastTransaction() + 1, at);
            var bookkeeper = new Bookkeeper(picture, batch);
            var rejected = new ArrayList<PostRequest>();
            for (var ticket : tickets) {
                var result = bookkeeper.judge(ticket);
                batch.answers().add(new Batch.Answer(ticket, result));
                if (result instanceof PostResult.Rejected) {
                    rejected.add(ticket.request());
                }
            }
            if (!rejectedBefore.addAll(rejected)) {
                return batch;
            }
            rejected.forEach(each -> lookedUp.add(each.requestId()));
            picture.undoAndForget(rejected);
        }
    }

    /// Whether the batch in hand is in the books after all: asks until it knows.
    private boolean resolve() throws InterruptedException {
        long before = head.batch();
        picture.forgetAll();
        while (true) {
            try {
                head = journal.resolve(owner);
                return head.batch() == before + 1;
            } catch (Fault e) {
                if (e.kind() == Fault.Kind.REPLACED || intake.isClosed()) {
                    throw e;
                }
                LOG.warn("the ledger's writer cannot reach the books yet", e);
                Thread.sleep(PAUSE);
            }
        }
    }

    /// Where nothing moves, what was posted before is answered still. Else the one that
    /// cannot be written is found by halves; the others go through.
    private void giveUp(List<Ticket> tickets, Fault fault) throws InterruptedException {
        if (fault.kind() == Fault.Kind.HALTED) {
            var known = journal.requests(new HashSet<>(ids(tickets))).keySet();
            var repeated = new ArrayList<>(tickets);
            repeated.removeIf(it -> !known.contains(it.request().requestId()));
            write(repeated); // without any, a sign of life
            Intake.refuse(tickets, fault); // those answered stay so
            return;
        }
        boolean mayPass = Set.of(Fault.Kind.PASSING, Fault.Kind.CONNECTION).contains(fault.kind());
        if (tickets.size() > 1 && !mayPass) {
            int half = tickets.size() / 2;
            write(tickets.subList(0, half));
            write(tickets.subList(half, tickets.size()));
            return;
        }
        if (fault.kind() == Fault.Kind.OTHER) {
            LOG.error("request {} cannot be written", ids(tickets), fault);
        }
        Intake.refuse(tickets, fault);
    }

    private static List<UUID> ids(List<Ticket> tickets) {
        return tickets.stream().map(each -> each.request().requestId()).toList();
    }
}
