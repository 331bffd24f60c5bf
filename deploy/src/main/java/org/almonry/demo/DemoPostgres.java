package org.almonry.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.core.Bootstrap;

import java.io.IOException;

/// A real PostgreSQL for the demo: one cluster, the two databases, roles as in production.
///
/// The embedded library's own defaults are made for throw-away tests; durability is
/// switched back on, because the demo shows what a crash leaves.
final class DemoPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    private DemoPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static DemoPostgres start(DemoLayout layout) throws IOException {
        var server = EmbeddedPostgres.builder()
                .setPort(layout.postgresPort())
                .setDataDirectory(layout.postgresData())
                .setOverrideWorkingDirectory(layout.postgresBinaries().toFile())
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", DemoLayout.LOOPBACK)
                .setServerConfig("max_connections", "100")
                .start();
        return new DemoPostgres(server);
    }

    /// Makes roles and databases as `db/bootstrap.sql` says, and gives the login roles
    /// their passwords.
    void bootstrap(DemoConfigs configs) throws IOException {
        var superuser = server.getPostgresDatabase();
        Bootstrap.run(superuser);
        for (var database : new String[] {"accounting", "identity"}) {
            for (var role : new String[] {database + "_migrator", database + "_app"}) {
                Bootstrap.setPassword(superuser, role, configs.secret(role));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
