package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.testing.Measured;
import org.almonry.testing.Scale;
import org.almonry.verifier.VerifierMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// X-010, K-037: what is right is found right, in full and from where the last run ended.
class CleanBooksTest {
    @TempDir
    Path folder;

    @Test
    void tenThousandEntriesWithoutAlarm() throws Exception {
        try (var books = new TamperedBooks(folder, 5_000, 8)) {
            var full = books.verify(books.export(), List.of(books.keepNotes()), null);
            assertEquals(List.of(), full.findings());
            assertTrue(full.transactions() >= 5_000);
            assertEquals(books.books.batches(), full.batches());
            assertEquals(5, full.checkpoints());
            assertTrue(full.confirmed() > 0 && full.confirmed() < full.batches());

            var state = folder.resolve("state");
            assertEquals(0, books.verify(books.export(), List.of(), state).trusted());
            books.books.fill(6_000, 8);
            var later = books.export();
            var incremental = books.verify(later, List.of(), state);
            assertEquals(full.batches(), incremental.trusted());
            assertEquals(List.of(), incremental.findings());
            assertEquals(books.verify(later, List.of(), null).batches(), incremental.batches());

            var out = new ByteArrayOutputStream();
            assertEquals(
                    VerifierMain.CLEAN,
                    VerifierMain.run(
                            List.of(later.toString(), "--key", books.key.verifierKey()),
                            new PrintStream(out),
                            new PrintStream(out)));
            assertTrue(out.toString().endsWith("clean\n"), out.toString());
        }
    }

    /// A million entries (`-Dalmonry.entries=N`), two per transaction, and how fast they are
    /// verified.
    @Test
    @EnabledIfSystemProperty(named = "almonry.faults", matches = "true")
    void aMillionEntriesWithoutAlarm() throws Exception {
        int transactions = Scale.of("almonry.entries", 1_000_000, 1_000_000) / 2;
        try (var books = new TamperedBooks(folder, transactions, 1_000)) {
            var export = books.export();
            long start = System.nanoTime();
            var report = books.verify(export, List.of(), null);
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertEquals(List.of(), report.findings());
            assertTrue(report.transactions() >= transactions);
            Measured.tell(
                    "verifier",
                    "%d transactions in %d ms: %d entries/s"
                            .formatted(
                                    report.transactions(),
                                    millis,
                                    2_000 * report.transactions() / millis));
        }
    }
}
