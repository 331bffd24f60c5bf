package org.almonry.ledger.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads an exported plain-text journal line by line and refuses every line that has not
/// exactly the form that it should have; then does the sums that `bean-check` and `hledger
/// check` would do.
final class PlainTextJournal {
    private static final String PATH =
            "((?:Assets|Liabilities|Income)(?::[A-Z0-9][A-Za-z0-9-]*){4})";
    private static final String DAY = "(\\d{4}-\\d{2}-\\d{2})";
    private static final String AMOUNT = "(-?\\d+\\.\\d{2}) EUR";
    private static final Pattern POSTING = Pattern.compile(" {2,4}" + PATH + "  " + AMOUNT);
    private static final Pattern ASSERTED =
            Pattern.compile(" {4}" + PATH + "  0\\.00 EUR = " + AMOUNT);
    private static final Pattern BALANCE =
            Pattern.compile(DAY + " balance " + PATH + "  " + AMOUNT);
    private static final Pattern OPEN = Pattern.compile(DAY + " open " + PATH + " EUR");
    private static final Pattern ACCOUNT = Pattern.compile("account " + PATH + "  ; [^:;,]*");
    private static final Pattern HEAD = Pattern.compile(DAY + " \\* (.+)");
    private static final Pattern REMARK =
            Pattern.compile("|; Almonry|option \"title\" \"Almonry\"|commodity 1000\\.00 EUR"
                    + "|  name: \"(?:[^\"\\\\]|\\\\.)*\""
                    + "|  (?:transaction|corrects): \"txn_\\d+\"|  (?:request|process): \"[a-z0-9_]+\""
                    + "|    ; (?:request|process|corrects): [a-z0-9_]+");

    final Map<String, BigDecimal> balances = new HashMap<>();
    final Map<String, BigDecimal> asserted = new HashMap<>();
    final List<LocalDate> days = new ArrayList<>();
    int transactions;
    private final Set<String> opened = new HashSet<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private LocalDate last = LocalDate.MIN;

    PlainTextJournal(String text) {
        text.lines().forEach(this::read);
        endTransaction();
    }

    private void read(String line) {
        var posting = POSTING.matcher(line);
        var assertion = ASSERTED.matcher(line);
        var balance = BALANCE.matcher(line);
        var open = OPEN.matcher(line);
        var account = ACCOUNT.matcher(line);
        var head = HEAD.matcher(line);
        if (posting.matches()) {
            add(posting.group(1), new BigDecimal(posting.group(2)));
        } else if (assertion.matches()) {
            asserted.put(assertion.group(1), new BigDecimal(assertion.group(2)));
        } else if (balance.matches()) {
            endTransaction();
            asserted.put(balance.group(2), new BigDecimal(balance.group(3)));
        } else if (open.matches()) {
            check(opened.add(open.group(2)), "opened twice: " + line);
        } else if (account.matches()) {
            check(opened.add(account.group(1)), "declared twice: " + line);
        } else if (head.matches()) {
            endTransaction();
            var day = LocalDate.parse(head.group(1));
            check(!day.isBefore(last), "out of order: " + line);
            last = day;
            days.add(day);
            transactions++;
        } else {
            check(REMARK.matcher(line).matches(), "not a line of a journal: " + line);
        }
    }

    private void add(String account, BigDecimal amount) {
        check(opened.contains(account), "not opened: " + account);
        balances.merge(account, amount, BigDecimal::add);
        sum = sum.add(amount);
    }

    private void endTransaction() {
        check(sum.signum() == 0, "a transaction sums to " + sum);
    }

    private static void check(boolean holds, String text) {
        if (!holds) {
            throw new AssertionError(text);
        }
    }
}
