package org.almonry.ledger;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import java.sql.SQLException;

/// What an error of the database means to the writer.
enum SqlFault {
    /// The request id is in the books already.
    REPEATED_REQUEST,
    /// The rows do not follow from the coins as they are (AL110).
    OLD_COINS,
    /// The connection is gone, and with it the knowledge of what was committed.
    CONNECTION,
    /// A deadlock, a time-out, a full disk: may pass.
    PASSING,
    /// The statement itself is at fault.
    OTHER;

    static SqlFault of(Throwable error) {
        var sql = sqlException(error);
        var state = sql == null ? null : sql.getSQLState();
        if (sql == null || state == null) {
            return OTHER;
        }
        if (state.equals("AL110")) {
            return OLD_COINS;
        }
        if (state.equals("23505") && "request_pkey".equals(constraint(sql))) {
            return REPEATED_REQUEST;
        }
        // Connection exceptions, shut-downs by an operator, and the end of a session that
        // idled too long.
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03")) {
            return CONNECTION;
        }
        return switch (state.substring(0, 2)) {
            case "40", "53", "55", "57", "58" -> PASSING;
            default -> OTHER;
        };
    }

    private static @Nullable SQLException sqlException(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static @Nullable String constraint(SQLException sql) {
        if (sql instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            return postgres.getServerErrorMessage().getConstraint();
        }
        return null;
    }
}
