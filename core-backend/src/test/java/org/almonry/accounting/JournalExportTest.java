package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

import org.almonry.directory.Project;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// C-021: new entries as CSV, once each.
class JournalExportTest {
    private final Desk desk = new Desk();
    private final Project otters = desk.project("otters");
    private final JournalExport export = new JournalExport(desk.database.accounting(), desk.clock);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aRowSaysFromWhereToWhereHowMuchAndOfWhichBankLine() {
        var line = desk.line(10_000, desk.code(otters));
        desk.matching.consider(List.of(line));
        var rows = download();
        assertEquals(List.of("issue", "transfer", "commission"), column(rows, "type"));
        assertEquals(List.of("100.00", "100.00", "10.00"), column(rows, "amount"));
        assertEquals(List.of("ISSUING", "INCOMING", "PROJECT"), column(rows, "from_kind"));
        assertEquals(List.of("INCOMING", "PROJECT", "OVERHEAD"), column(rows, "to_kind"));
        var booking = rows.get(1);
        assertEquals("2026-11-20", booking.getField("effective_on"));
        assertEquals("EUR", booking.getField("currency"));
        assertEquals("Project otters", booking.getField("to_name"));
        assertEquals("BOOKING", booking.getField("process_kind"));
        assertEquals(line.id(), booking.getField("incoming"));
        assertEquals("Maria Kowalska", booking.getField("counterparty_name"));
        assertEquals(desk.code(otters), booking.getField("remittance"));
    }

    /// What a donor writes into a reason does not run in the accountant's spreadsheet.
    @Test
    void cellsThatLookLikeFormulasAreMadeHarmless() {
        var nasty = List.of(
                "=HYPERLINK(\"http://x\")",
                "+1+1",
                "-2",
                "@SUM(A1)",
                "\tx",
                "＝1",
                "a,\"b\"\r\nc",
                "fine");
        for (String text : nasty) {
            desk.line("acc_eur", 100, text, text, text);
        }
        var rows = download();
        for (int i = 0; i < nasty.size(); i++) {
            String expected = i < 6 ? "'" + nasty.get(i) : nasty.get(i);
            assertEquals(expected, rows.get(i).getField("remittance"));
            assertEquals(expected, rows.get(i).getField("counterparty_name"));
        }
    }

    @Test
    void eachDownloadGoesOnWhereTheLastOneEnded() {
        desk.line(100, "one");
        assertEquals(1, download().size());
        assertEquals(0, download().size());
        desk.line(200, "two");
        assertEquals(List.of("2.00"), column(download(), "amount"));
    }

    @Test
    void aRangeOfDaysIsReadAgainAndMovesNothing() {
        desk.line(100, "one");
        for (int i = 0; i < 2; i++) {
            var out = new ByteArrayOutputStream();
            export.download(out, Desk.DAY, Desk.DAY);
            assertEquals(1, read(out.toString(UTF_8)).size());
        }
        var out = new ByteArrayOutputStream();
        export.download(out, Desk.DAY.plusDays(1), Desk.DAY.plusDays(9));
        assertEquals(0, read(out.toString(UTF_8)).size());
        assertEquals(1, download().size());
    }

    /// The same range becomes the same file again, whatever was lost in between.
    @Test
    void filesInTheFolderHoldEachEntryOnceAlsoAfterACrash() throws IOException {
        desk.line(100, "one");
        var first = export.intoFolder(folder, "job:export").orElseThrow();
        assertTrue(export.intoFolder(folder, "job:export").isEmpty());
        desk.line(200, "two");
        // A crash after the range was decided, and a torn file.
        var store = new ExportStore(desk.database.accounting());
        assertTrue(store.next("FOLDER", "job:export", desk.clock.instant()).isPresent());
        Files.writeString(folder.resolve("journal-2-2.csv.part"), "torn");
        desk.line(300, "three");
        var second = export.intoFolder(folder, "job:export").orElseThrow();
        var third = export.intoFolder(folder, "job:export").orElseThrow();
        assertEquals(
                List.of("journal-1-1.csv", "journal-2-2.csv", "journal-3-3.csv"),
                List.of(name(first), name(second), name(third)));
        assertEquals(List.of("2.00"), column(read(Files.readString(second)), "amount"));
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
        assertEquals(3, download().size());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private List<NamedCsvRecord> download() {
        var out = new ByteArrayOutputStream();
        export.download(out, "usr_admin");
        return read(out.toString(UTF_8));
    }

    private static List<NamedCsvRecord> read(String csv) {
        assertTrue(csv.startsWith("transaction,") && csv.endsWith("\r\n"));
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }

    private static List<String> column(List<NamedCsvRecord> rows, String name) {
        return rows.stream().map(row -> row.getField(name)).toList();
    }
}
