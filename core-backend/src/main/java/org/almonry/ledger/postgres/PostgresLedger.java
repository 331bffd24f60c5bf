package org.almonry.ledger.postgres;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.events.Outbox;
import org.almonry.ledger.Coin;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.Writer;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/// The ledger whose books are in PostgreSQL: a [Writer] posts, and issuers, coins and
/// periods are opened and closed each in a commit of their own. The writer learns of that
/// from the database.
public final class PostgresLedger implements Ledger {
    /// So long the start waits for the books; beyond it this core stands by.
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    /// So long the end waits for what is queued.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);

    private static final String ENSURE_ISSUER = """
            insert into ledger.issuer (key, name, opened_at)
            values (:key, :name, :at)
            on conflict (key) do nothing
            """;

    private static final String ISSUER = """
            select id
              from ledger.issuer
             where key = :key
            """;

    private static final String ENSURE_COIN = """
            insert into ledger.coin
                   (issuer_id, currency, currency_scale, kind, name, owner, label, opened_at)
            values (:issuerId, :currency, :scale, :kind, :name, :owner, :label, :at)
            on conflict (issuer_id, currency, kind, owner, label) do nothing
            """;

    private static final String CLOSE_COIN = """
            select ledger.close_coin(:id, :at)
            """;

    private static final String FREEZE = """
            update ledger.coin
               set frozen_at = case when :frozen then coalesce(frozen_at, :at) end
             where id = :id
               and closed_at is null
            """;

    /// A limit below what is overdrawn already is not set, nor one beyond all numbers.
    private static final String CREDIT_LIMIT = """
            update ledger.coin
               set credit_limit = :minor
             where id = :id
               and closed_at is null
               and (kind in ('ISSUING', 'INCOMING') or balance - held >= -:minor)
               and balance <= 9223372036854775807 - :minor
            """;

    /// A batch takes this lock first: one that may have looked at the periods before is done,
    /// the next one sees the new period.
    private static final String LOCK_BOOKS = """
            select (clock_timestamp() at time zone 'UTC')::date
              from ledger.head
             where shard = 0
               for update
            """;

    private static final String CLOSED_TO = """
            select max(closed_to)
              from ledger.period
             where issuer_id = :issuerId
            """;

    private static final String CLOSE_PERIOD = """
            insert into ledger.period (issuer_id, closed_to, closed_at, closed_by)
            values (:issuerId, :to, :at, :by)
            on conflict do nothing
            """;

    private final Jdbi accounting;
    private final Writer writer;
    private final Thread thread;
    private final Clock clock;

    private PostgresLedger(Jdbi accounting, Writer writer, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.writer = requireNonNull(writer, "writer is null");
        thread = Thread.ofPlatform().name("ledger-writer").unstarted(writer);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// A ledger that is not started yet.
    public static Ledger ledger(
            Jdbi accounting, ProcessJournal processes, Outbox outbox, AuditLog audit, Clock clock) {
        var companions = new Companions(processes, outbox, audit);
        var journal = new PostgresJournal(accounting, companions);
        var writer = new Writer(journal, new Ids(clock).next("own"), clock);
        return new PostgresLedger(accounting, writer, clock);
    }

    @Override
    public void start() {
        thread.start();
        try {
            long start = System.nanoTime();
            while (!writer.hasOwned()) {
                if (System.nanoTime() - start > START_PATIENCE.toNanos()) {
                    LOG.warn("another core owns the books; this one stands by");
                    return;
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        writer.stop();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<PostResult> postAll(List<PostRequest> requests) {
        if (!thread.isAlive()) {
            throw new Failure(
                    Reason.UNAVAILABLE,
                    "The ledger is not open here. It is safe to send the same request again.");
        }
        return writer.post(requests);
    }

    @Override
    public long openIssuer(String key, String name) {
        return accounting.inTransaction(handle -> {
            handle.createUpdate(ENSURE_ISSUER)
                    .bind("key", key)
                    .bind("name", name)
                    .bind("at", clock.instant())
                    .execute();
            return handle.createQuery(ISSUER).bind("key", key).mapTo(Long.class).one();
        });
    }

    @Override
    public Coin openCoin(NewCoin coin) {
        return accounting.inTransaction(handle -> {
            handle.createUpdate(ENSURE_COIN)
                    .bind("issuerId", coin.issuerId())
                    .bind("currency", coin.currency().code())
                    .bind("scale", coin.currency().scale())
                    .bind("kind", coin.kind().name())
                    .bind("name", coin.name())
                    .bind("owner", coin.owner())
                    .bind("label", coin.label())
                    .bind("at", clock.instant())
                    .execute();
            return CoinRows.find(handle, coin.key()).orElseThrow();
        });
    }

    @Override
    public boolean closeCoin(long id) {
        return accounting.withHandle(handle -> handle.createQuery(CLOSE_COIN)
                .bind("id", id)
                .bind("at", clock.instant())
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public boolean freeze(long id, boolean frozen) {
        return accounting.withHandle(handle -> handle.createUpdate(FREEZE)
                        .bind("id", id)
                        .bind("frozen", frozen)
                        .bind("at", clock.instant())
                        .execute()
                == 1);
    }

    @Override
    public boolean setCreditLimit(long id, long minor) {
        if (minor < 0) {
            throw new Failure(Reason.INVALID_ARGUMENT, "A credit limit is not negative.");
        }
        return accounting.withHandle(handle -> handle.createUpdate(CREDIT_LIMIT)
                        .bind("id", id)
                        .bind("minor", minor)
                        .execute()
                == 1);
    }

    @Override
    public void closePeriod(long issuerId, LocalDate to, String by) {
        accounting.useTransaction(handle -> {
            // The day of the database counts, as it does for its own check.
            var today = handle.createQuery(LOCK_BOOKS).mapTo(LocalDate.class).one();
            var before = closedTo(handle, issuerId);
            if (before != null && before.isAfter(to)) {
                throw new Failure(
                        Reason.WRONG_STATE,
                        "The books are closed to %s already.".formatted(before));
            }
            if (to.isAfter(today.plusDays(1))) {
                throw new Failure(Reason.INVALID_ARGUMENT, "A period is closed once it is over.");
            }
            handle.createUpdate(CLOSE_PERIOD)
                    .bind("issuerId", issuerId)
                    .bind("to", to)
                    .bind("at", clock.instant())
                    .bind("by", by)
                    .execute();
        });
    }

    private static @Nullable LocalDate closedTo(Handle handle, long issuerId) {
        return handle.createQuery(CLOSED_TO)
                .bind("issuerId", issuerId)
                .mapTo(LocalDate.class)
                .findOne()
                .orElse(null);
    }
}
