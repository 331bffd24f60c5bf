package org.almonry.ledger.check;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The SQL that recomputes the ledger. It trusts no stored balance: each is computed again
/// from the amounts.
final class VerificationStore {
    /// Longer than the role's limit for a statement: a full recomputation of millions of
    /// rows takes its time.
    private static final String TIMEOUT = "set local statement_timeout = '300s'";

    private static final String SUMS = """
            select issuer_id, currency, currency_scale, sum(balance) as sum
              from ledger.coin
             group by issuer_id, currency, currency_scale
             order by issuer_id, currency
            """;

    /// Each entry must be the next of its coin, and its balance the sum of all amounts up
    /// to it.
    private static final String ENTRIES = """
            select 'coin_' || coin_id || ': entry ' || place || ' of txn_' || transaction_id
                   || ' has sequence ' || seq || ' and balance ' || balance_after
                   || ', computed ' || computed as fault
              from (select coin_id, seq, transaction_id, balance_after,
                           row_number() over by_id as place,
                           sum(amount_minor) over by_id as computed
                      from ledger.entry
                    window by_id as (partition by coin_id order by transaction_id)) e
             where seq <> place
                or balance_after <> computed
             limit :limit
            """;

    private static final String COINS = """
            select 'coin_' || c.id || ': balance ' || c.balance || ' and sequence ' || c.seq
                   || ', computed ' || coalesce(e.sum, 0) || ' and ' || coalesce(e.count, 0) as fault
              from ledger.coin c
              left join (select coin_id, sum(amount_minor) as sum, count(*) as count
                           from ledger.entry
                          group by coin_id) e on e.coin_id = c.id
             where c.balance <> coalesce(e.sum, 0)
                or c.seq <> coalesce(e.count, 0)
             limit :limit
            """;

    private static final String LEGS = """
            select 'txn_' || t.id || ': its coins do not fit each other' as fault
              from ledger.transaction t
              left join ledger.coin s on s.id = t.source_id
              left join ledger.coin d on d.id = t.destination_id
             where s.id is null
                or (t.destination_id is not null and d.id is null)
                or s.issuer_id <> d.issuer_id
                or s.currency <> d.currency
             limit :limit
            """;

    /// Every transaction belongs to a request, every request to a batch, and none is
    /// missing in between.
    private static final String HEAD = """
            select fault
              from (select 'transaction ids: ' || count(*) || ' rows up to txn_' || coalesce(max(id), 0)
                           || ', head ' || (select sum(last_transaction_id) from ledger.head) as fault,
                           count(*) = coalesce(max(id), 0)
                           and count(*) = (select sum(last_transaction_id) from ledger.head) as fine
                      from ledger.transaction
                     union all
                    select 'requests hold ' || coalesce(sum(transactions), 0) || ' transactions',
                           coalesce(sum(transactions), 0) = (select count(*) from ledger.transaction)
                      from ledger.request
                     union all
                    select 'batches: ' || count(*) || ' with ' || coalesce(sum(transactions), 0)
                           || ' transactions and ' || coalesce(sum(requests), 0) || ' requests',
                           count(*) = (select sum(batch_number) from ledger.head)
                           and coalesce(sum(transactions), 0) = (select count(*) from ledger.transaction)
                           and coalesce(sum(requests), 0) = (select count(*) from ledger.request)
                      from ledger.batch) checks
             where not fine
             limit :limit
            """;

    private static final String COUNTS = """
            select (select count(*) from ledger.coin) as coins,
                   (select count(*) from ledger.transaction) as transactions
            """;

    private static final String INSERT = """
            insert into ledger.verification (started_at, ended_at, transactions, faults)
            values (:startedAt, :endedAt, :transactions, :faults)
            """;

    private static final String LAST = """
            select started_at, ended_at, transactions, faults
              from ledger.verification
             order by id desc
             limit 1
            """;

    private record Sum(long issuerId, Currency currency, java.math.BigDecimal minor) {}

    private record Counts(long coins, long transactions) {}

    private VerificationStore() {}

    static void insert(Handle handle, Verifications.Past past) {
        handle.createUpdate(INSERT)
                .bind("startedAt", past.startedAt())
                .bind("endedAt", past.endedAt())
                .bind("transactions", past.transactions())
                .bind("faults", past.faults().toArray(String[]::new))
                .execute();
    }

    static Optional<Verifications.Past> last(Handle handle) {
        return handle.createQuery(LAST)
                .map((row, context) -> new Verifications.Past(
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                        row.getLong("transactions"),
                        List.of((String[]) row.getArray("faults").getArray())))
                .findOne();
    }

    static Verification verify(Handle handle) {
        return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, snapshot -> {
            snapshot.execute(TIMEOUT);
            return onSnapshot(snapshot);
        });
    }

    private static Verification onSnapshot(Handle handle) {
        var faults = new ArrayList<String>();
        var sums = new ArrayList<Money>();
        for (var sum : sums(handle)) {
            if (sum.minor().signum() != 0) {
                faults.add("issuer %d, %s: the coins sum to %s, not to zero"
                        .formatted(sum.issuerId(), sum.currency().code(), sum.minor()));
            }
            sums.add(new Money(sum.minor().longValue(), sum.currency()));
        }
        for (var check : List.of(ENTRIES, COINS, LEGS, HEAD)) {
            faults.addAll(faults(handle, check, Verification.FAULTS_MAX - faults.size()));
        }
        var counts = handle.createQuery(COUNTS)
                .map((row, context) ->
                        new Counts(row.getLong("coins"), row.getLong("transactions")))
                .one();
        return new Verification(sums, counts.coins(), counts.transactions(), faults);
    }

    private static List<Sum> sums(Handle handle) {
        return handle.createQuery(SUMS)
                .map((row, context) -> new Sum(
                        row.getLong("issuer_id"),
                        new Currency(row.getString("currency"), row.getInt("currency_scale")),
                        row.getBigDecimal("sum")))
                .list();
    }

    private static List<String> faults(Handle handle, String check, int limit) {
        return handle.createQuery(check)
                .bind("limit", Math.max(limit, 0))
                .map((row, context) -> row.getString("fault"))
                .list();
    }
}
