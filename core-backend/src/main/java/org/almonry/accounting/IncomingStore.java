package org.almonry.accounting;

import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads incoming rows.
final class IncomingStore {
    private static final String ONE = """
            select id, account_id, statement_number, position, booking_date, value_date,
                   amount_minor, currency, counterparty_name, counterparty_account, remittance,
                   entry_reference, end_to_end_id, bank_code, raw, fetched_at
              from accounting.incoming
             where id = :id
            """;

    private static final String SEVERAL = """
            select id, account_id, statement_number, position, booking_date, value_date,
                   amount_minor, currency, counterparty_name, counterparty_account, remittance,
                   entry_reference, end_to_end_id, bank_code, '' as raw, fetched_at
              from accounting.incoming
             where id = any (:ids)
             order by id
            """;

    private static final String OF_STATEMENT = """
            select id, account_id, statement_number, position, booking_date, value_date,
                   amount_minor, currency, counterparty_name, counterparty_account, remittance,
                   entry_reference, end_to_end_id, bank_code, '' as raw, fetched_at
              from accounting.incoming
             where statement_number = :statement
               and position > :after
             order by position
             limit :limit
            """;

    private final Jdbi jdbi;

    IncomingStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// One line with its raw text.
    Optional<Incoming> find(String id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    /// One line with its raw text, in the caller's transaction.
    static Optional<Incoming> find(Handle handle, String id) {
        return handle.createQuery(ONE)
                .bind("id", id)
                .map((row, context) -> incoming(row))
                .findOne();
    }

    /// Lines without raw text, in the order of their ids (the order in which they came).
    List<Incoming> all(Collection<String> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(SEVERAL)
                .bindArray("ids", String.class, ids.toArray())
                .map((row, context) -> incoming(row))
                .list());
    }

    /// The lines that a statement brought first, from a position on, without raw text.
    List<Incoming> ofStatement(long statement, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_STATEMENT)
                .bind("statement", statement)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> incoming(row))
                .list());
    }

    private static Incoming incoming(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new Incoming(
                id,
                row.getString("account_id"),
                IncomingIds.process(id),
                row.getLong("statement_number"),
                row.getLong("position"),
                row.getObject("booking_date", LocalDate.class),
                row.getObject("value_date", LocalDate.class),
                Money.of(row.getLong("amount_minor"), row.getString("currency")),
                row.getString("counterparty_name"),
                row.getString("counterparty_account"),
                row.getString("remittance"),
                row.getString("entry_reference"),
                row.getString("end_to_end_id"),
                row.getString("bank_code"),
                row.getString("raw"),
                instant(row, "fetched_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
