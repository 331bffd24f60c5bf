package org.almonry.accounting;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the journal for export, and keeps which part of it went out in which file.
final class ExportStore {
    /// Rows that the database hands over at a time; the file is written as it is read.
    private static final int FETCH_SIZE = 2_000;

    private static final String UNFINISHED = """
            select number, after_id, last_id
              from accounting.export
             where channel = :channel and finished_at is null
            """;

    private static final String EXPORTED_TO = """
            select coalesce(max(last_id), 0)
              from accounting.export
             where channel = :channel
            """;

    private static final String JOURNAL_END = """
            select last_id
              from accounting.journal_end
            """;

    private static final String DECIDE = """
            insert into accounting.export (channel, after_id, last_id, decided_by, decided_at)
            values (:channel, :after, :last, :by, :at)
            on conflict (channel) where finished_at is null do nothing
            """;

    private static final String FINISH = """
            update accounting.export
               set finished_at = :at
             where number = :number and finished_at is null
            """;

    private static final String BY_ID = """
            select id, effective_on, recorded_at, type, source_id, source_kind, source_name,
                   destination_id, destination_kind, destination_name, amount_minor, currency,
                   process_id, process_kind, incoming_id, account_id, booking_date,
                   counterparty_name, counterparty_account, remittance, entry_reference
              from accounting.journal
             where id > :after and id <= :last
             order by id
            """;

    private static final String BY_DATE = """
            select id, effective_on, recorded_at, type, source_id, source_kind, source_name,
                   destination_id, destination_kind, destination_name, amount_minor, currency,
                   process_id, process_kind, incoming_id, account_id, booking_date,
                   counterparty_name, counterparty_account, remittance, entry_reference
              from accounting.journal
             where effective_on between :from and :to
             order by id
            """;

    private final Jdbi jdbi;

    ExportStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A part of the journal: transactions after one id up to another.
    record Range(long number, long after, long last) {}

    /// A leg of a transaction.
    record Leg(long coinId, String kind, String name) {}

    /// What a bank line says, for the transactions that come of one.
    record Origin(
            String incomingId,
            String accountId,
            LocalDate bookingDate,
            String counterpartyName,
            String counterpartyAccount,
            String remittance,
            String entryReference) {}

    /// One transaction.
    record Row(
            long id,
            LocalDate effectiveOn,
            Instant recordedAt,
            int type,
            Leg source,
            Leg destination,
            Money amount,
            String processId,
            String processKind,
            @Nullable Origin origin) {}

    /// What was decided and not finished before, or else all since then; empty if nothing
    /// is new.
    Optional<Range> next(String channel, String by, Instant at) {
        return jdbi.inTransaction(handle -> {
            var open = unfinished(handle, channel);
            if (open.isPresent()) {
                return open;
            }
            long after = handle.createQuery(EXPORTED_TO)
                    .bind("channel", channel)
                    .mapTo(Long.class)
                    .one();
            long last = handle.createQuery(JOURNAL_END).mapTo(Long.class).one();
            if (last <= after) {
                return Optional.empty();
            }
            handle.createUpdate(DECIDE)
                    .bind("channel", channel)
                    .bind("after", after)
                    .bind("last", last)
                    .bind("by", by)
                    .bind("at", at)
                    .execute();
            return unfinished(handle, channel);
        });
    }

    void finish(Range range, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(FINISH)
                .bind("number", range.number())
                .bind("at", at)
                .execute());
    }

    void read(Range range, Consumer<Row> each) {
        jdbi.useTransaction(handle -> handle.createQuery(BY_ID)
                .setFetchSize(FETCH_SIZE)
                .bind("after", range.after())
                .bind("last", range.last())
                .map((row, context) -> row(row))
                .useStream(rows -> rows.forEach(each)));
    }

    void read(LocalDate from, LocalDate to, Consumer<Row> each) {
        jdbi.useTransaction(handle -> handle.createQuery(BY_DATE)
                .setFetchSize(FETCH_SIZE)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> row(row))
                .useStream(rows -> rows.forEach(each)));
    }

    private static Optional<Range> unfinished(Handle handle, String channel) {
        return handle.createQuery(UNFINISHED)
                .bind("channel", channel)
                .map((row, context) -> new Range(
                        row.getLong("number"), row.getLong("after_id"), row.getLong("last_id")))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getInt("type"),
                new Leg(
                        row.getLong("source_id"),
                        row.getString("source_kind"),
                        row.getString("source_name")),
                new Leg(
                        row.getLong("destination_id"),
                        row.getString("destination_kind"),
                        row.getString("destination_name")),
                new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                text(row, "process_id"),
                text(row, "process_kind"),
                origin(row));
    }

    private static @Nullable Origin origin(ResultSet row) throws SQLException {
        String incomingId = row.getString("incoming_id");
        return incomingId == null
                ? null
                : new Origin(
                        incomingId,
                        row.getString("account_id"),
                        row.getObject("booking_date", LocalDate.class),
                        row.getString("counterparty_name"),
                        row.getString("counterparty_account"),
                        row.getString("remittance"),
                        row.getString("entry_reference"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value;
    }
}
