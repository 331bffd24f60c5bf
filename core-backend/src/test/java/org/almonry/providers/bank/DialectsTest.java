package org.almonry.providers.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import com.prowidesoftware.swift.model.mx.MxCamt05300102;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;

import org.almonry.providers.CsvFormat;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.CsvMapping.Column;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Statements in the dialects of twenty banks, written after their format guides with data
/// of our own. Beside each file stands, as text, what must come out of it. C-018, C-023.
class DialectsTest {
    private static final Path FOLDER = Path.of("src/test/resources/statements");

    private static final Map<String, CsvMapping> MAPPINGS = Map.of(
            "sparkasse.csv",
            new CsvMapping(
                    "DE27 9990 0003 0000 4711 00",
                    "EUR",
                    Map.of(
                            Column.BOOKING_DATE, "Buchungstag",
                            Column.VALUE_DATE, "Valutadatum",
                            Column.AMOUNT, "Betrag",
                            Column.COUNTERPARTY_NAME, "Beguenstigter/Zahlungspflichtiger",
                            Column.COUNTERPARTY_ACCOUNT, "Kontonummer/IBAN",
                            Column.REMITTANCE, "Verwendungszweck",
                            Column.STATE, "Info"),
                    new CsvFormat("dd.MM.yy", ",", "", "windows-1252", "", "Umsatz gebucht")),
            "revolut.csv",
            new CsvMapping(
                    "GB00REVO",
                    "EUR",
                    Map.of(
                            Column.BOOKING_DATE, "Completed Date",
                            Column.VALUE_DATE, "Started Date",
                            Column.AMOUNT, "Amount",
                            Column.REMITTANCE, "Description",
                            Column.STATE, "State",
                            Column.BALANCE, "Balance"),
                    new CsvFormat("", ".", ",", "", "", "COMPLETED")),
            "wise.csv",
            new CsvMapping(
                    "USD-4711",
                    "USD",
                    Map.of(
                            Column.BOOKING_DATE, "Date",
                            Column.AMOUNT, "Amount",
                            Column.COUNTERPARTY_NAME, "Payer Name",
                            Column.REMITTANCE, "Payment Reference",
                            Column.REFERENCE, "TransferWise ID",
                            Column.BALANCE, "Running Balance"),
                    new CsvFormat("dd-MM-yyyy", "", "", "")),
            "ing-nl.csv",
            new CsvMapping(
                    "NL35TEST0004711030",
                    "EUR",
                    Map.of(
                            Column.BOOKING_DATE, "Datum",
                            Column.AMOUNT, "Bedrag (EUR)",
                            Column.DIRECTION, "Af Bij",
                            Column.COUNTERPARTY_NAME, "Naam / Omschrijving",
                            Column.COUNTERPARTY_ACCOUNT, "Tegenrekening",
                            Column.REMITTANCE, "Mededelingen",
                            Column.BALANCE, "Saldo na mutatie"),
                    new CsvFormat("yyyyMMdd", ",", ";", "", "Af", "")),
            "ubs.csv",
            new CsvMapping(
                    "CH49 9999 9000 0004 7110 1",
                    "CHF",
                    Map.of(
                            Column.BOOKING_DATE, "Buchungsdatum",
                            Column.VALUE_DATE, "Valutadatum",
                            Column.AMOUNT, "Gutschrift",
                            Column.DEBIT, "Belastung",
                            Column.COUNTERPARTY_NAME, "Beschreibung1",
                            Column.REMITTANCE, "Beschreibung3",
                            Column.REFERENCE, "Transaktions-Nr.",
                            Column.BALANCE, "Saldo"),
                    new CsvFormat("yyyy-MM-dd", ".", "", "")));

