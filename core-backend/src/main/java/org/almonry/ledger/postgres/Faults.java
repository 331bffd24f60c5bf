package org.almonry.ledger.postgres;

import org.almonry.ledger.Journal.Fault;
import org.almonry.ledger.Journal.Fault.Kind;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import java.sql.SQLException;

/// What errors of the database mean to the writer.
final class Faults {
    private Faults() {}

    static Fault of(Throwable error) {
        var sql = sqlException(error);
        var kind = sql == null ? Kind.OTHER : isHangUp(sql) ? Kind.CONNECTION : kind(sql);
        return new Fault(kind, String.valueOf(error.getMessage()), error);
    }

    /// Connection exceptions, shut-downs by an operator, and the end of a session that idled
    /// too long. A server that goes down in panic says its reason first, a full disk say, and
    /// only the next exception is that of the connection; the pool gives no state when a
    /// connection is closed already.
    private static boolean isHangUp(SQLException sql) {
        for (SQLException each = sql; each != null; each = each.getNextException()) {
            var state = each.getSQLState();
            if (state == null
                    || state.startsWith("08")
                    || state.startsWith("57P")
                    || state.equals("25P03")
                    || state.equals("25P04")) {
                return true;
            }
        }
        return false;
    }

    private static Kind kind(SQLException sql) {
        var state = sql.getSQLState();
        return switch (state) {
            // A number out of range: a credit limit grew while it was judged by the old one.
            case "AL110", "22003" -> Kind.OLD_PICTURE;
            case "AL120" -> Kind.REPLACED;
            case "AL130" -> Kind.HALTED;
            // Another writer of coins was first, or a correction repeats one.
            case "23505" ->
                "request_pkey".equals(constraint(sql)) ? Kind.REPEATED_REQUEST : Kind.OLD_PICTURE;
            default ->
                switch (state.substring(0, Math.min(2, state.length()))) {
                    case "40", "53", "55", "57", "58" -> Kind.PASSING;
                    default -> Kind.OTHER;
                };
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
