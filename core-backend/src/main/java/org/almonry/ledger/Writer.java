package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Intake.Ticket;
import org.almonry.ledger.Journal.Fault;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The engine that is built here: one thread that writes the books of a shard while this
/// core owns them, and waits for the owner to go while another does.
///
/// A batch is whatever queued while the previous one was committed: one request when idle,
/// thousands under load, and no timer in between. Nobody is answered before the commit that
/// the answer rests on, rejections included. What the thread remembers only makes it fast:
/// the journal refuses a batch that does not follow from it.
public final class Writer implements AutoCloseable {
    /// Tries of a batch that fails for a reason that passes: a lock, a full disk, a picture
    /// of the books that was old.
    private static final int TRIES_MAX = 3;

    /// Between tries, and at most until an idle writer looks whether it should stop.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// An owner that gave no sign for three seconds counts as dead; so it gives more.
    private static final Duration BEAT_EVERY = Duration.ofMillis(500);

    /// So long the start waits for the books; beyond it this core stands by.
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Journal journal;
    private final Clock clock;
    /// Tells this writer from any other that ever wrote these books.
    private final String owner;
    private final Intake intake = new Intake();
    private final Picture picture = new Picture();
    private final CountDownLatch owns = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("ledger-writer").unstarted(this::run);
    private Journal.@Nullable Head head;
    private long lastBeat;

    public Writer(Journal journal, String owner, Clock clock) {
        this.journal = requireNonNull(journal, "journal is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Takes over the books, or waits in the background until their owner is gone.
    public void start() {
        thread.start();
        try {
            if (!owns.await(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("another core owns the books; this one stands by");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<PostResult> post(List<PostRequest> requests) {
        return intake.post(requests);
    }

    /// Writes what is queued and stops.
    @Override
    public void close() {
        intake.close();
        try {
            thread.join(Intake.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (intake.hasWork()) {
                if (takeOver()) {
                    own();
                } else {
                    Thread.sleep(PAUSE);
                    Intake.refuse(intake.take(Duration.ZERO), Intake.unavailable());
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
            head = journal.takeOver(owner).orElse(null);
        } catch (Fault e) {
            LOG.warn("the books cannot be reached yet", e);
            return false;
        }
        if (head == null) {
            return false;
        }
        picture.forget();
        lastBeat = System.nanoTime();
        owns.countDown();
        return true;
    }

    private void own() throws InterruptedException {
        try {
            while (intake.hasWork()) {
                var tickets = intake.take(PAUSE);
                if (!tickets.isEmpty() || System.nanoTime() - lastBeat > BEAT_EVERY.toNanos()) {
                    write(tickets);
                }
            }
            journal.release(head());
        } catch (Fault e) {
            LOG.error("another core has taken over the books; this one stands by", e);
        }
    }

    /// Brings tickets to an answer, whatever happens in between. Without any, it is a sign
    /// of life.
    void write(List<Ticket> tickets) throws InterruptedException {
        try {
            settle(tickets);
        } catch (Fault | InterruptedException e) {
            Intake.refuse(tickets, Intake.unavailable());
            throw e;
        }
    }

    private void settle(List<Ticket> tickets) throws InterruptedException {
        var lookedUp = new HashSet<UUID>();
        Fault fault;
        int tries = 0;
        do {
            Batch batch = null;
            try {
                batch = judge(tickets, lookedUp);
                head = journal.write(batch, head());
                lastBeat = System.nanoTime();
                picture.settle();
                batch.answer();
                return;
            } catch (Fault e) {
                fault = e;
            } catch (RuntimeException e) {
                fault = new Fault(Fault.Kind.OTHER, "the batch cannot be judged", e);
            }
            if (fault.kind() == Fault.Kind.CONNECTION && resolve() && batch != null) {
                batch.answer();
                return;
            }
            tries++;
        } while (mayTryAgain(fault, tickets, lookedUp, tries));
        giveUp(tickets, fault);
    }

    /// Judges requests by what is remembered. What that rejects may be a repetition, or
    /// judged on coins that the register has changed meanwhile; so it is looked up, and
    /// judged again on coins that are loaded anew.
    private Batch judge(List<Ticket> tickets, Set<UUID> lookedUp) {
        var requests = tickets.stream().map(Ticket::request).toList();
        var loadedAnew = new HashSet<PostRequest>();
        while (true) {
            picture.load(requests, lookedUp, journal);
            var batch = new Batch(head().lastTransaction() + 1, now());
            var bookkeeper = new Bookkeeper(picture, batch);
            for (var ticket : tickets) {
                batch.answers().add(new Batch.Answer(ticket, bookkeeper.judge(ticket)));
            }
            var rejected = batch.rejected();
            if (!loadedAnew.addAll(rejected)) {
                return batch;
            }
            rejected.forEach(each -> lookedUp.add(each.requestId()));
            picture.forget(rejected);
        }
    }

    /// The time of a batch: never before that of the batch before it, so that time and
    /// number agree in order.
    private Instant now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var last = head().recordedAt();
        return now.isBefore(last) ? last : now;
    }

    /// Whether the batch in hand is in the books after all: asks until it knows.
    private boolean resolve() throws InterruptedException {
        long before = head().batch();
        picture.forget();
        while (true) {
            try {
                head = journal.resolve(owner);
                return head().batch() == before + 1;
            } catch (Fault e) {
                if (e.kind() == Fault.Kind.REPLACED || intake.isClosed()) {
                    throw e;
                }
                LOG.warn("the ledger's writer cannot reach the books yet", e);
                Thread.sleep(PAUSE);
            }
        }
    }

    private boolean mayTryAgain(Fault fault, List<Ticket> tickets, Set<UUID> lookedUp, int tries)
            throws InterruptedException {
        return switch (fault.kind()) {
            case REPLACED -> throw fault;
            // What was posted before is answered even where nothing moves.
            case REPEATED_REQUEST, HALTED -> {
                var ids = tickets.stream().map(each -> each.request().requestId());
                yield lookedUp.addAll(ids.toList());
            }
            case OLD_PICTURE -> {
                picture.forget();
                yield tries < TRIES_MAX;
            }
            case PASSING, CONNECTION -> {
                LOG.warn("the ledger's writer tries a batch again", fault);
                Thread.sleep(PAUSE);
                yield tries < TRIES_MAX;
            }
            case OTHER -> false;
        };
    }

    /// Finds the one that cannot be written by halves; the others go through.
    private void giveUp(List<Ticket> tickets, Fault fault) throws InterruptedException {
        boolean mayPass =
                fault.kind() == Fault.Kind.PASSING || fault.kind() == Fault.Kind.CONNECTION;
        if (tickets.size() > 1 && !mayPass) {
            int half = tickets.size() / 2;
            settle(tickets.subList(0, half));
            settle(tickets.subList(half, tickets.size()));
            return;
        }
        LOG.error("the ledger's writer gives up on {} requests", tickets.size(), fault);
        var failure = switch (fault.kind()) {
            case HALTED -> {
                var text =
                        "Nothing moves: the books failed their check. An administrator lifts the halt.";
                yield new Failure(Reason.WRONG_STATE, text);
            }
            case OTHER -> new Failure(Reason.INTERNAL, "The ledger could not write this request.");
            default -> Intake.unavailable();
        };
        Intake.refuse(tickets, failure);
    }

    private Journal.Head head() {
        return requireNonNull(head, "the writer does not own the books");
    }
}
