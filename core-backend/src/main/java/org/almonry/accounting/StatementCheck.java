package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first pass: reads a whole file, stores nothing, and keeps of each line only what
/// tells it from others. When it ends without a refusal, the file is good to be imported.
final class StatementCheck implements StatementSink {
    private final Accounts accounts;
    private final Map<String, Optional<Account>> found = new HashMap<>();
    private final LocalDate today;
    private final List<CheckedStatement> statements = new ArrayList<>();
    private final List<Incoming> sample = new ArrayList<>();
    private final List<String> breaks = new ArrayList<>();
    private String format = "";
    private @Nullable CheckedStatement current;

    StatementCheck(Accounts accounts, LocalDate today) {
        this.accounts = accounts;
        this.today = today;
    }

    @Override
    public void begin(StatementHeader header) {
        if (format.isEmpty()) {
            format = header.format();
        }
        Account account = account(header.account(), header.currency()).orElse(null);
        String refusal = account == null ? refusal(header) : null;
        current = new CheckedStatement(header, account, refusal, today);
        statements.add(current);
    }

    @Override
    public void line(StatementLine line) {
        var statement = requireNonNull(current, "a line outside of a statement");
        statement.line(line);
        if (sample.size() < ImportReport.SAMPLE_MAX) {
            sample.add(incoming(statement, line));
        }
    }

    @Override
    public void end(StatementFooter footer) {
        requireNonNull(current, "an end without a statement").close(footer);
        current = null;
    }

    @Override
    public void broken(String where, String why) {
        if (current != null) {
            current.leaveOut(where + ": " + why);
        } else if (breaks.size() < ImportReport.BREAKS_MAX) {
            breaks.add(where + ": " + why);
        }
    }

    private Optional<Account> account(String identification, Currency currency) {
        return found.computeIfAbsent(
                identification + " " + currency.code(),
                key -> accounts.byIdentification(identification, currency));
    }

    private String refusal(StatementHeader header) {
        String plain = LineKeys.plain(header.account());
        return accounts.all().stream()
                .filter(account -> LineKeys.plain(account.identification()).equals(plain))
                .findFirst()
                .map(account -> "account " + header.account() + " is kept in "
                        + account.currency().code() + ", the statement is in "
                        + header.currency().code() + "; it is not imported")
                .orElse("account " + header.account()
                        + " is none of the configured accounts; the statement is not imported");
    }

    private static Incoming incoming(CheckedStatement statement, StatementLine line) {
        return new Incoming(
                "",
                statement.isImportable() ? statement.account().id() : "",
                "",
                0,
                line.position(),
                line.bookingDate(),
                line.valueDate(),
                line.amount(),
                line.counterpartyName(),
                line.counterpartyAccount(),
                line.remittance(),
                line.entryReference(),
                line.endToEndId(),
                line.bankCode(),
                line.raw(),
                Instant.EPOCH);
    }

    String format() {
        return format;
    }

    /// In the order of the file.
    List<CheckedStatement> statements() {
        return statements;
    }

    List<Incoming> sample() {
        return sample;
    }

    /// What is wrong outside of all statements.
    List<String> breaks() {
        return breaks;
    }
}
