package org.almonry.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.core.Bootstrap;
import org.almonry.core.DatabaseConfig;
import org.almonry.core.Databases;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A migrated pair of databases for one test, on a PostgreSQL that the whole JVM shares.
///
/// The first call starts the cluster and migrates the templates (some seconds), each
/// further one copies them (some tenths). Connections are trusted, so passwords do not
/// matter; roles and grants are the real ones.
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int POOL_SIZE = 16;

    private final int port;
    private final String accountingName;
    private final String identityName;
    private final Databases databases;

    private TestDatabase(int port, String accountingName, String identityName) {
        this.port = port;
        this.accountingName = accountingName;
        this.identityName = identityName;
        this.databases = Databases.open(
                config(accountingName, "accounting_app"), config(identityName, "identity_app"));
    }

    /// A new pair, empty but for the migrations.
    public static TestDatabase fresh() {
        return fresh(Cluster.POSTGRES.getPort());
    }

    /// A new pair in another cluster, which [#prepare] has made ready.
    public static TestDatabase fresh(int port) {
        int number = COUNT.incrementAndGet();
        var accounting = "accounting_" + number;
        var identity = "identity_" + number;
        var admin = superuser(port, "postgres");
        // One copy at a time: a template must not be in use. A copy of files takes a fraction
        // of the time that the same takes through the write-ahead log.
        synchronized (TestDatabase.class) {
            admin.useHandle(handle -> {
                handle.execute("create database "
                        + accounting
                        + " template accounting owner accounting_owner strategy file_copy");
                handle.execute("create database "
                        + identity
                        + " template identity owner identity_owner strategy file_copy");
                // A copy does not take what was granted on the database itself.
                admit(handle, "accounting", accounting);
                admit(handle, "identity", identity);
            });
        }
        return new TestDatabase(port, accounting, identity);
    }

    /// Both, opened as the application roles.
    public Databases databases() {
        return databases;
    }

    /// As role accounting_app.
    public Jdbi accounting() {
        return databases.accounting();
    }

    /// As role identity_app.
    public Jdbi identity() {
        return databases.identity();
    }

    public String accountingUrl() {
        return url(accountingName);
    }

    public String identityUrl() {
        return url(identityName);
    }

    /// As the migrator, which acts as accounting_owner, who owns the tables. No test needs
    /// it to arrange; only to prove that it is refused.
    public Jdbi ownerJdbi() {
        return Jdbi.create(url(accountingName), "accounting_migrator", "")
                .installPlugin(new PostgresPlugin());
    }

    /// As superuser in the accounting database: for faults, such as ending a backend.
    public Jdbi superuserJdbi() {
        return superuser(port, accountingName);
    }

    @Override
    public void close() {
        databases.close();
        superuser(port, "postgres").useHandle(handle -> {
            handle.execute("drop database " + accountingName + " with (force)");
            handle.execute("drop database " + identityName + " with (force)");
        });
    }

    private DatabaseConfig config(String database, String user) {
        return new DatabaseConfig(url(database), user, Secret.of("unused"), POOL_SIZE);
    }

    private String url(String database) {
        return url(port, database);
    }

    private static void admit(Handle handle, String area, String database) {
        handle.execute("revoke all on database " + database + " from public");
        handle.execute("grant connect on database " + database + " to " + area + "_migrator, "
                + area + "_app");
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private static Jdbi superuser(int port, String database) {
        return Jdbi.create(url(port, database), "postgres", "").installPlugin(new PostgresPlugin());
    }

    /// Makes the templates in a new cluster.
    public static void prepare(int port) {
        var admin = new PGSimpleDataSource();
        admin.setUrl(url(port, "postgres"));
        admin.setUser("postgres");
        Bootstrap.run(admin);
        Databases.migrate(
                new DatabaseConfig(
                        url(port, "accounting"), "accounting_migrator", Secret.of("unused"), 1),
                new DatabaseConfig(
                        url(port, "identity"), "identity_migrator", Secret.of("unused"), 1));
        // The first to connect after a change of the schema writes down what every connection
        // begins with; done here, each copy has it already.
        for (var template : List.of("accounting", "identity")) {
            superuser(port, template).useHandle(handle -> handle.execute("select 1"));
        }
    }

    /// Started by the first use, ended by the library's shutdown hook.
    private static final class Cluster {
        private static final Path MEMORY = Path.of("/dev/shm");
        private static final long ENOUGH = 2L << 30;

        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(directory())
                        .setLocaleConfig("locale", "C.UTF-8")
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("shared_buffers", "128MB")
                        // What a test loses with the machine, it can make again.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_wal_size", "128MB")
                        .start();
                prepare(postgres.getPort());
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// In memory where there is room. A pair of databases is almost a thousand
        /// files, and ext4 searches long before it gives the places of files that were
        /// just deleted to new ones: on a disk each test would pay for those before it.
        private static Path directory() throws IOException {
            boolean fits = Files.isWritable(MEMORY)
                    && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH;
            return fits
                    ? Files.createTempDirectory(MEMORY, "almonry-test")
                    : Files.createTempDirectory("almonry-test");
        }
    }
}
