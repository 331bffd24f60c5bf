package org.almonry.accounting;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Writes camt.053 files for tests.
final class CamtFile {
    /// A line as a bank would know it. An empty reference is left out.
    record Line(LocalDate date, long amount, String name, String text, String reference) {}

    /// A statement or a page of one. Without a closing balance it is what opening and lines
    /// make.
    record Statement(
            String iban,
            String currency,
            String id,
            int page,
            boolean last,
            @Nullable Long opening,
            @Nullable Long closing,
            List<Line> lines) {
        static Statement of(String iban, String id, long opening, List<Line> lines) {
            return new Statement(iban, "EUR", id, 1, true, opening, null, lines);
        }

        Statement page(int number, boolean isLast) {
            return new Statement(iban, currency, id, number, isLast, opening, closing, lines);
        }

        Statement closing(long other) {
            return new Statement(iban, currency, id, page, last, opening, other, lines);
        }

        Statement currency(String other) {
            return new Statement(iban, other, id, page, last, opening, closing, lines);
        }
    }

    private final List<Statement> statements = new ArrayList<>();

    CamtFile add(Statement statement) {
        statements.add(statement);
        return this;
    }

    /// Writes the file into a folder.
    Path in(Path folder) {
        try {
            return Files.writeString(Files.createTempFile(folder, "statement", ".xml"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        var xml = new StringBuilder();
        xml.append("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">")
                .append("<BkToCstmrStmt><GrpHdr><MsgId>m</MsgId>")
                .append("<CreDtTm>2026-11-20T18:00:00</CreDtTm></GrpHdr>");
        statements.forEach(statement -> statement(xml, statement));
        return xml.append("</BkToCstmrStmt></Document>").toString();
    }

    private static void statement(StringBuilder xml, Statement statement) {
        var dates = statement.lines().stream().map(Line::date).sorted().toList();
        var from = dates.isEmpty() ? LocalDate.of(2026, 11, 20) : dates.getFirst();
        var to = dates.isEmpty() ? from : dates.getLast();
        xml.append("<Stmt><Id>")
                .append(statement.id())
                .append("</Id><StmtPgntn><PgNb>")
                .append(statement.page())
                .append("</PgNb><LastPgInd>")
                .append(statement.last())
                .append("</LastPgInd></StmtPgntn><FrToDt><FrDtTm>")
                .append(from)
                .append("T00:00:00</FrDtTm><ToDtTm>")
                .append(to)
                .append("T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>")
                .append(statement.iban())
                .append("</IBAN></Id><Ccy>")
                .append(statement.currency())
                .append("</Ccy></Acct>");
        Long opening = statement.opening();
        if (opening != null) {
            long reached =
                    opening + statement.lines().stream().mapToLong(Line::amount).sum();
            Long closing = statement.closing();
            balance(xml, "OPBD", opening, statement.currency(), from);
            balance(xml, "CLBD", closing == null ? reached : closing, statement.currency(), to);
        }
        statement.lines().forEach(line -> line(xml, line, statement.currency()));
        xml.append("</Stmt>");
    }

    private static void balance(
            StringBuilder xml, String code, long minor, String currency, LocalDate date) {
        xml.append("<Bal><Tp><CdOrPrtry><Cd>").append(code).append("</Cd></CdOrPrtry></Tp>");
        amount(xml, minor, currency);
        xml.append("<Dt><Dt>").append(date).append("</Dt></Dt></Bal>");
    }

    private static void amount(StringBuilder xml, long minor, String currency) {
        String text = new Money(Math.abs(minor), Currency.of(currency)).toString();
        xml.append("<Amt Ccy=\"")
                .append(currency)
                .append("\">")
                .append(text, 0, text.indexOf(' '))
                .append("</Amt><CdtDbtInd>")
                .append(minor < 0 ? "DBIT" : "CRDT")
                .append("</CdtDbtInd>");
    }

    private static void line(StringBuilder xml, Line line, String currency) {
        xml.append("<Ntry>");
        amount(xml, line.amount(), currency);
        String party = line.amount() < 0 ? "Cdtr" : "Dbtr";
        xml.append("<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>")
                .append(line.date())
                .append("</Dt></BookgDt>");
        if (!line.reference().isEmpty()) {
            xml.append("<AcctSvcrRef>").append(line.reference()).append("</AcctSvcrRef>");
        }
        xml.append("<NtryDtls><TxDtls><RltdPties><")
                .append(party)
                .append("><Pty><Nm>")
                .append(line.name())
                .append("</Nm></Pty></")
                .append(party)
                .append("></RltdPties><RmtInf><Ustrd>")
                .append(line.text())
                .append("</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>");
    }
}
