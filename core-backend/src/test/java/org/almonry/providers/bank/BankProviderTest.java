package org.almonry.providers.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.providers.CsvMapping.Column;
import org.almonry.providers.Cursor;
import org.almonry.wire.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// The drop folder: what becomes of files in it. C-010, C-015.
class BankProviderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private Path drop;
    private Path spool;
    private BankProvider provider;

    @BeforeEach
    void make() throws IOException {
        drop = folder.resolve("drop");
        spool = Files.createDirectories(folder.resolve("spool"));
        Files.createDirectories(drop);
        provider = new BankProvider("bank", drop, null, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aFileIsTakenThenKeptAsProcessed() throws Exception {
        put("a.xml", 10);
        var page = provider.fetch(Cursor.START, spool);
        assertEquals(List.of(spool.resolve("a.xml")), page.files());
        assertFalse(Files.exists(drop.resolve("a.xml")));
        provider.imported(page.files().getFirst());
        assertTrue(Files.exists(drop.resolve("processed/a.xml")));
        assertEquals(List.of(), provider.fetch(Cursor.START, spool).files());
    }

    @Test
    void aRefusedFileLiesBesideItsReason() throws Exception {
        put("a.xml", 10);
        var page = provider.fetch(Cursor.START, spool);
        provider.refused(page.files().getFirst(), "it is cut off (line 3)");
        assertTrue(Files.exists(drop.resolve("refused/a.xml")));
        assertEquals(
                "it is cut off (line 3)\n",
                Files.readString(drop.resolve("refused/a.xml.why.txt")));
    }

    @Test
    void afterACrashAFileIsOfferedAgainAndConfirmingTwiceDoesNoHarm() throws Exception {
        put("a.xml", 10);
        provider.fetch(Cursor.START, spool);
        var again = provider.fetch(Cursor.START, spool).files();
        assertEquals(1, again.size());
        provider.imported(again.getFirst());
        provider.imported(again.getFirst());
        assertEquals(1, names("processed").size());
    }

    @Test
    void aSecondFileOfTheSameNameOverwritesNothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            put("a.xml", 10);
            provider.imported(provider.fetch(Cursor.START, spool).files().getFirst());
        }
        assertEquals(3, names("processed").size());
    }

    @Test
    void whatIsStillBeingWrittenAndWhatIsNoFileIsLeftAlone() throws Exception {
        put("fresh.xml", 0);
        put("half.xml.part", 10);
        put(".hidden", 10);
        Files.createSymbolicLink(drop.resolve("link.xml"), folder.resolve("elsewhere"));
        assertEquals(List.of(), provider.fetch(Cursor.START, spool).files());
        assertTrue(Files.exists(drop.resolve("fresh.xml")));
    }

    @Test
    void aPageHasAtMostFiftyFiles() throws Exception {
        for (int i = 0; i < 60; i++) {
            put("%02d.xml".formatted(i), 10);
        }
        var page = provider.fetch(Cursor.START, spool);
        assertEquals(50, page.files().size());
        assertTrue(page.more());
        for (var file : page.files()) {
            provider.imported(file);
        }
        var rest = provider.fetch(page.next(), spool);
        assertEquals(10, rest.files().size());
        assertFalse(rest.more());
    }

    @Test
    void aMappingForCsvFilesComesFromTheConfiguration() {
        var keys = Config.of(Map.of(
                "drop-folder", drop.toString(),
                "csv.account", "4711",
                "csv.currency", "EUR",
                "csv.decimal-sign", ",",
                "csv.column.booking-date", "Datum",
                "csv.column.amount", "Betrag"));
        var mapping = BankProvider.configured("bank", keys, Clock.systemUTC())
                .csvMapping()
                .orElseThrow();
        keys.refuseUnknown();
        assertEquals("Datum", mapping.columns().get(Column.BOOKING_DATE));
        assertEquals(",", mapping.format().decimalSign());
    }

    private void put(String name, int secondsAgo) throws IOException {
        Files.setLastModifiedTime(
                Files.writeString(drop.resolve(name), "content"),
                FileTime.from(NOW.minusSeconds(secondsAgo)));
    }

    private List<String> names(String part) throws IOException {
        try (var files = Files.list(drop.resolve(part))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
