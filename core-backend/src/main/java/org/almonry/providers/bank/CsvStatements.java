package org.almonry.providers.bank;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Reads a CSV file of one account by a mapping of its columns, as one statement.
///
/// Twice: dates and balances of the whole stand in no place of their own, so the first pass
/// finds them. Where the file has a column of balances, they give the opening and the
/// closing one, whichever way it is sorted.
final class CsvStatements {
    /// Banks put a title, an address and some totals before the header line.
    private static final int HEADER_LINE_MAX = 60;

    private static final String SEPARATORS = ";,\t|";

    private final StatementFile file;
    private final CsvMapping mapping;
    private final Currency currency;
    private final @Nullable Charset charset;
    private final CsvColumns columns;

    private CsvStatements(StatementFile file, CsvMapping mapping) throws StatementRefused {
        this.file = file;
        this.mapping = mapping;
        try {
            this.currency = Texts.currency(mapping.currency());
        } catch (IllegalArgumentException e) {
            throw new StatementRefused("the mapping's currency: " + e.getMessage(), -1, -1, e);
        }
        if (Texts.account(mapping.account()).isEmpty()) {
            throw new StatementRefused("the mapping names no account", -1, -1);
        }
        this.charset = charset();
        this.columns = findColumns();
    }

    static void read(StatementFile file, CsvMapping mapping, StatementSink sink)
            throws StatementRefused {
        var statements = new CsvStatements(file, mapping);
        var survey = new Survey();
        statements.forEach(survey::take, broken -> {});
        if (survey.from == null || survey.to == null) {
            throw new StatementRefused(
                    "no row of the file has a date and an amount that the mapping can read",
                    -1,
                    -1);
        }
        sink.begin(new StatementHeader(
                "CSV",
                Texts.account(mapping.account()),
                statements.currency,
                String.valueOf(file.path().getFileName()),
                1,
                true,
                survey.from,
                survey.to,
                survey.opening(),
                StatementHeader.Kind.BOOKED));
        var count = new AtomicLong();
        long pending = statements.forEach(
                row -> sink.line(row.line(count.incrementAndGet())),
                broken -> sink.broken("line " + broken.line(), "left out: " + broken.why()));
        sink.end(new StatementFooter(survey.closing(), count.get(), pending));
    }

    private @Nullable Charset charset() throws StatementRefused {
        var name = mapping.format().charset();
        if (name.isEmpty()) {
            return null;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new StatementRefused("the mapping names an unknown character set", -1, -1, e);
        }
    }

    /// The header line is the first that has all columns of the mapping.
    private CsvColumns findColumns() throws StatementRefused {
        var separators = mapping.format().separator();
        var problem = "";
        for (char separator : (separators.isEmpty() ? SEPARATORS : separators).toCharArray()) {
            try (var records = open(separator)) {
                int seen = 0;
                for (var each : records) {
                    if (++seen > HEADER_LINE_MAX) {
                        break;
                    }
                    var missing = CsvColumns.missing(mapping, each.getFields());
                    if (missing.isEmpty()) {
                        return new CsvColumns(
                                mapping, separator, each.getFields(), each.getStartingLineNumber());
                    }
                    if (missing.size() < mapping.columns().size()) {
                        problem = ": missing " + String.join(", ", missing);
                    }
                }
            } catch (CsvParseException e) {
                // Another separator may fit; if none does, the file is refused below.
                continue;
            } catch (IOException | UncheckedIOException e) {
                throw unreadable(e);
            }
        }
        throw new StatementRefused(
                "no line of the file has the columns of the mapping" + problem, 1, 0);
    }

    private CsvReader<CsvRecord> open(char separator) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(Lines.LENGTH_MAX)
                .ofCsvRecord(charset == null ? file.openGuessed() : file.open(charset));
    }

    private record Broken(long line, String why) {}

    /// Reads the rows behind the header line. Each keeps the lines of the file that it was
    /// written in. Returns how many are not booked yet.
    private long forEach(Consumer<CsvRow> rows, Consumer<Broken> broken) throws StatementRefused {
        try (var records = open(columns.separator());
                var lines = Lines.open(file, charset)) {
            CsvRecord before = null;
            long pending = 0;
            for (var each : records) {
                if (before != null) {
                    var raw = raw(
                            lines, before.getStartingLineNumber(), each.getStartingLineNumber());
                    pending += take(before, raw, rows, broken);
                }
                before = each.getStartingLineNumber() > columns.line() ? each : null;
            }
            if (before != null) {
                var raw = raw(lines, before.getStartingLineNumber(), Long.MAX_VALUE);
                columns.refuseCutOff(before);
                pending += take(before, raw, rows, broken);
            }
            return pending;
        } catch (CsvParseException e) {
            throw new StatementRefused(
                    "the CSV cannot be read: " + Texts.clip(String.valueOf(e.getMessage()), 200),
                    -1,
                    -1,
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    private int take(CsvRecord each, String raw, Consumer<CsvRow> rows, Consumer<Broken> broken) {
        if (!columns.isBooked(each)) {
            return 1;
        }
        CsvRow row;
        try {
            row = columns.row(each, raw, currency);
        } catch (IllegalArgumentException | ArithmeticException e) {
            broken.accept(new Broken(each.getStartingLineNumber(), String.valueOf(e.getMessage())));
            return 0;
        }
        rows.accept(row);
        return 0;
    }

    private static String raw(Lines lines, long from, long to) throws StatementRefused {
        var result = new ArrayList<String>();
        long length = 0;
        while (lines.number() < to - 1) {
            var line = lines.next();
            if (line == null) {
                break;
            }
            if (lines.number() >= from && length <= Texts.RAW_MAX) {
                result.add(line);
                length += line.length();
            }
        }
        return Texts.raw(String.join("\n", result).strip());
    }

    private static StatementRefused unreadable(Exception e) {
        return new StatementRefused(
                "the file cannot be read; is it in the character set that the mapping says?",
                -1,
                -1,
                e);
    }

    /// What the first pass finds out about the whole.
    private static final class Survey {
        private @Nullable CsvRow first;
        private @Nullable CsvRow last;
        private @Nullable LocalDate from;
        private @Nullable LocalDate to;
        private boolean rising = true;
        private boolean falling = true;

        void take(CsvRow row) {
            from = from == null || row.booking().isBefore(from) ? row.booking() : from;
            to = to == null || row.booking().isAfter(to) ? row.booking() : to;
            var before = last;
            if (before != null) {
                rising &= follows(before, row);
                falling &= follows(row, before);
            }
            first = first == null ? row : first;
            last = row;
        }

        private static boolean follows(CsvRow earlier, CsvRow later) {
            return earlier.balance() != null
                    && later.balance() != null
                    && earlier.balance().plus(later.amount()).equals(later.balance());
        }

        /// Known if every row's balance follows from its neighbour's.
        @Nullable
        Money opening() {
            var oldest = rising ? first : falling ? last : null;
            return oldest == null || oldest.balance() == null
                    ? null
                    : oldest.balance().minus(oldest.amount());
        }

        @Nullable
        Money closing() {
            var newest = rising ? last : falling ? first : null;
            return newest == null ? null : newest.balance();
        }
    }
}
