package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.SmallDisks.Disk;
import org.almonry.testing.Measured;
import org.almonry.testing.Scale;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/// The disk of PostgreSQL is full while callers post: first that of the tables, where each
/// write fails, then that of the write-ahead log, where the server goes down and cannot even
/// come back. Nothing acknowledged is lost or doubled, and with space comes work.
class FullDiskTest {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(Scale.FAULTS ? 10 : 30);

    /// Answers that show that the books are written again.
    private static final int SOME = 200;

    /// Callers who were told to come again: all of them, twice.
    private static final int REFUSED = 2 * PostingLoad.CALLERS;

    @TempDir
    private Path folder;

    @Test
    void aFullDiskLosesNothingAndDoublesNothing() throws Exception {
        SmallDisks.assumePossible(folder);
        try (var disks = new SmallDisks(folder);
                var books = new Books(TestDatabase.fresh(disks.port()));
                var load = new PostingLoad(books.bank, books.project, books.ledger)) {
            load.awaitAnswers(SOME);
            var afterTables = tables(disks, books, load);
            var afterLog = log(disks, load);
            load.close();
            long batches = load.acknowledged().check(books.database.accounting());
            Measured.tell(
                    "full disk",
                    load.answered() + " acknowledged in " + batches + " batches, "
                            + load.unavailable() + " told to come again; back "
                            + afterTables.toMillis() + " ms after the tables had space, "
                            + afterLog.toMillis() + " ms after the log had");
        }
    }

    /// Callers are told to come again, readers read on.
    private static Duration tables(SmallDisks disks, Books books, PostingLoad load)
            throws Exception {
        disks.fill(Disk.TABLES);
        load.awaitUnavailable(REFUSED);
        disks.await("ERROR:  could not extend file");
        long answered = load.answered();
        long balance = books.balance(books.project);
        load.awaitUnavailable(REFUSED);
        assertEquals(answered, load.answered(), "something was written to a full disk");
        assertEquals(balance, books.balance(books.project));
        disks.free(Disk.TABLES);
        return back(load);
    }

    /// The server stops whatever it does, and its recovery needs space too.
    private static Duration log(SmallDisks disks, PostingLoad load) throws Exception {
        disks.fill(Disk.LOG);
        disks.await("PANIC:  could not write to file");
        disks.await("due to startup process failure");
        long answered = load.answered();
        if (Scale.FAULTS) {
            // While nobody knows whether their batch was written, callers wait long.
            load.awaitUnavailable(PostingLoad.CALLERS);
        }
        assertEquals(answered, load.answered(), "something was written to a full disk");
        disks.free(Disk.LOG);
        return back(load);
    }

    private static Duration back(PostingLoad load) {
        var took = load.awaitAnswers(SOME);
        assertTrue(took.compareTo(BACK_WITHIN) < 0, () -> "back only after " + took);
        return took;
    }
}
