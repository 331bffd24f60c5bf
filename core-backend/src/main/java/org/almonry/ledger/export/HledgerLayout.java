package org.almonry.ledger.export;

import org.almonry.ledger.read.Words;
import org.almonry.wire.Ids;

import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A journal for hledger, strict enough for `hledger check --strict`: accounts and
/// commodities are declared, and the last transaction asserts every closing balance.
final class HledgerLayout implements Layout {
    private final Writer to;

    HledgerLayout(Writer to) {
        this.to = to;
    }

    @Override
    public void begin(Collection<Account> accounts, LocalDate opensOn) throws IOException {
        to.write("; Almonry\n\n");
        var scales = accounts.stream()
                .collect(Collectors.toMap(
                        HledgerLayout::commodity,
                        each -> each.currency().scale(),
                        (one, _) -> one,
                        TreeMap::new));
        for (var each : scales.entrySet()) {
            to.write(
                    "commodity 1000.%s %s\n".formatted("0".repeat(each.getValue()), each.getKey()));
        }
        for (var account : accounts) {
            to.write("account %s  ; %s\n".formatted(account.path(), comment(account.name())));
        }
        if (accounts.stream().anyMatch(each -> each.opening() != 0)) {
            to.write("\n%s * Brought forward\n".formatted(opensOn));
            for (var account : accounts) {
                if (account.opening() != 0) {
                    posting(account, account.opening(), "");
                }
            }
        }
    }

    @Override
    public void line(Line line) throws IOException {
        to.write("\n%s * (txn_%d) %s\n    ; request: %s\n"
                .formatted(
                        line.effectiveOn(),
                        line.id(),
                        Words.of(line.type()),
                        Ids.text("req", line.requestId())));
        if (!line.processId().isEmpty()) {
            to.write("    ; process: " + line.processId() + "\n");
        }
        if (line.corrects() != 0) {
            to.write("    ; corrects: txn_" + line.corrects() + "\n");
        }
        posting(line.from(), -line.minor(), "");
        posting(line.to(), line.minor(), "");
    }

    @Override
    public void end(Collection<Account> accounts, LocalDate closesOn) throws IOException {
        if (accounts.isEmpty()) {
            return;
        }
        to.write("\n%s * Closing balances\n".formatted(closesOn));
        for (var account : accounts) {
            posting(
                    account,
                    0,
                    " = " + account.amount(account.closing()) + " " + commodity(account));
        }
    }

    private void posting(Account account, long minor, String assertion) throws IOException {
        to.write("    %s  %s %s%s\n"
                .formatted(account.path(), account.amount(minor), commodity(account), assertion));
    }

    /// A commodity with a digit in it stands in quotes.
    private static String commodity(Account account) {
        var code = account.commodity();
        return code.chars().allMatch(Character::isLetter) ? code : '"' + code + '"';
    }

    /// A colon in a comment would make a tag, some of which mean something to hledger.
    private static String comment(String text) {
        return text.replaceAll("[\\p{Cntrl}:;,]", " ");
    }
}
