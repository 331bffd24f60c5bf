package org.almonry.ledger.postgres;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.Batch;
import org.almonry.ledger.Coin;
import org.almonry.ledger.Hold;
import org.almonry.ledger.Journal;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.TransactionType;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.proof.BatchSeal;
import org.almonry.ledger.proof.LeafWriter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The writer's journal in PostgreSQL: one connection, on which a batch is one call.
final class PostgresJournal implements Journal {
    /// The only shard so far.
    private static final short SHARD = 0;

    /// The session is known by its owner, so that who takes over can end it; and a
    /// transaction in which the owner was paused ends by itself. Plans are made once and
    /// look up by key, for those that suit two rows may take minutes for thousands.
    private static final String SESSION = """
            select set_config('application_name', :owner, false),
                   set_config('idle_in_transaction_session_timeout', '2s', false),
                   set_config('lock_timeout', '5s', false),
                   set_config('plan_cache_mode', 'force_generic_plan', false),
                   set_config('enable_hashjoin', 'off', false),
                   set_config('enable_mergejoin', 'off', false),
                   set_config('enable_seqscan', 'off', false),
                   set_config('jit', 'off', false)
            """;

    private static final String END_DEAD_OWNER = """
            select pg_terminate_backend(a.pid)
              from ledger.head h
              join pg_stat_activity a on a.pid = h.backend_pid and a.application_name = h.owner
             where h.shard = :shard
               and h.owner <> :owner
               and h.beat_at < clock_timestamp() - interval '3 seconds'
            """;

    private static final String OWN = """
            select epoch, batch_number, last_transaction_id, recorded_at, chain
              from ledger.own(:owner, :resolves)
            """;

    private static final String BEAT = """
            update ledger.head set beat_at = clock_timestamp() where shard = :shard and epoch = :epoch
            """;

    private static final String RELEASE = """
            update ledger.head set beat_at = '-infinity' where shard = :shard and epoch = :epoch
            """;

    private static final String EXTEND = "select ledger.extend_journal()";

    private static final String HOLDS = """
            select id, type, coin_id, coalesce(destination_id, 0) as destination_id, amount_minor,
                   remaining_minor, state, expires_at
              from ledger.hold
             where id = any (:ids)
            """;

    private static final String PASTS = """
            select t.id, t.source_id, t.destination_id, t.amount_minor, c.corrected_id is not null as is_corrected
              from ledger.transaction t
              left join ledger.correction c on c.corrected_id = t.id
             where t.id = any (:ids)
               and t.destination_id is not null
            """;

    private static final String REQUESTS = """
            select id, digest, first_transaction_id, transactions
              from ledger.request
             where id = any (:ids)
            """;

    private static final String NEXT_COIN = "select nextval('ledger.coin_id')";

    private static final String OPEN_COIN = """
            insert into ledger.coin
                   (id, issuer_id, currency, currency_scale, kind, name, owner, label, opened_at)
            values (:id, :issuerId, :currency, :scale, :kind, :name, :owner, :label, :at)
            """;

    private static final String POST = "select ledger.post_batch(" + "?, ".repeat(25) + "?)";

    private final Jdbi accounting;
    private final Companions companions;
    private final LeafWriter leaf = new LeafWriter();
    private @Nullable Handle handle;
    private @Nullable PreparedStatement post;

