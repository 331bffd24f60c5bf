package org.almonry.providers.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.providers.CsvFormat;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.CsvMapping.Column;
import org.almonry.providers.StatementRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What happens to files that are damaged, hostile or only partly sensible. C-015, C-023.
class StatementReaderTest {
    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    @TempDir
    Path folder;

    @Test
    void externalEntitiesAreRefusedUnread() throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "TOP-SECRET");
        var refused = refused(
                "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri()
                        + "\">]>\n" + camt("<Ntry><AddtlNtryInf>&x;</AddtlNtryInf></Ntry>"));
        assertTrue(refused.reason().contains("document type"), refused.getMessage());
        assertEquals(2, refused.line());
    }

    @Test
    void aBillionLaughsAreRefusedAtTheFirst() throws Exception {
        var dtd = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            dtd.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        var refused =
                refused(dtd + "]>\n" + camt("<Ntry><AddtlNtryInf>&l9;</AddtlNtryInf></Ntry>"));
        assertTrue(refused.reason().contains("document type"), refused.getMessage());
    }

    @Test
    void undeclaredEntitiesAreRefused() throws Exception {
        assertEquals(
                3,
                refused(camt("\n<Ntry>\n<AddtlNtryInf>&nbsp;</AddtlNtryInf></Ntry>"))
                        .line());
    }

    @Test
    void aNulByteIsRefusedWithItsPlace() throws Exception {
        var refused = refused(camt("\n\n<Ntry>\0</Ntry>"));
        assertTrue(refused.reason().contains("NUL"), refused.getMessage());
        assertEquals(3, refused.line());
        assertTrue(refused.offset() > 100, refused.getMessage());
    }

    @Test
    void utf16IsRefusedWithAHint() throws Exception {
        var refused = refused(camt(entry("1.00")), Charset.forName("UTF-16"));
        assertTrue(refused.reason().contains("UTF-16"), refused.getMessage());
    }

    @Test
    void bytesThatAreNotTheDeclaredSetAreRefusedWithTheirPlace() throws Exception {
        var refused = refused(camt("\n" + entry("1.00") + "<X>Müller</X>"), ISO_8859_1);
        assertTrue(refused.reason().contains("UTF-8"), refused.getMessage());
        assertEquals(2, refused.line());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 70, 90, 99})
    void aFileThatIsCutOffIsRefusedWhereverTheCutIs(int percent) throws Exception {
        var whole = camt(entry("1.00") + "\n" + entry("2.00"));
        var refused = refused(whole.substring(0, whole.length() * percent / 100));
        assertTrue(refused.line() >= 1, refused.getMessage());
    }

    @Test
    void aFileOverTheLimitIsRefused() throws Exception {
        var file = folder.resolve("huge.xml");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            // A hole: what matters is that nobody starts to read it.
            out.setLength(256L * 1024 * 1024 + 1);
        }
        var refused = assertThrows(StatementRefused.class, () -> ReadStatements.of(file));
        assertTrue(refused.reason().contains("256 MiB"), refused.getMessage());
    }

    @Test
    void oneEndlessTextDoesNotFillTheMemory() throws Exception {
        var refused = refused(
                camt("<Ntry><AddtlNtryInf>" + "x".repeat(3_000_000) + "</AddtlNtryInf></Ntry>"));
        assertTrue(refused.reason().contains("1 MiB"), refused.getMessage());
    }

    @Test
    void endlessDepthIsRefused() throws Exception {
        var refused = refused(camt("<Ntry>" + "<a>".repeat(200) + "</a>".repeat(200) + "</Ntry>"));
        assertTrue(refused.reason().contains("deep"), refused.getMessage());
    }

    @Test
    void anotherNamespaceIsRefusedByName() throws Exception {
        var refused =
                refused("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"/>");
        assertTrue(refused.reason().contains("pain.001.001.09"), refused.getMessage());
        assertTrue(refused("<html><body/></html>").reason().contains("\"html\""));
        assertTrue(refused(camt("").replace("001.08", "001.12")).reason().contains("02 to 08"));
    }

    @Test
    void aCharacterSetThatNoBankUsesIsRefused() throws Exception {
        assertTrue(refused("<?xml version=\"1.0\" encoding=\"IBM037\"?>" + camt(""))
                .reason()
                .contains("character set"));
    }

    @Test
    void emptyAndSenselessFilesAreRefused() throws Exception {
        assertTrue(refused("").reason().contains("empty"));
        assertTrue(refused("Dear bank,\nplease send money.\n").reason().contains("mapping"));
    }

    @Test
    void anEntryThatMakesNoSenseIsNamedAndTheRestGoesOn() throws Exception {
        var read = read(camt(entry("1.00")
                + "\n" + entry("2.00").replace("2026-03-02", "2026-02-30")
                + "\n" + entry("3.00").replace("Ccy=\"EUR\"", "Ccy=\"USD\"")
                + "\n" + entry("4.00").replace("Ccy=\"EUR\"", "Ccy=\"XQQ\"")
                + "\n" + entry("5.001")
                + "\n" + entry("-6.00")
                + "\n" + entry("7.00").replace("CRDT", "SOME")
                + "\n" + entry("1e9999999")
                + "\n" + entry("9.00")));
        assertEquals(1, read.statements.size());
        assertEquals(1_000, read.statements.getFirst().sum().minor());
        assertEquals(7, read.broken.size(), read.broken::toString);
        assertTrue(read.broken.getFirst().contains("entry 2 (line 2)"), read.broken::toString);
        assertTrue(read.broken.getFirst().contains("2026-02-30"), read.broken::toString);
        assertTrue(read.broken.get(1).contains("USD, the account in EUR"), read.broken::toString);
        assertTrue(read.broken.get(2).contains("\"XQQ\" is no currency"), read.broken::toString);
    }

    @Test
    void aStatementWithoutAccountIsNamedAndTheNextIsRead() throws Exception {
        var good = camt(entry("1.00"));
        var bad = good.substring(good.indexOf("<Stmt>"), good.indexOf("</BkToCstmrStmt>"))
                .replaceAll("<Acct>.*</Acct>", "");
        var read = read(good.replace("<Stmt>", bad + "\n<Stmt>"));
        assertEquals(1, read.statements.size());
        assertEquals(1, read.broken.size(), read.broken::toString);
        assertTrue(read.broken.getFirst().contains("statement 1"), read.broken::toString);
    }

    @Test
    void aMovementWithoutSenseInMt940IsNamedAndTheRestGoesOn() throws Exception {
        var read = read(
                mt(":61:2602300230C1,00NTRFNONREF\n:61:2602280228C2,00NTRFNONREF\n:61:junk\n"));
        assertEquals(200, read.statements.getFirst().sum().minor());
        assertEquals(2, read.broken.size(), read.broken::toString);
        assertTrue(read.broken.getFirst().contains("line 5"), read.broken::toString);
    }

    @Test
    void anMt940ThatIsCutOffIsRefused() throws Exception {
        var whole = mt(":61:2602280228C2,00NTRFNONREF\n");
        var refused = refused(whole.substring(0, whole.indexOf(":62F:") + 12));
        assertTrue(refused.reason().contains("cut off"), refused.getMessage());
    }

    @Test
    void aCsvThatIsCutOffOrHasOtherColumnsIsRefused() throws Exception {
        var good = "Date;Text;Amount\n2026-03-02;hello;1,00\n2026-03-03;bye;2,00\n";
        assertEquals(300, readCsv(good).statements.getFirst().sum().minor());
        assertTrue(refusedCsv(good.substring(0, good.lastIndexOf(";2,00")))
                .reason()
                .contains("cut off"));
        assertTrue(refusedCsv(good.replace("Amount", "Betrag")).reason().contains("\"Amount\""));
    }

    @Test
    void aCsvRowThatMakesNoSenseIsNamedAndTheRestGoesOn() throws Exception {
        var read = readCsv(
                "Date;Text;Amount\n2026-02-31;no day;1,00\n2026-03-03;ok;2,00\n2026-03-03;no;x\n");
        assertEquals(200, read.statements.getFirst().sum().minor());
        assertEquals(2, read.broken.size(), read.broken::toString);
        assertTrue(read.broken.getFirst().contains("line 2"), read.broken::toString);
    }

    @Test
    void ampersandsDoNotCountAsEntitiesThatGrow() throws Exception {
        var text = entry("1.00").replace("Gift", "&amp;".repeat(100));
        assertEquals(
                2_000,
                read(camt(text.repeat(2_000))).statements.getFirst().lines().size());
    }

    private ReadStatements read(String text) throws Exception {
        return ReadStatements.of(write(text, UTF_8));
    }

    private StatementRefused refused(String text) throws Exception {
        return refused(text, UTF_8);
    }

    private StatementRefused refused(String text, Charset charset) throws Exception {
        var file = write(text, charset);
        return assertThrows(StatementRefused.class, () -> ReadStatements.of(file));
    }

    private ReadStatements readCsv(String text) throws Exception {
        return ReadStatements.of(write(text, UTF_8), csv());
    }

    private StatementRefused refusedCsv(String text) throws Exception {
        var file = write(text, UTF_8);
        return assertThrows(StatementRefused.class, () -> ReadStatements.of(file, csv()));
    }

    private static CsvMapping csv() {
        return new CsvMapping(
                "4711",
                "EUR",
                Map.of(
                        Column.BOOKING_DATE,
                        "Date",
                        Column.AMOUNT,
                        "Amount",
                        Column.REMITTANCE,
                        "Text"),
                new CsvFormat("", ",", "", ""));
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("file-" + System.nanoTime()), text.getBytes(charset));
    }

    private static String mt(String movements) {
        return ":20:T\n:25:99900003/4711\n:28C:1/1\n:60F:C260227EUR0,00\n" + movements
                + ":62F:C260228EUR2,00\n-\n";
    }

    static String camt(String entries) {
        return "<Document xmlns=\"" + NAMESPACE + "\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId>"
                + "<CreDtTm>2026-03-02T20:00:00Z</CreDtTm></GrpHdr><Stmt><Id>S</Id>"
                + "<Acct><Id><IBAN>DE27999000030000471100</IBAN></Id><Ccy>EUR</Ccy></Acct>"
                + entries + "</Stmt></BkToCstmrStmt></Document>";
    }

    static String entry(String amount) {
        return "<Ntry><Amt Ccy=\"EUR\">" + amount
                + "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                + "<BookgDt><Dt>2026-03-02</Dt></BookgDt><AddtlNtryInf>Gift</AddtlNtryInf></Ntry>";
    }
}
