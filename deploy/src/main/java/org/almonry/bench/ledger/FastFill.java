package org.almonry.bench.ledger;

import org.almonry.ledger.proof.BatchSeal;
import org.almonry.ledger.proof.LeafWriter;
import org.almonry.ledger.proof.Merkle;
import org.almonry.ledger.proof.RequestLeaf;
import org.postgresql.PGConnection;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/// Continues the books by `COPY`, several times as fast as the engine and with exactly what
/// it would have left: balances, sequences, seals and chain. Only while no engine runs. What
/// it wrote is judged by the verifier, as everything else.
final class FastFill {

    private static final int BATCHES_AT_ONCE = 8;
    private static final int DIGEST_BYTES = 32;

    /// The triggers would prove each row; the superuser goes around them.
    private static final String WITHOUT_TRIGGERS = "set session_replication_role = replica";

    private static final String WALLETS = """
            select id, owner, seq, balance, issuer_id
              from ledger.coin
             where kind = 'MEMBER'
             order by id
            """;
    private static final String HEAD = """
            select epoch, batch_number, last_transaction_id, chain
              from ledger.head
             where shard = 0
            """;
    private static final String BATCH = """
            insert into ledger.batch (shard, number, epoch, first_transaction_id, transactions, requests,
                                      recorded_at, root, request_root, chain)
            values (0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String MOVE_HEAD = """
            update ledger.head
               set batch_number = ?, last_transaction_id = ?, recorded_at = ?, chain = ?
             where shard = 0
            """;
    private static final String MOVE_COINS = """
            update ledger.coin c
               set seq = u.seq, balance = u.balance
              from unnest(?, ?, ?) u (id, seq, balance)
             where c.id = u.id
            """;

    private final Connection connection;
    private final LeafWriter leaf = new LeafWriter();
    private final int hotOneIn;
    private long[] coins = {};
    private String[] owners = {};
    private long[] seqs = {};
    private long[] balances = {};
    private long issuer;
    private long epoch;
    private long batch;
    private long last;
    private byte[] chain = BatchSeal.NO_CHAIN;

    private FastFill(Connection connection, int hotOneIn) {
        this.connection = connection;
        this.hotOneIn = hotOneIn;
    }

    /// Posts transfers until there are this many transactions.
    static void run(BenchServer server, long transactions, int hotOneIn, LongConsumer reached)
            throws SQLException, IOException, InterruptedException {
        try (var connection = DriverManager.getConnection(
                        server.url(Books.DATABASE), BenchServer.SUPERUSER, "");
                var sender = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            var fill = new FastFill(connection, hotOneIn);
            fill.read();
            fill.fill(transactions, sender, reached);
            fill.moveCoins();
        }
    }

    private void read() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(WITHOUT_TRIGGERS);
            var wallets = new ArrayList<TransferRow.Leg>();
            var rows = statement.executeQuery(WALLETS);
            while (rows.next()) {
                wallets.add(new TransferRow.Leg(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
                issuer = rows.getLong(5);
            }
            coins = wallets.stream().mapToLong(TransferRow.Leg::coin).toArray();
            owners = wallets.stream().map(TransferRow.Leg::owner).toArray(String[]::new);
            seqs = wallets.stream().mapToLong(TransferRow.Leg::seq).toArray();
            balances = wallets.stream().mapToLong(TransferRow.Leg::balance).toArray();
            var head = statement.executeQuery(HEAD);
            head.next();
            epoch = head.getLong(1);
            batch = head.getLong(2);
            last = head.getLong(3);
            chain = head.getBytes(4);
        }
        connection.commit();
    }

    /// Rows are made while those before them are copied.
    private void fill(long transactions, ExecutorService sender, LongConsumer reached)
            throws IOException, InterruptedException {
        Future<?> sending = sender.submit(() -> {});
        while (last < transactions) {
            var rows = new CopyRows(Books.SCHEMA);
            var seals = new ArrayList<BatchSeal>();
            for (int i = 0; i < BATCHES_AT_ONCE && last < transactions; i++) {
                seals.add(batch(rows, (int) Math.min(Cell.MANY, transactions - last)));
            }
            await(sending);
            var end = chain;
            sending = sender.submit(() -> {
                send(rows, seals, end);
                return null;
            });
            reached.accept(last);
        }
        await(sending);
    }

    private static void await(Future<?> sending) throws InterruptedException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fill failed: " + e.getCause(), e.getCause());
        }
    }

    private BatchSeal batch(CopyRows rows, int size) throws IOException {
        var random = ThreadLocalRandom.current();
        var at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        var leaves = new ArrayList<byte[]>(size);
        var requests = new ArrayList<RequestLeaf>(size);
        long first = last + 1;
        batch++;
        for (int i = 0; i < size; i++) {
            int payer = random.nextInt(1, coins.length);
            int payee = random.nextInt(hotOneIn) == 0 ? 0 : other(payer);
            var digest = new byte[DIGEST_BYTES];
            random.nextBytes(digest);
            var row = new TransferRow(
                    ++last, RequestIds.next(), move(payer, -1), move(payee, 1), at, day);
            rows.add(row, batch, digest);
            leaves.add(row.leaf(leaf, issuer));
            requests.add(row.request(digest));
        }
        var seal = new BatchSeal(
                (short) 0,
                batch,
                epoch,
                first,
                size,
                size,
                at,
                Merkle.root(leaves),
                RequestLeaf.root(requests),
                chain);
        chain = seal.chain();
        return seal;
    }

    private int other(int payer) {
        int payee = ThreadLocalRandom.current().nextInt(coins.length - 1);
        return payee < payer ? payee : payee + 1;
    }

    private TransferRow.Leg move(int wallet, long minor) {
        seqs[wallet]++;
        balances[wallet] += minor;
        return new TransferRow.Leg(coins[wallet], owners[wallet], seqs[wallet], balances[wallet]);
    }

    private void send(CopyRows rows, List<BatchSeal> seals, byte[] end)
            throws SQLException, IOException {
        rows.send(connection.unwrap(PGConnection.class).getCopyAPI());
        try (var insert = connection.prepareStatement(BATCH);
                var move = connection.prepareStatement(MOVE_HEAD);
                var extend = connection.prepareStatement("select ledger.extend_journal()")) {
            for (int i = 0; i < seals.size(); i++) {
                var seal = seals.get(i);
                insert.setLong(1, seal.number());
                insert.setLong(2, seal.epoch());
                insert.setLong(3, seal.first());
                insert.setLong(4, seal.transactions());
                insert.setLong(5, seal.requests());
                insert.setObject(6, OffsetDateTime.ofInstant(seal.recordedAt(), ZoneOffset.UTC));
                insert.setBytes(7, seal.root());
                insert.setBytes(8, seal.requestRoot());
                insert.setBytes(9, i + 1 < seals.size() ? seals.get(i + 1).previousChain() : end);
                insert.addBatch();
            }
            insert.executeBatch();
            var newest = seals.getLast();
            move.setLong(1, newest.number());
            move.setLong(2, newest.first() + newest.transactions() - 1);
            move.setObject(3, OffsetDateTime.ofInstant(newest.recordedAt(), ZoneOffset.UTC));
            move.setBytes(4, end);
            move.executeUpdate();
            extend.execute();
        }
        connection.commit();
    }

    private void moveCoins() throws SQLException {
        try (var move = connection.prepareStatement(MOVE_COINS)) {
            var driver = connection.unwrap(PGConnection.class);
            move.setArray(1, driver.createArrayOf("int8", coins));
            move.setArray(2, driver.createArrayOf("int8", seqs));
            move.setArray(3, driver.createArrayOf("int8", balances));
            move.executeUpdate();
        }
        connection.commit();
    }
}
