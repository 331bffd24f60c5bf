package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.almonry.providers.CsvFormat;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementRefused;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// C-011, C-017, C-019, C-023: what an import stores, posts and says.
class ImporterTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    Path folder;

    private ImportWorld world;
    private Account account;

    @BeforeEach
    void open() {
        world = new ImportWorld();
        account = world.account(ImportWorld.IBAN, "EUR");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static CamtFile.Line line(int day, long amount, String text) {
        return new CamtFile.Line(DAY.plusDays(day), amount, "Ada Donor", text, "");
    }

    private static CamtFile.Statement statement(String id, long opening, CamtFile.Line... lines) {
        return CamtFile.Statement.of(ImportWorld.IBAN, id, opening, List.of(lines));
    }

    private ImportReport read(CamtFile.Statement... statements) {
        var file = new CamtFile();
        List.of(statements).forEach(file::add);
        return world.read(file.in(folder));
    }

    private Reconciliation.Standing standing() {
        return new Reconciliation(world.database.accounting(), world.accounts, world.reads)
                .accounts()
                .getFirst();
    }

    @Test
    void afterAnImportTheLedgerHoldsWhatTheBankHolds() {
        var report = read(statement("1", 100_00, line(0, 25_00, "gift"), line(1, -5_00, "fee")));
        assertEquals(List.of(), report.breaks());
        assertEquals(new ImportCounts(2, 2, 0, 0), report.counts());
        assertEquals(120_00, world.held(account));
        assertEquals(Money.of(0, "EUR"), standing().drift());
        assertEquals(Money.of(120_00, "EUR"), standing().reported());
        assertTrue(world.check.verify().isRight());
    }

    @Test
    void aDebitTakesTheIncomingCoinBelowZeroAndWaits() {
        read(statement("1", 0, line(0, -5_00, "fee")));
        assertEquals(-5_00, world.held(account));
        assertEquals(
                -5_00, world.reads.coin(account.incomingCoin()).orElseThrow().balance());
        assertEquals(1, world.offered.size());
    }

    @Test
    void eachLineWaitsInAProcessOfItsOwn() {
        read(statement("1", 0, line(0, 25_00, "gift")));
        var line = world.offered.getFirst();
        var process = world.processes.find(line.processId()).orElseThrow();
        assertEquals("WAITING", process.state());
        assertEquals(line.id(), process.subject());
    }

    @Test
    void theSameFileAgainAddsNothing() {
        var statement = statement("1", 0, line(0, 25_00, "gift"), line(0, 25_00, "gift"));
        assertEquals(2, read(statement).counts().added());
        assertEquals(new ImportCounts(2, 0, 2, 0), read(statement).counts());
        assertEquals(50_00, world.held(account));
    }

    @Test
    void anOverlappingStatementAddsOnlyWhatIsNew() {
        read(statement("1", 0, line(0, 25_00, "a"), line(1, 10_00, "b")));
        var report = read(statement("2", 25_00, line(1, 10_00, "b"), line(2, 5_00, "c")));
        assertEquals(new ImportCounts(2, 1, 1, 0), report.counts());
        assertEquals(List.of(), report.breaks());
        assertEquals(40_00, world.held(account));
    }

    @Test
    void anOlderStatementMovesTheOpeningBalance() {
        read(statement("march", 80_00, line(0, 20_00, "b")));
        read(statement("february", 30_00, line(-20, 50_00, "a")));
        assertEquals(100_00, world.held(account));
        assertEquals(Money.of(0, "EUR"), standing().drift());
    }

    @Test
    void sumsThatDoNotMeetAreNamedAndShowAsDrift() {
        var report = read(statement("1", 0, line(0, 25_00, "gift")).closing(30_00));
        assertEquals(1, report.breaks().size());
        assertTrue(report.breaks().getFirst().contains("5.00 EUR is not explained"));
        assertEquals(Money.of(5_00, "EUR"), standing().drift());
    }

    @Test
    void aGapIsNamedAndBlocksNothing() {
        read(statement("1", 0, line(0, 25_00, "a")));
        var report = read(statement("3", 40_00, line(5, 5_00, "c")));
        assertEquals(1, report.counts().added());
        assertTrue(report.breaks().getFirst().contains("statement 3"));
        assertTrue(report.breaks().getFirst().contains("something between them is missing"));
        assertEquals(Money.of(15_00, "EUR"), standing().drift());
        var filled = read(statement("2", 25_00, line(2, 15_00, "b")));
        assertEquals(List.of(), filled.breaks());
        assertEquals(Money.of(0, "EUR"), standing().drift());
    }

    @Test
    void anUnknownAccountAndAnotherCurrencyAreNamedAndTheRestGoesOn() {
        var other = CamtFile.Statement.of(
                "DE02120300000000202051", "x", 0, List.of(line(0, 1_00, "not ours")));
        var dollars = statement("usd", 0, line(0, 1_00, "dollars")).currency("USD");
        var report = read(other, dollars, statement("1", 0, line(0, 25_00, "gift")));
        assertEquals(3, report.statementCount());
        assertEquals(1, report.counts().added());
        assertEquals(2, report.breaks().size());
        assertTrue(report.breaks().get(0).contains("none of the configured accounts"));
        assertTrue(report.breaks().get(1).contains("is kept in EUR"));
    }

    @Test
    void anImpossibleDateIsNamedAndTheRestGoesOn() throws IOException, StatementRefused {
        String text = new CamtFile()
                .add(statement("1", 0, line(0, 25_00, "a"), line(1, 5_00, "b")))
                .text()
                .replace("<BookgDt><Dt>2026-03-03", "<BookgDt><Dt>2062-03-03");
        var file = Files.writeString(folder.resolve("future.xml"), text);
        var report = world.importer.importFile(file, null, "test", counts -> {});
        assertEquals(1, report.counts().added());
        assertTrue(report.breaks().getFirst().contains("2062-03-03, which cannot be"));
    }

    @Test
    void aTruncatedFileIsRefusedWhole() throws IOException {
        String text =
                new CamtFile().add(statement("1", 0, line(0, 25_00, "gift"))).text();
        var file = Files.writeString(
                folder.resolve("half.xml"), text.substring(0, text.length() - 60));
        assertThrows(
                StatementRefused.class,
                () -> world.importer.importFile(file, null, "test", counts -> {}));
        assertEquals(List.of(), world.rows(account));
        assertEquals(0, world.held(account));
    }

    @Test
    void aCrashBetweenStoringAndPostingIsSettledAtTheNextStart() {
        var statement = statement("1", 100_00, line(0, 25_00, "a"), line(0, 25_00, "a"));
        var file = new CamtFile().add(statement).in(folder);
        // The matcher's fault comes after the posting of the lines and before the
        // settlement.
        var crashing = world.importer(lines -> {
            throw new IllegalStateException("as if the process had ended");
        });
        assertThrows(
                IllegalStateException.class,
                () -> crashing.importFile(file, null, "test", counts -> {}));
        assertEquals(2, world.rows(account).size());
        world.importer.settleAll(world.clock.instant());
        assertEquals(2, world.offered.size());
        assertEquals(150_00, world.held(account));
        world.importer.settleAll(world.clock.instant());
        assertEquals(2, world.offered.size());
        assertTrue(world.check.verify().isRight());
    }

    @Test
    void linesThatWereStoredAndNeverPostedArePosted() {
        var file =
                new CamtFile().add(statement("1", 100_00, line(0, 25_00, "a"))).in(folder);
        world.ledger.close();
        assertThrows(
                Failure.class, () -> world.importer.importFile(file, null, "test", counts -> {}));
        assertEquals(1, world.rows(account).size());
        assertEquals(0, world.held(account));
        try (var again = world.newLedger()) {
            again.start();
            Importer.create(
                            world.database.accounting(),
                            world.accounts,
                            again,
                            world::offer,
                            world.ids,
                            world.clock)
                    .settleAll(world.clock.instant());
            assertEquals(125_00, world.held(account));
        }
    }

    @Test
    void aCheckStoresNothingAndNamesWhatAnImportWould() throws StatementRefused {
        read(statement("1", 0, line(0, 25_00, "a")));
        var file = new CamtFile()
                .add(statement("2", 25_00, line(1, 5_00, "b")))
                .add(statement("3", 30_00, line(2, 5_00, "c")))
                .add(statement("5", 70_00, line(7, 5_00, "d")))
                .in(folder);
        var report = world.importer.check(file, null);
        assertEquals("camt.053.001.08", report.format());
        assertEquals(3, report.statementCount());
        assertEquals(3, report.sample().size());
        assertEquals(List.of(), report.statements().get(0).breaks());
        assertEquals(List.of(), report.statements().get(1).breaks());
        assertFalse(report.statements().get(2).breaks().isEmpty());
        assertEquals(1, world.rows(account).size());
    }

    @Test
    void anUploadIsShownKeptAndImportedOnce() throws IOException {
        var uploads = new Uploads(
                world.database.accounting(), world.importer, folder, world.ids, world.clock);
        byte[] text = new CamtFile()
                .add(statement("1", 0, line(0, 25_00, "a")))
                .text()
                .getBytes(UTF_8);
        var receiving = uploads.receive("march.xml", null, "usr_1");
        receiving.write(text);
        var preview = (Uploads.Outcome.Preview) receiving.finish();
        assertEquals(1, preview.report().counts().entries());
        assertEquals(0, world.held(account));
        assertEquals(1, uploads.confirm(preview.uploadId()).counts().added());
        assertEquals(0, uploads.confirm(preview.uploadId()).counts().added());
        assertEquals(25_00, world.held(account));

        var bad = uploads.receive("bad.xml", null, "usr_1");
        bad.write("<Document>".getBytes(UTF_8));
        assertTrue(bad.finish() instanceof Uploads.Outcome.Refused);
        assertThrows(Failure.class, () -> uploads.confirm("upl_" + "0".repeat(32)));
        try (var files = Files.list(folder.resolve("uploads"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theOverviewCountsWhatCameInPerDay() {
        var today = LocalDate.now(ZoneOffset.UTC);
        read(statement(
                "1",
                0,
                new CamtFile.Line(today.minusDays(1), 5_00, "Ada", "a", ""),
                new CamtFile.Line(today, 25_00, "Ada", "b", ""),
                new CamtFile.Line(today, 10_00, "Ada", "c", ""),
                new CamtFile.Line(today, -1_00, "Bank", "fee", "")));
        var figures = new Overview(
                        world.database.accounting(),
                        new Reconciliation(
                                world.database.accounting(), world.accounts, world.reads),
                        world.clock,
                        ZoneOffset.UTC)
                .figures();
        assertEquals(List.of(Money.of(35_00, "EUR")), figures.receivedToday());
        assertEquals(2, figures.days().size());
        assertEquals(2, figures.days().getLast().credits());
        assertEquals(List.of(), figures.drifting());
    }

    /// The same lines during the day and in the booked statement, without references.
    @Test
    void intradayReportsAreConfirmedByTheStatementAndCauseNoDrift() throws Exception {
        read(statement("1", 0, line(0, 5_00, "first")));
        String intraday = new CamtFile()
                .add(statement("r", 5_00, line(1, 25_00, "gift"), line(1, 25_00, "gift")))
                .text()
                .replace("camt.053", "camt.052")
                .replace("BkToCstmrStmt", "BkToCstmrAcctRpt")
                .replace("StmtPgntn", "RptPgntn")
                .replaceAll("(</?)Stmt>", "$1Rpt>")
                .replaceAll("<Bal>.*</Bal>", "");
        var file = Files.writeString(folder.resolve("intraday.xml"), intraday);
        var report = world.importer.importFile(file, null, "test", counts -> {});
        assertEquals(new ImportCounts(2, 2, 0, 0), report.counts());
        assertEquals(55_00, world.held(account));
        assertEquals(Money.of(0, "EUR"), standing().drift());
        var gift = line(1, 25_00, "gift");
        var booked = statement("2", 5_00, gift, gift, line(1, -1_00, "fee"));
        assertEquals(new ImportCounts(3, 1, 2, 0), read(booked).counts());
        assertEquals(54_00, world.held(account));
        assertEquals(Money.of(0, "EUR"), standing().drift());
    }

    /// An export of a bank's website: newest first, a balance per line, downloaded again
    /// later.
    @Test
    void overlappingExportsNewestFirstConverge() throws Exception {
        var mapping = new CsvMapping(
                ImportWorld.IBAN,
                "EUR",
                Map.of(
                        CsvMapping.Column.BOOKING_DATE, "Date",
                        CsvMapping.Column.AMOUNT, "Amount",
                        CsvMapping.Column.REMITTANCE, "Text",
                        CsvMapping.Column.BALANCE, "Balance"),
                new CsvFormat("", ".", ";", ""));
        var first = Files.writeString(folder.resolve("a.csv"), """
                Date;Text;Amount;Balance
                2026-03-03;gift;25.00;150.00
                2026-03-02;gift;25.00;125.00
                2026-03-02;gift;25.00;100.00
                """);
        var second = Files.writeString(folder.resolve("b.csv"), """
                Date;Text;Amount;Balance
                2026-03-04;fee;-5.00;170.00
                2026-03-03;gift;25.00;175.00
                2026-03-03;gift;25.00;150.00
                2026-03-02;gift;25.00;125.00
                """);
        var one = world.importer.importFile(first, mapping, "test", counts -> {});
        assertEquals(new ImportCounts(3, 3, 0, 0), one.counts());
        assertEquals(150_00, world.held(account));
        var two = world.importer.importFile(second, mapping, "test", counts -> {});
        assertEquals(new ImportCounts(4, 2, 2, 0), two.counts());
        assertEquals(List.of(), two.breaks());
        assertEquals(170_00, world.held(account));
        assertEquals(Money.of(0, "EUR"), standing().drift());
    }

    /// C-019: not even the importer's own role can change what came in.
    @Test
    void historyCannotBeChangedByTheApplicationsRole() {
        read(statement("1", 0, line(0, 25_00, "gift")));
        for (String table : List.of("statement", "incoming", "sighting", "opening", "settlement")) {
            for (String sql : List.of(
                    "delete from accounting." + table,
                    "truncate accounting." + table + " cascade")) {
                assertThrows(
                        JdbiException.class,
                        () -> world.database.accounting().useHandle(handle -> handle.execute(sql)),
                        sql);
            }
        }
        assertThrows(
                JdbiException.class,
                () -> world.database
                        .accounting()
                        .useHandle(handle ->
                                handle.execute("update accounting.incoming set raw = ''")));
    }
}
