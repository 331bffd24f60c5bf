package org.almonry.accounting;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Reads the gifts of a project: parts of bookings that stand.
final class GiftStore {
    private static final String PAGE = """
            select transaction_id, project_id, effective_on, amount_minor, currency, details, place
              from accounting.gift
             where project_id = :project
               and transaction_id < :before
             order by transaction_id desc
             limit :limit
            """;

    private static final String ONE = """
            select transaction_id, project_id, effective_on, amount_minor, currency, details, place
              from accounting.gift
             where transaction_id = :id
            """;

    private final Jdbi jdbi;

    GiftStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A part of a booking, seen from its project.
    record Gift(
            long transactionId,
            String projectId,
            LocalDate on,
            Money amount,
            String milestoneId,
            List<String> incomingIds) {}

    /// Newest first, older than `before`.
    List<Gift> page(String projectId, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(PAGE)
                .bind("project", projectId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> gift(row))
                .list());
    }

    Optional<Gift> find(long transactionId) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE)
                .bind("id", transactionId)
                .map((row, context) -> gift(row))
                .findOne());
    }

    private static Gift gift(ResultSet row) throws SQLException {
        var details = BookingDetails.of(row.getString("details"));
        return new Gift(
                row.getLong("transaction_id"),
                row.getString("project_id"),
                row.getObject("effective_on", LocalDate.class),
                new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                details.shares().get(row.getInt("place")).milestone(),
                details.incoming());
    }
}
