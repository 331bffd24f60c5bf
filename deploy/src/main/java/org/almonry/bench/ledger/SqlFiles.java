package org.almonry.bench.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// SQL of the peers: ours from the build, pgledger's from the checkout of who runs this.
final class SqlFiles {

    private SqlFiles() {}

    static String resource(String name) throws IOException {
        try (var file = SqlFiles.class.getResourceAsStream("/bench/" + name)) {
            if (file == null) {
                throw new IllegalStateException("bench/" + name + " is not in the build");
            }
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    /// In the order that its README says.
    static List<Path> ofPgledger(@Nullable Path checkout) {
        if (checkout == null) {
            return List.of();
        }
        var ulid = checkout.resolve("vendor/scoville-pgsql-ulid");
        return List.of(
                ulid.resolve("ulid-to-uuid.sql"),
                ulid.resolve("uuid-to-ulid.sql"),
                checkout.resolve("pgledger.sql"));
    }

    /// Runs a file of many statements as it is, so nothing in it is taken for a parameter.
    static void run(BenchServer server, String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        server.url(database), BenchServer.SUPERUSER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
