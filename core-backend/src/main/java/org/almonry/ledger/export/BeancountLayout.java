package org.almonry.ledger.export;

import org.almonry.ledger.read.Words;
import org.almonry.wire.Ids;

import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.Collection;

/// A file for beancount. The balances brought forward need no contra account: per issuer
/// and currency they sum to zero.
final class BeancountLayout implements Layout {
    private final Writer to;

    BeancountLayout(Writer to) {
        this.to = to;
    }

    @Override
    public void begin(Collection<Account> accounts, LocalDate opensOn) throws IOException {
        to.write("option \"title\" \"Almonry\"\n\n");
        for (var account : accounts) {
            to.write("%s open %s %s\n  name: %s\n"
                    .formatted(
                            opensOn, account.path(), account.commodity(), quoted(account.name())));
        }
        if (accounts.stream().anyMatch(each -> each.opening() != 0)) {
            to.write("\n%s * \"Brought forward\"\n".formatted(opensOn));
            for (var account : accounts) {
                if (account.opening() != 0) {
                    posting(account, account.opening());
                }
            }
        }
    }

    @Override
    public void line(Line line) throws IOException {
        to.write("\n%s * \"%s\"\n  transaction: \"txn_%d\"\n  request: \"%s\"\n"
                .formatted(
                        line.effectiveOn(),
                        Words.of(line.type()),
                        line.id(),
                        Ids.text("req", line.requestId())));
        if (!line.processId().isEmpty()) {
            to.write("  process: \"" + line.processId() + "\"\n");
        }
        if (line.corrects() != 0) {
            to.write("  corrects: \"txn_" + line.corrects() + "\"\n");
        }
        posting(line.from(), -line.minor());
        posting(line.to(), line.minor());
    }

    @Override
    public void end(Collection<Account> accounts, LocalDate closesOn) throws IOException {
        to.write("\n");
        for (var account : accounts) {
            // A balance is checked at the beginning of its day.
            to.write("%s balance %s  %s %s\n"
                    .formatted(
                            closesOn.plusDays(1),
                            account.path(),
                            account.amount(account.closing()),
                            account.commodity()));
        }
    }

    private void posting(Account account, long minor) throws IOException {
        to.write("  %s  %s %s\n"
                .formatted(account.path(), account.amount(minor), account.commodity()));
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
                + '"';
    }
}
