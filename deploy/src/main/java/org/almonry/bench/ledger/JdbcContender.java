package org.almonry.bench.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What an application without stored code does: a pool, row locks in order of ids, checks
/// in Java, one transaction per transfer. The same tables as the one function.
final class JdbcContender implements Contender {

    static final String NAME = "jdbc";

    private static final String DATABASE = "jdbc";
    private static final int POOL_SIZE = 16;
    private static final int WARM_CLIENTS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String KNOWN = "select id from fn.transfer where request_id = ?";
    private static final String LOCK = """
            select id, balance, seq
              from fn.wallet
             where id in (?, ?)
             order by id
               for update
            """;
    private static final String MOVE = "update fn.wallet set balance = ?, seq = ? where id = ?";
    private static final String RECORD = """
            insert into fn.transfer (request_id, source_id, destination_id, amount_minor,
                                     source_seq, source_after, destination_seq, destination_after)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final BenchServer server;
    private HikariDataSource pool = new HikariDataSource();

    JdbcContender(BenchServer server) {
        this.server = server;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "Java on virtual threads, HikariCP with " + POOL_SIZE
                + " connections: SELECT .. FOR UPDATE in order of wallets, checks in Java, updates, "
                + "one journal row, commit";
    }

    @Override
    public Tables tables() {
        return new Tables(DATABASE, "fn");
    }

    @Override
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (int clients : LedgerBench.CLIENTS) {
            cells.add(Cell.uniform(clients));
            cells.add(Cell.hot(clients));
        }
        return cells;
    }

    @Override
    public void prepare() throws IOException, SQLException, InterruptedException {
        server.create(DATABASE);
        SqlFiles.run(server, DATABASE, SqlFiles.resource("fn.sql"));
        var config = new HikariConfig();
        config.setJdbcUrl(server.url(DATABASE));
        config.setUsername(BenchServer.SUPERUSER);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setAutoCommit(false);
        config.setConnectionTimeout(PATIENCE.toMillis());
        pool = new HikariDataSource(config);
        run(Cell.uniform(WARM_CLIENTS), WARM_UP);
    }

    @Override
    public Run run(Cell cell, Duration window) throws InterruptedException {
        return ClosedLoop.run(cell.clients(), window, () -> {
            int payer = Load.payer();
            try (var connection = pool.getConnection()) {
                transfer(connection, RequestIds.next(), payer, cell.load().payee(payer));
                connection.commit();
            }
            return 1;
        });
    }

    private static void transfer(Connection connection, UUID request, long source, long destination)
            throws SQLException {
        try (var known = connection.prepareStatement(KNOWN)) {
            known.setObject(1, request);
            if (known.executeQuery().next()) {
                return;
            }
        }
        var wallets = new Wallet[2];
        try (var lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, source);
            lock.setLong(2, destination);
            var rows = lock.executeQuery();
            while (rows.next()) {
                wallets[rows.getLong(1) == source ? 0 : 1] =
                        new Wallet(rows.getLong(1), rows.getLong(2), rows.getLong(3));
            }
        }
        var payer = wallets[0].plus(-1);
        var payee = wallets[1].plus(1);
        if (payer.balance() < 0) {
            throw new SQLException("not enough");
        }
        try (var move = connection.prepareStatement(MOVE)) {
            for (var wallet : List.of(payer, payee)) {
                move.setLong(1, wallet.balance());
                move.setLong(2, wallet.seq());
                move.setLong(3, wallet.id());
                move.addBatch();
            }
            move.executeBatch();
        }
        try (var record = connection.prepareStatement(RECORD)) {
            record.setObject(1, request);
            record.setLong(2, source);
            record.setLong(3, destination);
            record.setLong(4, 1);
            record.setLong(5, payer.seq());
            record.setLong(6, payer.balance());
            record.setLong(7, payee.seq());
            record.setLong(8, payee.balance());
            record.executeUpdate();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Wallet(long id, long balance, long seq) {
        Wallet plus(long minor) {
            return new Wallet(id, Math.addExact(balance, minor), seq + 1);
        }
    }
}
