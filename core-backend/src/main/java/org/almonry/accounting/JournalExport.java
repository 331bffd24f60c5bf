package org.almonry.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import org.jdbi.v3.core.Jdbi;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The journal as CSV (RFC 4180, UTF-8) for the certified books (C-021, C-084): one row per
/// transaction with both of its coins, the bank line that it comes of, and a positive
/// amount that went from the first coin to the second.
///
/// "New" means since the last file of the same way out: what somebody downloads by hand is
/// not missing from the shared folder. Spreadsheets run a cell that begins like a formula,
/// and a donor writes what he likes into a reason; such cells get an apostrophe in front.
public final class JournalExport {
    private static final String FOLDER = "FOLDER";
    private static final String DOWNLOAD = "DOWNLOAD";
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private static final List<String> HEADER = List.of(
            "transaction",
            "effective_on",
            "recorded_at",
            "type",
            "from_coin",
            "from_kind",
            "from_name",
            "to_coin",
            "to_kind",
            "to_name",
            "amount",
            "currency",
            "process",
            "process_kind",
            "incoming",
            "bank_account",
            "booking_date",
            "counterparty_name",
            "counterparty_account",
            "remittance",
            "bank_reference");

    private final ExportStore store;
    private final Clock clock;

    /// Reads the journal of this database.
    public JournalExport(Jdbi jdbi, Clock clock) {
        this.store = new ExportStore(jdbi);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Writes what is new since the last download; a header alone if nothing is. The range
    /// counts as taken when all of it was written.
    void download(OutputStream to, String by) {
        var range = store.next(DOWNLOAD, by, clock.instant());
        write(to, csv -> range.ifPresent(known -> store.read(known, row -> write(csv, row))));
        range.ifPresent(known -> store.finish(known, clock.instant()));
    }

    /// Writes the transactions of some days, both ends included. Moves no mark.
    void download(OutputStream to, LocalDate from, LocalDate until) {
        write(to, csv -> store.read(from, until, row -> write(csv, row)));
    }

    /// Writes what is new since the last file into the folder, whole or not at all, and
    /// returns the file. After a crash the same range becomes the same file again.
    public Optional<Path> intoFolder(Path folder, String by) {
        var next = store.next(FOLDER, by, clock.instant());
        if (next.isEmpty()) {
            return Optional.empty();
        }
        var range = next.get();
        var file = folder.resolve("journal-" + (range.after() + 1) + "-" + range.last() + ".csv");
        var partial = folder.resolve(file.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            try (var out = new BufferedOutputStream(Files.newOutputStream(partial))) {
                write(out, csv -> store.read(range, row -> write(csv, row)));
            }
            Files.move(
                    partial,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the export folder cannot be written", e);
        }
        store.finish(range, clock.instant());
        return Optional.of(file);
    }

    /// A part of a file.
    private interface Body {
        void write(CsvWriter csv);
    }

    private static void write(OutputStream to, Body body) {
        try {
            var text = new OutputStreamWriter(to, UTF_8);
            var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
            csv.writeRecord(HEADER);
            body.write(csv);
            csv.flush();
            text.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
        }
    }

    private static void write(CsvWriter csv, ExportStore.Row row) {
        var origin = row.origin();
        csv.writeRecord(
                "txn_" + row.id(),
                row.effectiveOn().toString(),
                row.recordedAt().toString(),
                type(row.type()),
                "coin_" + row.source().coinId(),
                row.source().kind(),
                harmless(row.source().name()),
                "coin_" + row.destination().coinId(),
                row.destination().kind(),
                harmless(row.destination().name()),
                row.amount().toDecimal().toPlainString(),
                row.amount().currency().code(),
                row.processId(),
                row.processKind(),
                origin == null ? "" : origin.incomingId(),
                origin == null ? "" : origin.accountId(),
                origin == null ? "" : origin.bookingDate().toString(),
                origin == null ? "" : harmless(origin.counterpartyName()),
                origin == null ? "" : harmless(origin.counterpartyAccount()),
                origin == null ? "" : harmless(origin.remittance()),
                origin == null ? "" : harmless(origin.entryReference()));
    }

    private static String type(int type) {
        return switch (type) {
            case 1 -> "issue";
            case 2 -> "redeem";
            case 3 -> "transfer";
            case 4 -> "commission";
            default -> throw new IllegalStateException("unknown type of transaction: " + type);
        };
    }

    /// Text that no spreadsheet takes for a formula.
    static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
