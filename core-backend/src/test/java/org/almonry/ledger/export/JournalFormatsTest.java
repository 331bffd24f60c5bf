package org.almonry.ledger.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Operation;
import org.almonry.ledger.read.DatedBooks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Exports of books with late, early and odd entries (C-084, K-081). `bean-check` and
/// `hledger check` judge them where they are installed; a strict reader of our own does
/// everywhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalFormatsTest {
    private static final LocalDate FROM = LocalDate.of(2026, 3, 20);
    private static final LocalDate TO = LocalDate.of(2026, 4, 10);

    private final long seed = System.nanoTime();
    private final DatedBooks books = new DatedBooks();
    private final JournalFormats formats = new JournalFormats(books.database.accounting());

    @BeforeAll
    void keepBooks() {
        books.keep(new Random(seed), 120);
        var day = LocalDate.of(2026, 4, 1);
        long coin = books.projects.getFirst();
        // Words that mean something to a reader of such files.
        long odd = books.coin(CoinKind.OVERHEAD, "type:X; \"a\\b\"\n  ; 2026-01-01 * \"x\"");
        books.post(day, List.of(new Operation.Issue(books.bank, coin, 500)));
        books.post(day, List.of(new Operation.Commission(coin, odd, 10)));
        books.coin(CoinKind.POT, "日本");
    }

    @AfterAll
    void close() {
        books.close();
    }

    private String export(
            JournalFormats.Format format, @Nullable LocalDate from, @Nullable LocalDate to) {
        var bytes = new ByteArrayOutputStream();
        formats.write(format, from, to, "", bytes);
        return bytes.toString(UTF_8);
    }

    /// Opening + lines = what is asserted = the ledger's own balance as of that day.
    @ParameterizedTest
    @EnumSource(names = {"BEANCOUNT", "HLEDGER"})
    void aPlainTextFileIsCompleteAndAddsUp(JournalFormats.Format format) {
        var whole = new PlainTextJournal(export(format, null, null));
        assertTotals(whole, null);
        assertEquals(books.legs.size() / 2, transactions(whole, format), "seed " + seed);
        var part = new PlainTextJournal(export(format, FROM, TO));
        assertTotals(part, TO);
        assertEquals(
                books.legs.stream()
                                .filter(leg -> !leg.effectiveOn().isBefore(FROM)
                                        && !leg.effectiveOn().isAfter(TO))
                                .count()
                        / 2,
                transactions(part, format) - 1,
                "seed " + seed);
        assertEquals(FROM.minusDays(1), part.days.getFirst(), "brought forward");
    }

    private static int transactions(PlainTextJournal file, JournalFormats.Format format) {
        return format == JournalFormats.Format.HLEDGER ? file.transactions - 1 : file.transactions;
    }

    private void assertTotals(PlainTextJournal file, @Nullable LocalDate to) {
        assertEquals(books.projects.size() + 3, file.asserted.size());
        file.asserted.forEach((account, balance) -> {
            var moved = file.balances.getOrDefault(account, BigDecimal.ZERO);
            assertEquals(0, balance.compareTo(moved), account + ", seed " + seed);
            long coin = Long.parseLong(account.replaceFirst(".*:C", ""));
            long own = books.reads.balance(coin, null, to).minor();
            assertEquals(
                    0, BigDecimal.valueOf(-own, 2).compareTo(balance), account + ", seed " + seed);
        });
    }

    @Test
    void theSpreadsheetHasARowPerEntryAndNoFormula() {
        var rows =
                CsvReader.builder()
                        .ofCsvRecord(export(JournalFormats.Format.CSV, null, null))
                        .stream()
                        .skip(1)
                        .toList();
        assertEquals(books.legs.size(), rows.size());
        var sum = BigDecimal.ZERO;
        for (var row : rows) {
            sum = sum.add(new BigDecimal(row.getField(9)));
            for (int column : List.of(5, 7, 8, 12)) {
                assertFalse(row.getField(column).matches("(?s)[=+@-].*"), row.toString());
            }
        }
        assertEquals(0, sum.signum());
        assertTrue(rows.stream().anyMatch(row -> row.getField(8).startsWith("'=1+1")));
    }

    @Test
    void aPeriodWithoutEntriesCarriesItsBalancesThrough() {
        var from = LocalDate.of(2027, 1, 1);
        var file = new PlainTextJournal(
                export(JournalFormats.Format.BEANCOUNT, from, from.plusDays(30)));
        assertEquals(1, file.transactions);
        assertTotals(file, from);
        try (var empty = new DatedBooks()) {
            var bytes = new ByteArrayOutputStream();
            new JournalFormats(empty.database.accounting())
                    .write(JournalFormats.Format.HLEDGER, null, null, "", bytes);
            new PlainTextJournal(bytes.toString(UTF_8));
            bytes.reset();
            new JournalFormats(empty.database.accounting())
                    .write(JournalFormats.Format.BEANCOUNT, null, null, "nobody", bytes);
            assertEquals("option \"title\" \"Almonry\"\n\n\n", bytes.toString(UTF_8));
        }
    }

    @Test
    void beanCheckAcceptsTheFile(@TempDir Path directory) throws Exception {
        accepts(directory, JournalFormats.Format.BEANCOUNT, "journal.beancount", "bean-check");
    }

    @Test
    void hledgerCheckAcceptsTheFile(@TempDir Path directory) throws Exception {
        accepts(
                directory,
                JournalFormats.Format.HLEDGER,
                "journal.journal",
                "hledger",
                "check",
                "--strict",
                "-f");
    }

    private void accepts(
            Path directory, JournalFormats.Format format, String name, String... command)
            throws IOException, InterruptedException {
        assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        for (var from : new LocalDate[] {null, FROM}) {
            var file = Files.writeString(
                    directory.resolve(name), export(format, from, from == null ? null : TO));
            var words = new java.util.ArrayList<>(List.of(command));
            words.add(file.toString());
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), said);
        }
    }

    private static boolean isInstalled(String program) {
        for (var folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
