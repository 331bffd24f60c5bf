package org.almonry.providers.bank;

import de.siegmar.fastcsv.reader.CsvRecord;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.CsvMapping.Column;
import org.almonry.providers.StatementRefused;
import org.jspecify.annotations.Nullable;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where in a CSV file the columns of a mapping are, and how their texts are read.
final class CsvColumns {
    private final CsvMapping mapping;
    private final char separator;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final int width;
    private final long line;
    private final @Nullable DateTimeFormatter dates;

    CsvColumns(CsvMapping mapping, char separator, List<String> header, long line)
            throws StatementRefused {
        this.mapping = mapping;
        this.separator = separator;
        this.width = header.size();
        this.line = line;
        mapping.columns().forEach((column, name) -> places.put(column, place(header, name)));
        this.dates = dates(mapping.format().datePattern());
    }

    /// The columns of a mapping that a line does not name, by the names that they should
    /// have.
    static List<String> missing(CsvMapping mapping, List<String> header) {
        var result = new ArrayList<String>();
        for (var name : mapping.columns().values()) {
            if (place(header, name) < 0) {
                result.add("\"" + Texts.clip(name, 60) + "\"");
            }
        }
        for (var column : List.of(Column.BOOKING_DATE, Column.AMOUNT)) {
            if (!mapping.columns().containsKey(column)) {
                result.add("a column for " + column);
            }
        }
        return result;
    }

    char separator() {
        return separator;
    }

    /// The number of the header line.
    long line() {
        return line;
    }

    /// A last row with fewer columns than the header was not written to its end.
    void refuseCutOff(CsvRecord last) throws StatementRefused {
        int needed = places.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        if (last.getFieldCount() < needed && last.getFieldCount() > 1) {
            throw new StatementRefused(
                    "the file is cut off in its last row: it has " + last.getFieldCount()
                            + " columns, the header " + width,
                    last.getStartingLineNumber(),
                    -1);
        }
    }

    /// Whether a row is money already.
    boolean isBooked(CsvRecord row) {
        var word = mapping.format().bookedWord();
        return word.isEmpty() || text(row, Column.STATE).equalsIgnoreCase(word);
    }

    /// Reads a row; refuses what makes no sense.
    CsvRow row(CsvRecord row, String raw, Currency currency) {
        var value = text(row, Column.VALUE_DATE);
        var balance = text(row, Column.BALANCE);
        return new CsvRow(
                date(text(row, Column.BOOKING_DATE)),
                value.isEmpty() ? null : date(value),
                signed(row, currency),
                Texts.name(text(row, Column.COUNTERPARTY_NAME)),
                Texts.account(text(row, Column.COUNTERPARTY_ACCOUNT)),
                Texts.remittance(text(row, Column.REMITTANCE).lines().toList()),
                Texts.reference(text(row, Column.REFERENCE)),
                balance.isEmpty() ? null : money(balance, currency),
                raw);
    }

    private Money signed(CsvRecord row, Currency currency) {
        var in = text(row, Column.AMOUNT);
        var out = text(row, Column.DEBIT);
        if (in.isEmpty() && out.isEmpty()) {
            throw new IllegalArgumentException("it has no amount");
        }
        var amount = in.isEmpty() ? Money.zero(currency) : money(in, currency);
        if (!out.isEmpty()) {
            var debit = money(out, currency);
            return amount.minus(debit.isNegative() ? debit.negate() : debit);
        }
        if (mapping.columns().containsKey(Column.DIRECTION)
                && text(row, Column.DIRECTION).equalsIgnoreCase(mapping.format().outWord())) {
            return amount.isNegative() ? amount : amount.negate();
        }
        return amount;
    }

    /// Numbers as people write them: grouped by points, commas, spaces or apostrophes, with
    /// a currency behind.
    private Money money(String text, Currency currency) {
        boolean comma = mapping.format().decimalSign().equals(",");
        var plain = text.replaceAll("[\\s\\u00a0\\u202f'’]", "")
                .replace(currency.code(), "")
                .replace('−', '-')
                .replace(comma ? "." : ",", "");
        return Texts.amount(comma ? plain.replace(',', '.') : plain, currency);
    }

    private LocalDate date(String text) {
        if (dates == null) {
            return Texts.date(text);
        }
        try {
            // The pattern may be that of the day only, while the bank writes the time
            // behind it.
            return LocalDate.from(dates.parse(text, new ParsePosition(0)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + Texts.clip(text, 40) + "\" is no date", e);
        }
    }

    private String text(CsvRecord row, Column column) {
        var place = places.get(column);
        return place == null || place >= row.getFieldCount()
                ? ""
                : row.getField(place).strip();
    }

    private static int place(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().equalsIgnoreCase(name.strip())) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable DateTimeFormatter dates(String pattern) throws StatementRefused {
        if (pattern.isEmpty()) {
            return null;
        }
        try {
            // With the year of an era, "31.02." would be accepted as the last day of the
            // month.
            return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'))
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new StatementRefused("the mapping's date pattern is none", -1, -1, e);
        }
    }
}
