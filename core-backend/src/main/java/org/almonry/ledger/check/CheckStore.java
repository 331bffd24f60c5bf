package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The SQL of runs and halts.
final class CheckStore {
    private static final String LAST = """
            select started_at, ended_at, batch_number, last_transaction_id, chain, next_coin_id, next_batch,
                   transactions, coins, complete, faults
              from ledger.check_run
             order by id desc
             limit 1
            """;

    private static final String INSERT = """
            insert into ledger.check_run
                   (started_at, ended_at, batch_number, last_transaction_id, chain, next_coin_id, next_batch,
                    transactions, coins, complete, faults)
            values (:startedAt, :endedAt, :batch, :transaction, :chain, :nextCoin, :nextBatch,
                    :transactions, :coins, :complete, :faults)
            """;

    private static final String HALT = """
            select t.at, t.who, t.why
              from ledger.head h
             cross join lateral (select at, who, why
                                   from ledger.halt
                                  where halted
                                  order by id desc
                                  limit 1) t
             where h.halted_at is not null
            """;

    private static final String SET_HALTED =
            "select ledger.set_halted(:halted, :who, :why, :accepted)";

    /// Lifting is rare, and what is accepted by it is short.
    private static final String ACCEPTED = """
            select distinct unnest(accepted)
              from ledger.halt
             where not halted
            """;

    private static final String EXTEND = "select ledger.extend_journal()";

    private CheckStore() {}

    static CheckRun last(Handle handle) {
        return handle.createQuery(LAST).map(CheckStore::run).findOne().orElseGet(CheckRun::none);
    }

    static void insert(Handle handle, CheckRun run) {
        handle.createUpdate(INSERT)
                .bind("startedAt", run.startedAt())
                .bind("endedAt", run.endedAt())
                .bind("batch", run.batch())
                .bind("transaction", run.transaction())
                .bind("chain", run.chain())
                .bind("nextCoin", run.nextCoin())
                .bind("nextBatch", run.nextBatch())
                .bind("transactions", run.transactions())
                .bind("coins", run.coins())
                .bind("complete", run.isComplete())
                .bind("faults", run.faults().toArray(String[]::new))
                .execute();
    }

    static Optional<Halt> halt(Handle handle) {
        return handle.createQuery(HALT)
                .map((row, context) -> new Halt(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("who"),
                        row.getString("why")))
                .findOne();
    }

    /// False if it was so already.
    static boolean setHalted(
            Handle handle, boolean halted, String who, String why, List<String> accepted) {
        return handle.createQuery(SET_HALTED)
                .bind("halted", halted)
                .bind("who", who)
                .bind("why", why)
                .bind("accepted", accepted.toArray(String[]::new))
                .mapTo(Boolean.class)
                .one();
    }

    static List<String> accepted(Handle handle) {
        return handle.createQuery(ACCEPTED).mapTo(String.class).list();
    }

    static int extendJournal(Handle handle) {
        return handle.createQuery(EXTEND).mapTo(Integer.class).one();
    }

    private static CheckRun run(ResultSet row, StatementContext context) throws SQLException {
        return new CheckRun(
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                row.getLong("batch_number"),
                row.getLong("last_transaction_id"),
                row.getBytes("chain"),
                row.getLong("next_coin_id"),
                row.getLong("next_batch"),
                row.getLong("transactions"),
                row.getLong("coins"),
                row.getBoolean("complete"),
                List.of((String[]) row.getArray("faults").getArray()));
    }
}
