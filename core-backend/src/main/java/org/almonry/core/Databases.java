package org.almonry.core;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;

import io.micrometer.core.instrument.MeterRegistry;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

import java.time.Duration;

import javax.sql.DataSource;

/// The two databases, each with its own pool and role. No transaction spans both.
///
/// Opening refuses a schema that lacks migrations of this build; newer ones are fine, since
/// every migration must run while the release before it is serving.
public final class Databases implements AutoCloseable {
    /// A request that waits longer for a connection is better refused than served late.
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    /// Uses of a statement before the server keeps its plan.
    private static final String PREPARE_AFTER = "3";

    private final HikariDataSource accountingPool;
    private final HikariDataSource identityPool;
    private final Jdbi accounting;
    private final Jdbi identity;

    private Databases(HikariDataSource accountingPool, HikariDataSource identityPool) {
        this.accountingPool = accountingPool;
        this.identityPool = identityPool;
        this.accounting = jdbi(accountingPool);
        this.identity = jdbi(identityPool);
    }

    /// Opens both as the application roles.
    public static Databases open(DatabaseConfig accounting, DatabaseConfig identity) {
        requireMigrated("accounting", accounting);
        requireMigrated("identity", identity);
        var accountingPool = pool("accounting", accounting);
        try {
            return new Databases(accountingPool, pool("identity", identity));
        } catch (RuntimeException e) {
            accountingPool.close();
            throw e;
        }
    }

    /// Brings both to the schema of this build, as the migrator roles.
    public static void migrate(DatabaseConfig accounting, DatabaseConfig identity) {
        flyway("accounting", accounting).load().migrate();
        flyway("identity", identity).load().migrate();
    }

    public Jdbi accounting() {
        return accounting;
    }

    public Jdbi identity() {
        return identity;
    }

    /// For what speaks JDBC itself: the job scheduler.
    public DataSource accountingSource() {
        return accountingPool;
    }

    /// For what speaks JDBC itself: the job scheduler.
    public DataSource identitySource() {
        return identityPool;
    }

    /// Whether both answer within a second: for readiness.
    public boolean areReady() {
        return isReady(accountingPool) && isReady(identityPool);
    }

    /// Reports both pools to a registry; at most once.
    void measure(MeterRegistry meters) {
        accountingPool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        identityPool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    }

    @Override
    public void close() {
        accountingPool.close();
        identityPool.close();
    }

    private static boolean isReady(DataSource source) {
        try (var connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (java.sql.SQLException e) {
            return false;
        }
    }

    private static Jdbi jdbi(DataSource source) {
        return Jdbi.create(source).installPlugin(new PostgresPlugin());
    }

    private static HikariDataSource pool(String name, DatabaseConfig config) {
        var hikari = new HikariConfig();
        hikari.setPoolName(name);
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password().reveal());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setMinimumIdle(Math.min(2, config.poolSize()));
        hikari.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        hikari.addDataSourceProperty("ApplicationName", "almonry-core");
        hikari.addDataSourceProperty("prepareThreshold", PREPARE_AFTER);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(hikari);
    }

    private static void requireMigrated(String name, DatabaseConfig config) {
        var pending = flyway(name, config).load().info().pending();
        if (pending.length > 0) {
            throw new IllegalStateException(
                    "database %s lacks %d migrations, the first is %s: run migrate first"
                            .formatted(name, pending.length, pending[0].getScript()));
        }
    }

    private static FluentConfiguration flyway(String name, DatabaseConfig config) {
        return Flyway.configure()
                .dataSource(config.url(), config.user(), config.password().reveal())
                .locations("classpath:db/" + name)
                .defaultSchema("migration")
                .createSchemas(true)
                // Number ranges belong to packages, so a later release adds to the middle.
                .outOfOrder(true)
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .cleanDisabled(true);
    }
}
