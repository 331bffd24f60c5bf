package org.almonry.bench.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.bench.ledger.Contender.Tables;
import org.almonry.core.Bootstrap;
import org.almonry.core.DatabaseConfig;
import org.almonry.core.Databases;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The one PostgreSQL that all contenders share, durable and with its settings said.
final class BenchServer implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String LOOPBACK = "127.0.0.1";

    /// What differs from PostgreSQL's own defaults, and what must not differ from them.
    private static final Map<String, String> SETTINGS = settings();

    private static final String BYTES = """
            select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ?
               and c.relkind = 'r'
            """;

    private final EmbeddedPostgres server;

    private BenchServer(EmbeddedPostgres server) {
        this.server = server;
    }

    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        settings.put("shared_buffers", "4GB");
        settings.put("max_wal_size", "16GB");
        settings.put("checkpoint_timeout", "10min");
        settings.put("max_connections", "400");
        return settings;
    }

    static BenchServer start(Path folder) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setCleanDataDirectory(true)
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("listen_addresses", LOOPBACK);
        SETTINGS.forEach(builder::setServerConfig);
        return new BenchServer(builder.start());
    }

    int port() {
        return server.getPort();
    }

    String url(String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port() + "/" + database;
    }

    Jdbi superuser(String database) {
        return Jdbi.create(url(database), SUPERUSER, "").installPlugin(new PostgresPlugin());
    }

    void create(String database) {
        superuser(SUPERUSER).useHandle(handle -> handle.execute("create database " + database));
    }

    /// Both databases of Almonry, migrated; opened as the application roles.
    Databases almonry(int poolSize) {
        Bootstrap.run(server.getPostgresDatabase());
        Databases.migrate(
                config("accounting", "accounting_migrator", 1),
                config("identity", "identity_migrator", 1));
        return Databases.open(
                config("accounting", "accounting_app", poolSize),
                config("identity", "identity_app", 2));
    }

    private DatabaseConfig config(String database, String user, int poolSize) {
        return new DatabaseConfig(url(database), user, Secret.of("unused"), poolSize);
    }

    /// Tables, indexes and all of this schema, without the room that many clients at once
    /// make ahead at the end of a table: a vacuum gives that back.
    long bytes(Tables tables) {
        superuser(tables.database()).useHandle(handle -> handle.execute("vacuum"));
        return number(tables.database(), BYTES, tables.schema());
    }

    /// Everything that was ever written to the write-ahead log.
    long wal() {
        return number(SUPERUSER, "select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
    }

    private long number(String database, String sql, Object... values) {
        return superuser(database)
                .withHandle(
                        handle -> handle.select(sql, values).mapTo(Long.class).one());
    }

    /// As the server sees them, with its version.
    Map<String, String> described() {
        return superuser(SUPERUSER).withHandle(handle -> {
            var result = new LinkedHashMap<String, String>();
            for (var name : SETTINGS.keySet()) {
                result.put(
                        name, handle.select("show " + name).mapTo(String.class).one());
            }
            for (var name : new String[] {"wal_sync_method", "data_checksums", "autovacuum"}) {
                result.put(
                        name, handle.select("show " + name).mapTo(String.class).one());
            }
            return result;
        });
    }

    String version() {
        return superuser(SUPERUSER)
                .withHandle(handle ->
                        handle.select("show server_version").mapTo(String.class).one());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