    PostgresJournal(Jdbi accounting, Companions companions) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.companions = requireNonNull(companions, "companions is null");
    }

    @Override
    public Optional<Head> takeOver(String owner) {
        return guarded(() -> {
            var open = open(owner);
            open.createQuery(END_DEAD_OWNER)
                    .bind("shard", SHARD)
                    .bind("owner", owner)
                    .mapTo(Boolean.class)
                    .list();
            var head = own(open, owner, false);
            if (head.isPresent()) {
                open.createQuery(EXTEND).mapTo(Integer.class).one();
            }
            return head;
        });
    }

    @Override
    public Head resolve(String owner) {
        close();
        return guarded(() -> own(open(owner), owner, true).orElseThrow(PostgresJournal::replaced));
    }

    private static Fault replaced() {
        return new Fault(Fault.Kind.REPLACED, "another core owns the books", null);
    }

    @Override
    public void release(Head head) {
        guarded(() -> sign(RELEASE, head));
    }

    @Override
    public Map<UUID, Known> requests(Set<UUID> ids) {
        return load(REQUESTS, ids.toArray(UUID[]::new), row -> {
            long first = row.getLong("first_transaction_id");
            var transactions = LongStream.range(first, first + row.getInt("transactions"));
            var known = new Known(row.getBytes("digest"), transactions.boxed().toList());
            return Map.entry(row.getObject("id", UUID.class), known);
        });
    }

    @Override
    public Map<Long, Coin> coins(Set<Long> ids) {
        return guarded(() -> CoinRows.find(open(), ids).stream()
                .collect(Collectors.toMap(Coin::id, coin -> coin)));
    }

    @Override
    public Map<Long, Hold> holds(Set<Long> ids) {
        return load(
                HOLDS, ids.toArray(Long[]::new), row -> Map.entry(row.getLong("id"), hold(row)));
    }

    @Override
    public Map<Long, Past> pasts(Set<Long> ids) {
        return load(
                PASTS, ids.toArray(Long[]::new), row -> Map.entry(row.getLong("id"), past(row)));
    }

    @Override
    public Map<NewCoin.Key, Long> coinIds(Set<NewCoin.Key> keys) {
        return guarded(() -> keys.stream()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> CoinRows.find(open(), key)
                                .map(Coin::id)
                                .orElseGet(() -> open().createQuery(NEXT_COIN)
                                        .mapTo(Long.class)
                                        .one()))));
    }

    @Override
    public Map<String, String> processStates(Set<String> ids) {
        return guarded(() -> companions.processes().states(open(), ids));
    }

    private <K, V> Map<K, V> load(String sql, Object[] ids, Rows<Map.Entry<K, V>> rows) {
        return guarded(() -> open().createQuery(sql)
                .bind("ids", (Object) ids)
                .map((row, _) -> rows.read(row))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private interface Rows<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public Head write(Batch batch, Head before) {
        return guarded(() -> {
            if (batch.accepted().isEmpty()) {
                if (!sign(BEAT, before)) {
                    throw replaced();
                }
                return before;
            }
            var open = open();
            var processes = new ArrayList<ProcessChange>();
            var entries = new ArrayList<org.almonry.audit.AuditEntry>();
            var events = new ArrayList<org.almonry.events.DomainEvent>();
            var openings = new ArrayList<Coin>();
            for (var each : batch.accepted()) {
                each.postings().stream()
                        .filter(posting -> posting.type() == TransactionType.SPLIT)
                        .forEach(posting -> openings.add(requireNonNull(posting.destination())));
                processes.addAll(each.request().processes());
                entries.addAll(each.request().audit());
                events.addAll(each.request().events());
            }
            // Alone, the call is its own transaction and takes one round trip.
            boolean alone = processes.isEmpty()
                    && entries.isEmpty()
                    && events.isEmpty()
                    && openings.isEmpty();
            if (alone) {
                return post(open, batch, before);
            }
            return open.inTransaction(transaction -> {
                openings.forEach(coin -> openCoin(transaction, coin, batch.at()));
                var after = post(transaction, batch, before);
                companions.processes().write(transaction, processes, batch.at());
                companions.audit().append(transaction, entries, batch.at());
                companions.outbox().append(transaction, events, batch.at());
                return after;
            });
        });
    }

    private static void openCoin(Handle transaction, Coin coin, Instant at) {
        transaction
                .createUpdate(OPEN_COIN)
                .bind("id", coin.id())
                .bind("issuerId", coin.issuerId())
                .bind("currency", coin.currency().code())
                .bind("scale", coin.currency().scale())
                .bind("kind", coin.kind().name())
                .bind("name", coin.name())
                .bind("owner", coin.owner())
                .bind("label", coin.label())
                .bind("at", at)
                .execute();
    }

    private Head post(Handle open, Batch batch, Head before) {
        var columns = new BatchColumns(batch, leaf);
        long number = before.batch() + 1;
        var seal = new BatchSeal(
                SHARD,
                number,
                before.epoch(),
                batch.firstId(),
                batch.size(),
                batch.accepted().size(),
                batch.at(),
                columns.root(),
                columns.requestRoot(),
                before.chain());
        try {
            var call = post;
            if (call == null) {
                call = open.getConnection().prepareStatement(POST);
                post = call;
            }
            call.setLong(1, before.epoch());
            call.setLong(2, number);
            call.setLong(3, batch.firstId());
            call.setObject(4, OffsetDateTime.ofInstant(batch.at(), ZoneOffset.UTC));
            call.setBytes(5, seal.root());
            call.setBytes(6, seal.requestRoot());
            call.setBytes(7, seal.chain());
            columns.bind(call, open.getConnection().unwrap(PGConnection.class), 8);
            call.execute();
        } catch (SQLException e) {
            throw Faults.of(e);
        }
        long last = before.lastTransaction() + batch.size();
        return new Head(before.epoch(), number, last, batch.at(), seal.chain());
    }

    @Override
    public void close() {
        var old = handle;
        handle = null;
        post = null;
        if (old != null) {
            try (old) {
                old.execute("reset all");
            } catch (JdbiException _) {
                // A broken connection need not be tidied up; the pool throws it away.
            }
        }
    }

    private Handle open() {
        return requireNonNull(handle, "the journal is not open");
    }

    private Handle open(String owner) {
        var open = handle;
        if (open == null) {
            open = accounting.open();
            handle = open;
            try {
                open.createQuery(SESSION)
                        .bind("owner", owner)
                        .mapTo(String.class)
                        .one();
            } catch (RuntimeException e) {
                // Without its settings the session could not be told from others.
                close();
                throw e;
            }
        }
        return open;
    }

    private static Optional<Head> own(Handle open, String owner, boolean resolves) {
        return open.createQuery(OWN)
                .bind("owner", owner)
                .bind("resolves", resolves)
                .map(PostgresJournal::head)
                .findOne();
    }

    private boolean sign(String sql, Head head) {
        return open().createUpdate(sql)
                        .bind("shard", SHARD)
                        .bind("epoch", head.epoch())
                        .execute()
                == 1;
    }

    /// Runs work of the database, and says what an error means.
    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            var fault = e instanceof Fault known ? known : Faults.of(e);
            if (fault.kind() == Fault.Kind.CONNECTION) {
                close();
            }
            throw fault;
        }
    }

    private static Head head(ResultSet row, StatementContext context) throws SQLException {
        return new Head(
                row.getLong("epoch"),
                row.getLong("batch_number"),
                row.getLong("last_transaction_id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes("chain"));
    }

    private static Past past(ResultSet row) throws SQLException {
        return new Past(
                row.getLong("source_id"),
                row.getLong("destination_id"),
                row.getLong("amount_minor"),
                row.getBoolean("is_corrected"));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        var expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return new Hold(
                row.getLong("id"),
                TransactionType.of(row.getInt("type")),
                row.getLong("coin_id"),
                row.getLong("destination_id"),
                row.getLong("amount_minor"),
                row.getLong("remaining_minor"),
                Hold.State.valueOf(row.getString("state")),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
