package org.almonry.bench.ledger;

import org.almonry.audit.AuditLog;
import org.almonry.core.Databases;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.PostResult.Posted;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Our engine as a core runs it, with wallets that have funds.
final class Books implements AutoCloseable {

    static final String DATABASE = "accounting";
    static final String SCHEMA = "ledger";

    private static final int POOL_SIZE = 8;
    private static final long FUNDS_MINOR = 1_000_000_000;
    private static final int FUNDED_AT_ONCE = 4_000;

    /// As the application role; `openCoin` one by one would only take longer.
    private static final String OPEN_WALLETS = """
            insert into ledger.coin (issuer_id, currency, currency_scale, kind, name, owner, opened_at)
            select ?, 'EUR', 2, 'MEMBER', 'Wallet ' || n, 'wallet-' || n, now()
              from generate_series(1, ?) n
            returning id
            """;

    private final BenchServer server;
    private final int size;
    private @Nullable Open open;

    /// Opens nothing yet: a run without the engine needs no books.
    Books(BenchServer server, int size) {
        this.server = server;
        this.size = size;
    }

    /// Migrates, takes over the books, opens and funds the wallets; at the first call.
    void start() {
        if (open != null) {
            return;
        }
        var databases = server.almonry(POOL_SIZE);
        var accounting = databases.accounting();
        var ledger = engine(databases);
        long issuer = ledger.openIssuer("bench", "Bench");
        var wallets = accounting.withHandle(
                handle -> handle.select(OPEN_WALLETS, issuer, size).mapTo(Long.class).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
        open = new Open(databases, ledger, wallets);
        fund(ledger.openCoin(
                        new NewCoin(issuer, Currency.of("EUR"), CoinKind.ISSUING, "Bank", "bank"))
                .id());
    }

    private static Ledger engine(Databases databases) {
        var accounting = databases.accounting();
        var clock = Clock.systemUTC();
        var ledger = PostgresLedger.ledger(
                accounting,
                BusinessProcesses.journal(),
                new Outbox(accounting, clock),
                new AuditLog(accounting, clock),
                clock);
        ledger.start();
        return ledger;
    }

    /// Lets something else write while no engine runs, then starts a new one.
    void without(Work work) throws Exception {
        open().ledger.close();
        work.run();
        open().ledger = engine(open().databases);
    }

    /// What is done while no engine runs.
    interface Work {
        void run() throws Exception;
    }

    private Open open() {
        if (open == null) {
            throw new IllegalStateException("the books are not open");
        }
        return open;
    }

    private void fund(long bank) {
        for (int from = 0; from < size; from += FUNDED_AT_ONCE) {
            var requests = new ArrayList<PostRequest>();
            for (int i = from; i < Math.min(size, from + FUNDED_AT_ONCE); i++) {
                requests.add(request(new Issue(bank, coin(i), FUNDS_MINOR)));
            }
            requirePosted(ledger().postAll(requests));
        }
    }

    Databases databases() {
        return open().databases;
    }

    Ledger ledger() {
        return open().ledger;
    }

    /// The coin of a wallet.
    long coin(int wallet) {
        return open().wallets[wallet];
    }

    int size() {
        return size;
    }

    /// One transfer as the load has it.
    PostRequest transfer(Load load) {
        int payer = Load.payer();
        return transfer(payer, load.payee(payer));
    }

    PostRequest transfer(int payer, int payee) {
        return request(new Transfer(coin(payer), coin(payee), 1));
    }

    static void requirePosted(PostResult result) {
        if (!(result instanceof Posted)) {
            throw new IllegalStateException("not posted: " + result);
        }
    }

    static void requirePosted(List<PostResult> results) {
        results.forEach(Books::requirePosted);
    }

    private static PostRequest request(Operation operation) {
        return new PostRequest(
                RequestIds.next(),
                null,
                LocalDate.now(ZoneOffset.UTC),
                List.of(operation),
                List.of(),
                List.of(),
                List.of(),
                true);
    }

    @Override
    public void close() {
        if (open != null) {
            open.ledger.close();
            open.databases.close();
        }
    }

    private static final class Open {
        private final Databases databases;
        private Ledger ledger;
        private final long[] wallets;

        Open(Databases databases, Ledger ledger, long[] wallets) {
            this.databases = databases;
            this.ledger = ledger;
            this.wallets = wallets;
        }
    }
}
