package org.almonry.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;

import javax.sql.DataSource;

/// Makes roles and databases in a new cluster, by `db/bootstrap.sql`: for demo and tests,
/// which own theirs. In production an operator runs the same file once with psql.
public final class Bootstrap {
    private static final String DATABASE_EXISTS = "42P04";
    private static final Set<String> LOGIN_ROLES =
            Set.of("accounting_migrator", "accounting_app", "identity_migrator", "identity_app");

    private Bootstrap() {}

    /// Runs the file as superuser; what exists already stays.
    public static void run(DataSource superuser) {
        try (var handle = Jdbi.open(superuser)) {
            for (var statement : statements()) {
                try {
                    handle.execute(statement);
                } catch (UnableToExecuteStatementException e) {
                    if (!(e.getCause() instanceof SQLException cause)
                            || !DATABASE_EXISTS.equals(cause.getSQLState())) {
                        throw e;
                    }
                }
            }
        }
    }

    /// Gives a login role its password.
    public static void setPassword(DataSource superuser, String role, String password) {
        if (!LOGIN_ROLES.contains(role) || !password.matches("[A-Za-z0-9_-]{16,128}")) {
            throw new IllegalArgumentException("no login role of ours, or no password of ours");
        }
        try (var handle = Jdbi.open(superuser)) {
            // The role comes from the list above and the password has no character to
            // quote.
            handle.execute("alter role " + role + " password '" + password + "'");
        }
    }

    private static String[] statements() {
        try (var file = Bootstrap.class.getResourceAsStream("/db/bootstrap.sql")) {
            if (file == null) {
                throw new IllegalStateException("db/bootstrap.sql is not in the build");
            }
            return new String(file.readAllBytes(), UTF_8).split("\n--;\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
