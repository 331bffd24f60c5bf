package org.almonry.providers.bank;

import org.almonry.providers.CsvFormat;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.CsvMapping.Column;
import org.almonry.wire.Config;

import java.util.EnumMap;
import java.util.Locale;

/// Reads a CSV mapping from a configuration: `account`, `currency`, `date-pattern`,
/// `decimal-sign`, `separator`, `charset`, `out-word`, `booked-word`, and
/// `column.<meaning>` such as `column.booking-date`.
final class CsvKeys {
    private CsvKeys() {}

    static CsvMapping mapping(Config keys) {
        var columns = new EnumMap<Column, String>(Column.class);
        for (var column : Column.values()) {
            var key = column.name().toLowerCase(Locale.ROOT).replace('_', '-');
            var name = keys.text("column." + key, "");
            if (!name.isEmpty()) {
                columns.put(column, name);
            }
        }
        return new CsvMapping(
                keys.text("account"),
                keys.text("currency"),
                columns,
                new CsvFormat(
                        keys.text("date-pattern", ""),
                        keys.text("decimal-sign", ""),
                        keys.text("separator", ""),
                        keys.text("charset", ""),
                        keys.text("out-word", ""),
                        keys.text("booked-word", "")));
    }
}
