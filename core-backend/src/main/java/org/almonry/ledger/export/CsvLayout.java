package org.almonry.ledger.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import org.almonry.ledger.read.Words;
import org.almonry.wire.Ids;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// RFC 4180, one row per entry, amounts signed as in the ledger. A spreadsheet runs a cell
/// that begins like a formula; such texts get an apostrophe in front.
final class CsvLayout implements Layout {
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private static final List<String> HEADER = List.of(
            "effective_on",
            "recorded_at",
            "transaction",
            "type",
            "coin",
            "issuer",
            "kind",
            "owner",
            "name",
            "change",
            "currency",
            "other_coin",
            "other_name",
            "process",
            "request",
            "corrects");

    private final CsvWriter csv;

    CsvLayout(Writer to) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to);
    }

    @Override
    public void begin(Collection<Account> accounts, LocalDate opensOn) {
        csv.writeRecord(HEADER);
    }

    @Override
    public void line(Line line) {
        write(line, line.from(), line.to(), -line.minor());
        write(line, line.to(), line.from(), line.minor());
    }

    @Override
    public void end(Collection<Account> accounts, LocalDate closesOn) throws IOException {
        csv.flush();
    }

    private void write(Line line, Account account, Account other, long change) {
        csv.writeRecord(
                line.effectiveOn().toString(),
                line.recordedAt().toString(),
                "txn_" + line.id(),
                Words.of(line.type()),
                "coin_" + account.coinId(),
                harmless(account.issuerKey()),
                account.kind().name().toLowerCase(Locale.ROOT),
                harmless(account.owner()),
                harmless(account.name()),
                BigDecimal.valueOf(change, account.currency().scale()).toPlainString(),
                account.currency().code(),
                "coin_" + other.coinId(),
                harmless(other.name()),
                line.processId(),
                Ids.text("req", line.requestId()),
                line.corrects() == 0 ? "" : "txn_" + line.corrects());
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
