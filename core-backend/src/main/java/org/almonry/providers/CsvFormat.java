package org.almonry.providers;

import static java.util.Objects.requireNonNull;

/// How a CSV file writes dates, numbers and words.
///
/// `datePattern` such as "dd.MM.yyyy" (empty: ISO, a time after the date is ignored),
/// `decimalSign` "," or "." (empty: "."), `separator` one character (empty: found out from
/// the header line), `charset` such as "windows-1252" (empty: UTF-8), `outWord` and
/// `bookedWord` for the columns DIRECTION and STATE.
public record CsvFormat(
        String datePattern,
        String decimalSign,
        String separator,
        String charset,
        String outWord,
        String bookedWord) {
    public CsvFormat {
        requireNonNull(datePattern, "date pattern is null");
        requireNonNull(decimalSign, "decimal sign is null");
        requireNonNull(separator, "separator is null");
        requireNonNull(charset, "charset is null");
        requireNonNull(outWord, "out word is null");
        requireNonNull(bookedWord, "booked word is null");
    }

    /// Without the words.
    public CsvFormat(String datePattern, String decimalSign, String separator, String charset) {
        this(datePattern, decimalSign, separator, charset, "", "");
    }
}
