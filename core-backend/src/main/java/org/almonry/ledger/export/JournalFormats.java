package org.almonry.ledger.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;

/// Writes the journal of a period in one of the formats.
public final class JournalFormats {
    private final Jdbi accounting;

    public JournalFormats(Jdbi accounting) {
        this.accounting = requireNonNull(accounting, "accounting is null");
    }

    public enum Format {
        CSV,
        BEANCOUNT,
        HLEDGER
    }

    /// Writes what took effect from one day to another, both included; null takes the first
    /// or last day of the books. Of one issuer, unless the key is empty.
    public void write(
            Format format,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            String issuerKey,
            OutputStream out) {
        accounting.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            try {
                var text = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
                write(handle, layout(format, text), from, to, issuerKey);
                text.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the export cannot be written", e);
            }
        });
    }

    private static Layout layout(Format format, Writer to) {
        return switch (format) {
            case CSV -> new CsvLayout(to);
            case BEANCOUNT -> new BeancountLayout(to);
            case HLEDGER -> new HledgerLayout(to);
        };
    }

    private static void write(
            Handle handle,
            Layout layout,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            String issuerKey)
            throws IOException {
        var first = from == null ? ExportStore.firstDay(handle) : from;
        var last = to == null ? ExportStore.lastDay(handle) : to;
        // Empty books, or a period that begins after their end, have no days.
        var begin = first != null ? first : last != null ? last : LocalDate.EPOCH;
        var end = last == null || last.isBefore(begin) ? begin : last;
        var accounts = ExportStore.accounts(handle, begin, end, issuerKey);
        layout.begin(accounts.values(), begin.minusDays(1));
        ExportStore.lines(handle, begin, end, accounts, line -> {
            try {
                layout.line(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        layout.end(accounts.values(), end);
    }
}
