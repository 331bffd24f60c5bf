package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// Which column of a CSV file means what, since every bank calls them otherwise.
///
/// `account` and `currency` hold for the whole file. Columns are named as in the file's
/// header line; lines before that line are skipped. Booking date and amount are required.
public record CsvMapping(
        String account, String currency, Map<Column, String> columns, CsvFormat format) {
    /// A meaning that a column can have.
    public enum Column {
        BOOKING_DATE,
        VALUE_DATE,
        /// Signed, or unsigned beside [#DIRECTION], or only money in beside [#DEBIT].
        AMOUNT,
        /// Money out, where that has a column of its own; signed or not.
        DEBIT,
        /// A word that says in or out; see [CsvFormat#outWord].
        DIRECTION,
        COUNTERPARTY_NAME,
        COUNTERPARTY_ACCOUNT,
        REMITTANCE,
        REFERENCE,
        /// The balance after the line.
        BALANCE,
        /// A word that says whether the line is booked; see [CsvFormat#bookedWord].
        STATE
    }

    public CsvMapping {
        requireNonNull(account, "account is null");
        requireNonNull(currency, "currency is null");
        columns = Map.copyOf(columns);
        requireNonNull(format, "format is null");
    }
}
