package org.almonry.accounting;

import org.almonry.money.Currency;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Stores exchange rates; they are only ever added.
final class RateStore {
    private static final String ADD = """
            insert into accounting.rate (base, quote, rate, source, on_date, added_by, added_at)
            values (:base, :quote, :rate, :source, :date, :by, :at)
            on conflict (base, quote, on_date, source) do nothing
            """;

    private static final String THE_ONE = """
            select base, quote, rate, source, on_date
              from accounting.rate
             where base = :base and quote = :quote and on_date = :date and source = :source
            """;

    private static final String NEWEST = """
            select base, quote, rate, source, on_date
              from accounting.rate
             order by on_date desc, number desc
             limit :limit
            """;

    private static final String LATEST_OF_PAIR = """
            select base, quote, rate, source, on_date
              from accounting.rate
             where on_date <= :date
               and ((base = :one and quote = :other) or (base = :other and quote = :one))
             order by on_date desc, number desc
             limit 1
            """;

    private final Jdbi jdbi;

    RateStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// False if that day, direction and source has a rate.
    boolean add(ExchangeRate rate, String by, Instant at) {
        return jdbi.withHandle(handle -> handle.createUpdate(ADD)
                        .bind("base", rate.base().code())
                        .bind("quote", rate.quote().code())
                        .bind("rate", rate.rate())
                        .bind("source", rate.source())
                        .bind("date", rate.date())
                        .bind("by", by)
                        .bind("at", at)
                        .execute())
                == 1;
    }

    /// The rate that stands in the way of adding this one.
    ExchangeRate sameDay(ExchangeRate rate) {
        return jdbi.withHandle(handle -> handle.createQuery(THE_ONE)
                .bind("base", rate.base().code())
                .bind("quote", rate.quote().code())
                .bind("date", rate.date())
                .bind("source", rate.source())
                .map((row, context) -> rate(row))
                .one());
    }

    List<ExchangeRate> newest(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(NEWEST)
                .bind("limit", limit)
                .map((row, context) -> rate(row))
                .list());
    }

    /// The latest rate of two currencies, in either direction, that was known on a day.
    Optional<ExchangeRate> latest(Currency one, Currency other, LocalDate date) {
        return jdbi.withHandle(handle -> handle.createQuery(LATEST_OF_PAIR)
                .bind("one", one.code())
                .bind("other", other.code())
                .bind("date", date)
                .map((row, context) -> rate(row))
                .findOne());
    }

    private static ExchangeRate rate(ResultSet row) throws SQLException {
        return new ExchangeRate(
                Currency.of(row.getString("base")),
                Currency.of(row.getString("quote")),
                row.getBigDecimal("rate"),
                row.getString("source"),
                row.getObject("on_date", LocalDate.class));
    }
}
