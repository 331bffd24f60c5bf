package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.almonry.ledger.proof.CheckpointKey;
import org.almonry.ledger.proof.LedgerExport;
import org.almonry.ledger.proof.Proofs;
import org.almonry.verifier.NoteKey;
import org.almonry.verifier.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/// X-010, K-037: what the engine itself writes, of every kind, is what an outsider accepts.
class SealedHistoryTest {
    @TempDir
    Path folder;

    @Test
    void whatTheEngineSealsIsFoundClean() {
        try (var books = new Books()) {
            var key = key();
            var proofs = new Proofs(books.database.accounting(), key, books.clock);
            posted(books, new Operation.Issue(books.bank, books.project, 100_000));
            posted(
                    books,
                    new Operation.Transfer(books.project, books.other, 30_000),
                    new Operation.Commission(books.project, books.overhead, 500),
                    new Operation.Balance(books.overhead, 500));
            long split = books.coin(CoinKind.PROJECT, "prj_second");
            posted(books, new Operation.Transfer(books.other, split, 1_000));
            proofs.sign();
            long hold = posted(
                            books, new Operation.Authorize(books.project, books.other, 2_000, null))
                    .getFirst();
            posted(books, new Operation.Capture(hold, 0, 700, true));
            posted(books, new Operation.Reverse(hold));
            long fee = posted(
                            books,
                            new Operation.AuthorizeCommission(
                                    books.project,
                                    books.overhead,
                                    300,
                                    books.clock.instant().plus(Duration.ofHours(1))))
                    .getFirst();
            posted(books, new Operation.Capture(fee, 0, 100, false));
            posted(
                    books,
                    new Operation.Reverse(
                            posted(books, new Operation.Hold(books.project, 50)).getFirst()));
            long wrong = posted(books, new Operation.Transfer(books.project, books.other, 77))
                    .getFirst();
            posted(
                    books,
                    new Operation.Correction(
                            new Operation.Transfer(books.other, books.project, 77), wrong));
            posted(
                    books,
                    new Operation.Split(
                            books.project,
                            new NewCoin(
                                    books.issuer, books.eur, CoinKind.PROJECT, "prj_new", "New"),
                            400));
            posted(books, new Operation.Merge(split, books.other));
            posted(books, new Operation.Redeem(books.other, books.bank, 10));
            books.ledger.closePeriod(books.issuer, LocalDate.of(2026, 1, 31), "accountant");
            posted(books, new Operation.Transfer(books.project, books.other, 5));
            proofs.sign();

            var export = folder.resolve("export");
            new LedgerExport(books.database.accounting(), books.clock).write(export);
            var report = Verifier.verify(
                    export, List.of(NoteKey.parse(key.verifierKey())), List.of(), null);
            assertEquals(List.of(), report.findings());
            assertEquals(report.batches(), report.confirmed());
            assertEquals(18, report.transactions());
        }
    }

    private static List<Long> posted(Books books, Operation... operations) {
        var result = books.post(operations);
        return assertInstanceOf(PostResult.Posted.class, result, result::toString)
                .transactionIds();
    }

    private CheckpointKey key() {
        var file = folder.resolve("checkpoint.pem");
        CheckpointKey.create(file);
        return CheckpointKey.read(file, "almonry.test/ledger");
    }
}
