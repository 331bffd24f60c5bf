package org.almonry.ledger;

import org.almonry.ledger.postgres.CoinRows;
import org.almonry.ledger.postgres.Journals;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.TestDatabase;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The real books, for simulations.
final class PostgresStore implements SimulatedStore {
    private static final String SILENT = """
            update ledger.head
               set beat_at = '-infinity'
            """;

    private static final String HOLDS = """
            select id, type, coin_id, coalesce(destination_id, 0) as destination_id, amount_minor,
                   remaining_minor, state, expires_at
              from ledger.hold
             where id = any (:ids)
            """;

    private static final String PRESENT = """
            select id
              from ledger.request
             where id = any (:ids)
            """;

    private static final String LAST = """
            select last_transaction_id
              from ledger.head
            """;

    private static final String TIME = """
            select recorded_at
              from ledger.head
            """;

    private static final String DAY = """
            select effective_on
              from ledger.transaction
             where id = :id
            """;

    private final TestDatabase database;
    private final Clock clock;

    PostgresStore(TestDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Journal connect() {
        return Journals.journal(database.accounting(), clock);
    }

    @Override
    public Ledger register() {
        return Journals.ledger(database.accounting(), clock);
    }

    @Override
    public void ownerIsSilent() {
        read(handle -> handle.createUpdate(SILENT).execute());
    }

    @Override
    public List<Coin> coins(Collection<Long> ids) {
        return read(handle -> CoinRows.find(handle, ids));
    }

    @Override
    public long find(NewCoin coin) {
        return read(handle -> CoinRows.find(handle, coin.key())).map(Coin::id).orElse(0L);
    }

    @Override
    public List<Hold> holds(Collection<Long> ids) {
        return read(handle -> handle.createQuery(HOLDS)
                .bind("ids", ids.toArray(Long[]::new))
                .map((row, _) -> hold(row))
                .list());
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

    @Override
    public Set<UUID> present(Collection<UUID> requests) {
        return new HashSet<>(read(handle -> handle.createQuery(PRESENT)
                .bind("ids", requests.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list()));
    }

    @Override
    public Map<String, String> processes(Collection<String> ids) {
        return new BusinessProcesses(database.accounting()).states(ids);
    }

    @Override
    public long lastTransaction() {
        return read(handle -> handle.createQuery(LAST).mapTo(Long.class).one());
    }

    @Override
    public Instant time() {
        return read(handle ->
                handle.createQuery(TIME).mapTo(OffsetDateTime.class).one().toInstant());
    }

    @Override
    public LocalDate effectiveOn(long transaction) {
        return read(handle -> handle.createQuery(DAY)
                .bind("id", transaction)
                .mapTo(LocalDate.class)
                .one());
    }

    private <T> T read(Function<Handle, T> query) {
        return database.accounting().withHandle(query::apply);
    }
}
