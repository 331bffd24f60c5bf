package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The one thread that writes the books of a shard.
///
/// A batch is whatever queued while the previous one was committed: one request when idle,
/// thousands under load, and no timer in between. Nobody is answered before the commit that
/// the answer rests on, rejections included. What the thread remembers (coins, head) only
/// makes it fast: the database refuses a batch that does not follow from it.
final class Writer implements AutoCloseable {
    /// Coins held in memory, some 200 bytes each; beyond that they are loaded anew.
    static final int COINS_MAX = 200_000;

    /// Tries of a batch that fails for reasons that pass (a lock, a full disk) before its
    /// callers are told.
    private static final int TRIES_MAX = 3;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// The books have another writer now.
    private static final class Replaced extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Jdbi accounting;
    private final Companions companions;
    private final Clock clock;
    /// Tells this writer from any other that ever wrote these books.
    private final String owner;
    private final Intake intake = new Intake();
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("ledger-writer").unstarted(this::run);
    private @Nullable Handle handle;
    private BatchStore.@Nullable Head head;

    Writer(Jdbi accounting, Companions companions, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.companions = requireNonNull(companions, "companions is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.owner = new Ids(clock).next("own");
    }

    void start() {
        var opened = accounting.open();
        head = BatchStore.takeOver(opened, owner);
        handle = opened;
        intake.open();
        thread.start();
    }

    List<PostResult> post(List<PostRequest> requests) {
        return intake.post(requests);
    }

    @Override
    public void close() {
        intake.refuseMore();
        try {
            thread.join(Intake.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (intake.hasWork()) {
                var tickets = intake.take(PAUSE);
                if (!tickets.isEmpty()) {
                    write(tickets);
                }
            }
        } catch (Replaced e) {
            LOG.error("another process has taken over the books; this one no longer writes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            intake.end();
            disconnect();
        }
    }

    /// Brings tickets to an answer, whatever happens in between.
    private void write(List<Ticket> tickets) throws InterruptedException {
        Map<UUID, Batch.Known> known = Map.of();
        boolean looked = false;
        boolean reloaded = false;
        for (int tries = 1; ; ) {
            var attempt = attempt(tickets, known, looked);
            switch (attempt) {
                case DONE -> {
                    return;
                }
                case REPEATED -> {
                    if (looked) {
                        bisect(tickets);
                        return;
                    }
                    known = known(tickets);
                    looked = true;
                }
                case OLD_COINS -> {
                    if (reloaded) {
                        bisect(tickets);
                        return;
                    }
                    reloaded = true;
                }
                case LATER -> {
                    if (tries == TRIES_MAX) {
                        tickets.forEach(each -> each.fail(Intake.unavailable()));
                        return;
                    }
                    tries++;
                    Thread.sleep(PAUSE);
                }
                case BROKEN -> {
                    bisect(tickets);
                    return;
                }
            }
        }
    }

    /// How an attempt to commit a batch ended.
    private enum Attempt {
        /// Committed and answered.
        DONE,
        /// A request id is in the books already, or may be.
        REPEATED,
        /// A coin is not as remembered; memory was cleared.
        OLD_COINS,
        /// A reason that passes.
        LATER,
        /// One of the requests cannot be written.
        BROKEN
    }

    private Attempt attempt(List<Ticket> tickets, Map<UUID, Batch.Known> known, boolean looked)
            throws InterruptedException {
        var before = requireNonNull(head);
        Batch batch = null;
        try {
            var connection = requireNonNull(handle);
            connection.begin();
            batch = judge(connection, tickets, known, before);
            if (!looked && batch.hasRejections()) {
                // A repeated request finds the processes as it left them, and would look
                // stale.
                connection.rollback();
                return Attempt.REPEATED;
            }
            if (batch.isEmpty()) {
                requireOwner(connection, before);
                connection.rollback();
            } else {
                var after = commit(connection, batch, before);
                coins.putAll(batch.coins());
                head = after;
            }
            batch.answer();
            return Attempt.DONE;
        } catch (Replaced e) {
            tickets.forEach(each -> each.fail(Intake.unavailable()));
            throw e;
        } catch (JdbiException e) {
            return recover(tickets, batch, before, e);
        } catch (RuntimeException e) {
            LOG.error("a batch of {} requests could not be judged", tickets.size(), e);
            rollback();
            return Attempt.BROKEN;
        }
    }

    private Batch judge(
            Handle connection,
            List<Ticket> tickets,
            Map<UUID, Batch.Known> known,
            BatchStore.Head before) {
        var processIds = new LinkedHashSet<String>();
        var missing = new HashSet<Long>();
        if (coins.size() > COINS_MAX) {
            coins.clear();
        }
        for (var ticket : tickets) {
            for (var change : ticket.request().processes()) {
                processIds.add(change.id());
            }
            for (var operation : ticket.request().operations()) {
                if (!coins.containsKey(operation.source())) {
                    missing.add(operation.source());
                }
                if (!coins.containsKey(operation.destination())) {
                    missing.add(operation.destination());
                }
            }
        }
        if (!missing.isEmpty()) {
            coins.putAll(LedgerStore.coins(connection, missing));
        }
        Map<String, String> states = processIds.isEmpty()
                ? Map.of()
                : companions.processes().states(connection, processIds);
        var batch = new Batch(coins, states, known, before.lastTransactionId() + 1);
        tickets.forEach(batch::judge);
        return batch;
    }

    private BatchStore.Head commit(Handle connection, Batch batch, BatchStore.Head before) {
        var at = now(before.recordedAt());
        var after = new BatchStore.Head(
                before.epoch(),
                before.batchNumber() + 1,
                before.lastTransactionId() + batch.rows().size(),
                at);
        if (!BatchStore.advance(connection, before, after, batch)) {
            connection.rollback();
            throw new Replaced();
        }
        BatchStore.insertTransactions(connection, batch, at);
        BatchStore.insertRequests(connection, batch, after.batchNumber());
        companions.processes().write(connection, batch.changes(), at);
        companions.audit().append(connection, batch.audit(), at);
        companions.outbox().append(connection, batch.events(), at);
        connection.commit();
        return after;
    }

    /// The time of a batch: never before that of the batch before it, so that time and
    /// number agree in order.
    private Instant now(Instant last) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(last) ? last : now;
    }

    private static void requireOwner(Handle connection, BatchStore.Head expected) {
        if (BatchStore.head(connection).epoch() != expected.epoch()) {
            connection.rollback();
            throw new Replaced();
        }
    }

    /// What an error of the database means for the batch. Where the connection is gone
    /// nobody knows whether the batch was committed, so the books are asked.
    private Attempt recover(
            List<Ticket> tickets,
            @Nullable Batch batch,
            BatchStore.Head before,
            JdbiException error)
            throws InterruptedException {
        var fault = SqlFault.of(error);
        if (!rollback() || fault == SqlFault.CONNECTION) {
            LOG.warn(
                    "the connection of the ledger's writer was lost, batch {}",
                    before.batchNumber() + 1,
                    error);
            boolean committed = reconnect(before, tickets);
            if (committed && batch != null) {
                batch.answer();
                return Attempt.DONE;
            }
            return Attempt.LATER;
        }
        return switch (fault) {
            case REPEATED_REQUEST -> Attempt.REPEATED;
            case OLD_COINS -> {
                coins.clear();
                yield Attempt.OLD_COINS;
            }
            case CONNECTION, PASSING -> {
                LOG.warn("the ledger's writer tries a batch again", error);
                yield Attempt.LATER;
            }
            case OTHER -> {
                if (tickets.size() == 1) {
                    LOG.error("request {} cannot be written", tickets.getFirst().id(), error);
                }
                yield Attempt.BROKEN;
            }
        };
    }

    /// Connects anew and asks whether the batch after `before` is in the books. Tries until
    /// it knows.
    private boolean reconnect(BatchStore.Head before, List<Ticket> tickets)
            throws InterruptedException {
        coins.clear();
        disconnect();
        while (true) {
            try {
                var opened = accounting.open();
                handle = opened;
                var now = BatchStore.resolve(opened, owner);
                if (now.isEmpty()) {
                    tickets.forEach(each -> each.fail(Intake.unavailable()));
                    throw new Replaced();
                }
                head = now.get();
                return now.get().batchNumber() == before.batchNumber() + 1;
            } catch (JdbiException e) {
                LOG.warn("the ledger's writer cannot reach the database yet", e);
                disconnect();
                if (intake.isStopping()) {
                    tickets.forEach(each -> each.fail(Intake.unavailable()));
                    throw new InterruptedException("stopped while the database was away");
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private Map<UUID, Batch.Known> known(List<Ticket> tickets) {
        var ids = tickets.stream().map(Ticket::id).toList();
        return BatchStore.known(requireNonNull(handle), ids);
    }

    /// Finds the one that cannot be written by halves; the others go through.
    private void bisect(List<Ticket> tickets) throws InterruptedException {
        if (tickets.size() == 1) {
            tickets.getFirst()
                    .fail(new Failure(Reason.INTERNAL, "The ledger could not write this request."));
            return;
        }
        int half = tickets.size() / 2;
        write(tickets.subList(0, half));
        write(tickets.subList(half, tickets.size()));
    }

    private boolean rollback() {
        try {
            requireNonNull(handle).rollback();
            return true;
        } catch (JdbiException e) {
            return false;
        }
    }

    private void disconnect() {
        var old = handle;
        handle = null;
        if (old != null) {
            try {
                old.close();
            } catch (JdbiException e) {
                LOG.debug("a broken connection did not close", e);
            }
        }
    }
}