    static Stream<String> files() throws Exception {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith(".") && !name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static @Nullable CsvMapping mapping(String name) {
        return MAPPINGS.get(name);
    }

    @Test
    void thereAreAtLeastTenBanks() throws Exception {
        assertTrue(files().map(name -> name.substring(0, name.indexOf('.')))
                        .distinct()
                        .count()
                >= 10);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyDialectIsUnderstood(String name) throws Exception {
        var read = ReadStatements.of(FOLDER.resolve(name), mapping(name));
        assertEquals(Files.readString(FOLDER.resolve(name + ".txt"), UTF_8), describe(read));
    }

    @ParameterizedTest
    @MethodSource("files")
    void openingAndLinesMakeTheClosingBalance(String name) throws Exception {
        for (var statement : ReadStatements.of(FOLDER.resolve(name), mapping(name)).statements) {
            var opening = statement.header().opening();
            if (opening != null) {
                assertEquals(opening.plus(statement.sum()), statement.footer().closing());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLineKeepsItsOwnTextVerbatim(String name) throws Exception {
        var file = StatementFile.inspect(FOLDER.resolve(name));
        var text = Files.readString(
                        FOLDER.resolve(name),
                        file.head().contains("ISO-8859-1") ? ISO_8859_1 : file.guessedCharset())
                .replace("\r\n", "\n");
        for (var statement : ReadStatements.of(FOLDER.resolve(name), mapping(name)).statements) {
            for (var line : statement.lines()) {
                for (var piece : line.raw()
                        .replace("\r\n", "\n")
                        .split("(?<=</CdtDbtInd>|</BkTxCd>)\n", -1)) {
                    assertTrue(
                            text.contains(piece.strip().split("\n", -1)[0]),
                            () -> "not in the file: " + piece);
                }
            }
        }
    }

    /// The models of pw-iso20022 are the second opinion on what the files of the oldest and
    /// the newest version say.
    @ParameterizedTest
    @MethodSource("files")
    void aSecondParserSeesTheSameMoney(String name) throws Exception {
        if (!name.contains("camt.")) {
            return;
        }
        var xml = Files.readString(
                        FOLDER.resolve(name), name.startsWith("volksbank") ? ISO_8859_1 : UTF_8)
                .replace("\ufeff", "")
                .replace("ISO-8859-1", "UTF-8");
        var model = AbstractMX.parse(xml);
        assertNotNull(model, "the library does not know this file");
        var ours = BigDecimal.ZERO;
        for (var statement : ReadStatements.of(FOLDER.resolve(name)).statements) {
            ours = ours.add(statement.sum().toDecimal());
        }
        var theirs = BigDecimal.ZERO;
        if (model instanceof MxCamt05300102 old) {
            for (var statement : old.getBkToCstmrStmt().getStmt()) {
                for (var entry : statement.getNtry()) {
                    var amount = entry.getAmt().getValue();
                    theirs = theirs.add(
                            entry.getCdtDbtInd().name().equals("CRDT") ? amount : amount.negate());
                }
            }
        } else if (model instanceof MxCamt05300108 young) {
            for (var statement : young.getBkToCstmrStmt().getStmt()) {
                for (var entry : statement.getNtry()) {
                    var amount = entry.getAmt().getValue();
                    theirs = theirs.add(
                            entry.getCdtDbtInd().name().equals("CRDT") ? amount : amount.negate());
                }
            }
        } else {
            return;
        }
        assertEquals(0, ours.compareTo(theirs), ours + " is not " + theirs);
    }

    static String describe(ReadStatements read) {
        var text = new StringBuilder();
        for (var statement : read.statements) {
            var header = statement.header();
            text.append("%s %s %s, id %s, page %d%s, %s to %s, opening %s\n"
                    .formatted(
                            header.kind(),
                            header.format(),
                            header.account(),
                            header.statementId(),
                            header.page(),
                            header.lastPage() ? "" : " and more",
                            header.from(),
                            header.to(),
                            header.opening()));
            for (var line : statement.lines()) {
                text.append("  %s (value %s) %s\n"
                        .formatted(line.bookingDate(), line.valueDate(), line.amount()));
                text.append("    from or to: %s | %s\n"
                        .formatted(line.counterpartyName(), line.counterpartyAccount()));
                text.append("    text: %s\n".formatted(line.remittance().replace("\n", " // ")));
                text.append("    reference %s | end to end %s | code %s | balance %s\n"
                        .formatted(
                                line.entryReference(),
                                line.endToEndId(),
                                line.bankCode(),
                                line.runningBalance()));
            }
            text.append("closing %s, %d lines, %d pending\n\n"
                    .formatted(
                            statement.footer().closing(),
                            statement.footer().entries(),
                            statement.footer().pending()));
        }
        read.broken.forEach(each -> text.append("broken ").append(each).append('\n'));
        return text.toString().replace("null", "-");
    }
}
