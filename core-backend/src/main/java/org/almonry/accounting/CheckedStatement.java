package org.almonry.accounting;

import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A statement of which the first pass has seen every line: what the second pass must know
/// before it meets the first line again. Filled line by line, then closed once.
final class CheckedStatement {
    /// Statements are dated by the bank's calendar; a month covers value-dated previews.
    private static final int FUTURE_DAYS_MAX = 31;

    /// Ten thousand million units of a currency with cents. What is larger is a mistake in
    /// the file, and a file of 256 MiB full of smaller ones cannot overflow a sum.
    private static final long LINE_MINOR_MAX = 1_000_000_000_000L;

    private static final long BALANCE_MINOR_MAX = 100_000 * LINE_MINOR_MAX;

    private static final LocalDate OLDEST = LocalDate.of(1990, 1, 1);

    private final StatementHeader header;
    private final @Nullable Account account;
    private final LineKeys keys;
    private final LocalDate today;
    private final LineColumns columns = new LineColumns();
    private final List<String> breaks = new ArrayList<>();

    private LocalDate from;
    private LocalDate to;
    private @Nullable Money opening;
    private @Nullable Money closing;
    private long entries;
    private boolean complete = true;

    /// @param refusal why none of it can be imported, or null
    CheckedStatement(
            StatementHeader header,
            @Nullable Account account,
            @Nullable String refusal,
            LocalDate today) {
        this.header = header;
        this.account = account;
        this.today = today;
        this.keys = new LineKeys(account == null ? "" : account.id());
        this.from = header.from();
        this.to = header.to();
        this.opening = possible(header.opening());
        if (refusal != null) {
            breaks.add(refusal);
        }
    }

    /// Why a line cannot be a line of this statement, or null. Both passes ask.
    @Nullable
    String refusal(StatementLine line) {
        if (!line.amount().currency().equals(header.currency())) {
            return "line " + line.position() + " is in "
                    + line.amount().currency().code() + ", the statement in "
                    + header.currency().code() + "; the line is left out";
        }
        if (!isPossible(line.bookingDate())) {
            return "line " + line.position() + " is dated " + line.bookingDate()
                    + ", which cannot be; the line is left out";
        }
        if (Math.abs(line.amount().minor()) > LINE_MINOR_MAX) {
            return "line " + line.position() + " is about " + line.amount()
                    + ", which cannot be; the line is left out";
        }
        return null;
    }

    void line(StatementLine line) {
        entries++;
        if (account == null) {
            return;
        }
        String refusal = refusal(line);
        if (refusal != null) {
            leaveOut(refusal);
            return;
        }
        Money stated = possible(line.runningBalance());
        columns.add(
                keys.content(line),
                keys.reference(line),
                line.bookingDate(),
                line.amount().minor(),
                stated == null ? null : stated.minor());
    }

    /// Something of the statement was left out, so that its balances cannot be followed.
    void leaveOut(String why) {
        complete = false;
        if (breaks.size() < ImportReport.BREAKS_MAX) {
            breaks.add(why);
        }
    }

    void close(StatementFooter footer) {
        closing = possible(footer.closing());
        if (account == null) {
            return;
        }
        checkDates();
        fromStatedBalances();
        boolean adds = checkSum();
        Money known = opening;
        if (known != null && adds && complete && header.kind() == StatementHeader.Kind.BOOKED) {
            columns.balancesFrom(known.minor());
        }
    }

    private void checkDates() {
        boolean possible = isPossible(from) && isPossible(to) && !from.isAfter(to);
        if (!possible) {
            breaks.add("the statement is dated " + from + " to " + to
                    + ", which cannot be; the dates of its lines count");
        }
        LocalDate oldest = null;
        LocalDate newest = null;
        for (int line = 0; line < columns.size(); line++) {
            var day = LocalDate.ofEpochDay(columns.day(line));
            oldest = oldest == null || day.isBefore(oldest) ? day : oldest;
            newest = newest == null || day.isAfter(newest) ? day : newest;
        }
        if (!possible) {
            from = oldest == null ? today : oldest;
            to = newest == null ? today : newest;
            complete &= oldest != null;
        } else if (newest != null && newest.isAfter(to)) {
            to = newest;
        }
    }

    /// Exports without balances of their own often state one per line.
    private void fromStatedBalances() {
        int size = columns.size();
        if (size == 0 || header.kind() != StatementHeader.Kind.BOOKED) {
            return;
        }
        int oldest = columns.isNewestFirst() ? size - 1 : 0;
        int newest = size - 1 - oldest;
        if (opening == null && columns.hasBalance(oldest)) {
            opening = new Money(
                    Math.subtractExact(columns.balance(oldest), columns.amount(oldest)),
                    header.currency());
        }
        if (closing == null && columns.hasBalance(newest)) {
            closing = new Money(columns.balance(newest), header.currency());
        }
    }

    private boolean checkSum() {
        if (opening == null || closing == null) {
            return true;
        }
        var reached = opening.plus(new Money(columns.sum(), header.currency()));
        if (reached.equals(closing)) {
            return true;
        }
        breaks.add("opening " + opening + " and " + columns.size() + " lines make " + reached
                + ", the statement closes with " + closing + ": "
                + closing.minus(reached) + " is not explained");
        return false;
    }

    private @Nullable Money possible(@Nullable Money balance) {
        return balance == null
                        || Math.abs(balance.minor()) > BALANCE_MINOR_MAX
                        || !balance.currency().equals(header.currency())
                ? null
                : balance;
    }

    private boolean isPossible(LocalDate date) {
        return !date.isBefore(OLDEST) && !date.isAfter(today.plusDays(FUTURE_DAYS_MAX));
    }

    /// Whether it says anything about an account of ours.
    boolean isImportable() {
        return account != null;
    }

    /// The account; asked only when importable.
    Account account() {
        if (account == null) {
            throw new IllegalStateException("a statement of no account of ours");
        }
        return account;
    }

    StatementHeader header() {
        return header;
    }

    LineColumns columns() {
        return columns;
    }

    LocalDate from() {
        return from;
    }

    LocalDate to() {
        return to;
    }

    @Nullable
    Money opening() {
        return opening;
    }

    @Nullable
    Money closing() {
        return closing;
    }

    long entries() {
        return entries;
    }

    List<String> breaks() {
        return breaks;
    }

    /// Whether its balances take part in the account's chain.
    boolean isChained() {
        return header.kind() == StatementHeader.Kind.BOOKED && opening != null;
    }

    /// Equal for a statement that says the same again.
    UUID fingerprint() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            String head = String.join(
                    "\0",
                    header.kind().name(),
                    header.statementId(),
                    Integer.toString(header.page()),
                    from.toString(),
                    to.toString(),
                    String.valueOf(opening),
                    String.valueOf(closing));
            sha.update(head.getBytes(StandardCharsets.UTF_8));
            columns.digest(sha);
            var hash = ByteBuffer.wrap(sha.digest());
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    StatementReport report(List<String> allBreaks, long added, long duplicates) {
        return new StatementReport(
                header.account(),
                header.statementId(),
                from,
                to,
                opening,
                closing,
                entries,
                allBreaks,
                added,
                duplicates);
    }

    /// How breaks name it.
    String name() {
        String id = header.statementId().isEmpty() ? from + " to " + to : header.statementId();
        return "statement " + id + (header.page() > 1 ? ", page " + header.page() : "") + " of "
                + header.account();
    }
}
