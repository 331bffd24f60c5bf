package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
    /// Tries of a batch that fails for reasons that pass (a lock, a full disk) before its
    /// callers are told.
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
    /// Whether the last attempt failed because value movement is stopped.
    private boolean halted;

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
        intake.stop();
        try {
            thread.join(Intake.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (intake.hasWork()) {
                if (!takeOver()) {
                    Thread.sleep(PAUSE);
                    continue;
                }
                try {
                    own();
                } catch (Journal.Fault e) {
                    LOG.error("another core has taken over the books; this one stands by", e);
                } finally {
                    intake.shut();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            intake.shut();
            journal.close();
        }
    }

    /// Becomes the owner if nobody else is.
    boolean takeOver() {
        try {
            head = journal.takeOver(owner).orElse(null);
        } catch (Journal.Fault e) {
            LOG.warn("the books cannot be reached yet", e);
            return false;
        }
        if (head == null) {
            return false;
        }
        picture.forget();
        lastBeat = System.nanoTime();
        intake.open();
        owns.countDown();
        return true;
    }

    private void own() throws InterruptedException {
        while (intake.hasWork()) {
            var tickets = intake.take(PAUSE);
            if (!tickets.isEmpty()) {
                write(tickets);
            } else if (System.nanoTime() - lastBeat > BEAT_EVERY.toNanos()) {
                beat();
            }
        }
        journal.release(requireNonNull(head));
    }

    private void beat() throws InterruptedException {
        try {
            if (!journal.beat(requireNonNull(head))) {
                throw replaced();
            }
            lastBeat = System.nanoTime();
        } catch (Journal.Fault e) {
            recover(e, List.of(), null);
        }
    }

    /// Brings tickets to an answer, whatever happens in between.
    void write(List<Intake.Ticket> tickets) throws InterruptedException {
        var looked = false;
        int old = 0;
        for (int tries = 1; tries <= TRIES_MAX; ) {
            switch (attempt(tickets, looked)) {
                case DONE -> {
                    return;
                }
                case REPEATED -> {
                    if (looked) {
                        bisect(tickets);
                        return;
                    }
                    looked = true;
                }
                case OLD -> {
                    if (old++ > 0) {
                        bisect(tickets);
                        return;
                    }
                }
                case LATER -> {
                    tries++;
                    Thread.sleep(PAUSE);
                }
                case BROKEN -> {
                    bisect(tickets);
                    return;
                }
            }
        }
        tickets.forEach(each -> each.fail(Intake.unavailable()));
    }

    /// How an attempt to commit a batch ended.
    private enum Attempt {
        /// Committed and answered.
        DONE,
        /// A request id is in the books already, or may be.
        REPEATED,
        /// The books are not as remembered; memory was cleared.
        OLD,
        /// A reason that passes.
        LATER,
        /// One of the requests cannot be written.
        BROKEN
    }

    private Attempt attempt(List<Intake.Ticket> tickets, boolean looked)
            throws InterruptedException {
        var before = requireNonNull(head);
        Batch batch = null;
        halted = false;
        try {
            batch = judge(tickets, before, looked);
            if (!looked && batch.hasRejections()) {
                // What was rejected may be a repetition, or judged on coins that the
                // register has changed meanwhile; it is judged again on what is true.
                picture.forget();
                return Attempt.REPEATED;
            }
            if (!batch.accepted().isEmpty()) {
                head = journal.write(batch, before);
                picture.adopt(batch);
            } else if (!journal.beat(before)) {
                throw replaced();
            }
            lastBeat = System.nanoTime();
            batch.answer();
            return Attempt.DONE;
        } catch (Journal.Fault e) {
            return recover(e, tickets, batch);
        } catch (RuntimeException e) {
            LOG.error("a batch of {} requests could not be judged", tickets.size(), e);
            return Attempt.BROKEN;
        }
    }

    private Batch judge(List<Intake.Ticket> tickets, Journal.Head before, boolean looked) {
        picture.begin();
        var requests = tickets.stream().map(Intake.Ticket::request).toList();
        if (looked) {
            var ids = requests.stream().map(PostRequest::requestId).toList();
            journal.loadRequests(ids, picture);
        }
        journal.load(Needs.of(requests), picture);
        var batch = new Batch(picture, before.lastTransaction() + 1, now(before.recordedAt()));
        tickets.forEach(batch::judge);
        return batch;
    }

    /// The time of a batch: never before that of the batch before it, so that time and
    /// number agree in order.
    private Instant now(Instant last) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(last) ? last : now;
    }

    /// What a fault of the journal means for the batch.
    private Attempt recover(Journal.Fault fault, List<Intake.Ticket> tickets, @Nullable Batch batch)
            throws InterruptedException {
        switch (fault.kind()) {
            case REPEATED_REQUEST -> {
                return Attempt.REPEATED;
            }
            case HALTED -> {
                // What was posted before is still answered, so each is looked up first.
                halted = true;
                return Attempt.REPEATED;
            }
            case OLD_PICTURE -> {
                picture.forget();
                return Attempt.OLD;
            }
            case PASSING -> {
                LOG.warn("the ledger's writer tries a batch again", fault);
                return Attempt.LATER;
            }
            case REPLACED -> {
                tickets.forEach(each -> each.fail(Intake.unavailable()));
                throw fault;
            }
            case CONNECTION -> {
                LOG.warn("the ledger's writer lost its connection", fault);
                if (!resolve(requireNonNull(head), tickets) || batch == null) {
                    return Attempt.LATER;
                }
                batch.answer();
                return Attempt.DONE;
            }
            case OTHER -> {
                if (tickets.size() == 1) {
                    var id = tickets.getFirst().request().requestId();
                    LOG.error("request {} cannot be written", id, fault);
                }
                return Attempt.BROKEN;
            }
        }
        throw new IllegalStateException("every fault has a meaning");
    }

    /// Asks the journal whether the batch after `before` is in the books. Tries until it
    /// knows.
    private boolean resolve(Journal.Head before, List<Intake.Ticket> tickets)
            throws InterruptedException {
        picture.forget();
        while (true) {
            try {
                head = journal.resolve(owner).orElseThrow(Writer::replaced);
                return head.batch() == before.batch() + 1;
            } catch (Journal.Fault e) {
                if (e.kind() == Journal.Fault.Kind.REPLACED || intake.isStopping()) {
                    tickets.forEach(each -> each.fail(Intake.unavailable()));
                    throw e;
                }
                LOG.warn("the ledger's writer cannot reach the books yet", e);
                Thread.sleep(PAUSE);
            }
        }
    }

    private static Journal.Fault replaced() {
        return new Journal.Fault(Journal.Fault.Kind.REPLACED, "another core owns the books", null);
    }

    /// Finds the one that cannot be written by halves; the others go through.
    private void bisect(List<Intake.Ticket> tickets) throws InterruptedException {
        if (tickets.size() == 1) {
            var text = "The ledger could not write this request.";
            var failure = halted ? Intake.halted() : new Failure(Reason.INTERNAL, text);
            tickets.getFirst().fail(failure);
            return;
        }
        int half = tickets.size() / 2;
        var rest = tickets.subList(half, tickets.size());
        try {
            write(tickets.subList(0, half));
        } catch (Journal.Fault e) {
            rest.forEach(each -> each.fail(Intake.unavailable()));
            throw e;
        }
        write(rest);
    }
}
