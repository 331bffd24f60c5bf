package org.almonry.ledger;

import org.almonry.ledger.postgres.CoinRows;
import org.almonry.ledger.postgres.Journals;
import org.almonry.ledger.read.Words;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/// The books of one golden script, in a database that all of them share: issuers, coins,
/// numbers and time are its own, and it names them as the script does.
final class GoldenBooks {
    /// Never a coin.
    private static final long NO_COIN = 1_000_000_000;

    private static final String OWNER = "golden";

    private static final String LAST = """
            select last_transaction_id, greatest(recorded_at, '2000-01-01T12:00:00Z') as recorded_at
              from ledger.head
            """;

    private static final String TRANSACTIONS = """
            select id, type, source_id, source_after, source_seq, destination_id, destination_after,
                   destination_seq, amount_minor, held_change, hold_id, corrects, expires_at, process_id,
                   effective_on, recorded_at
              from ledger.transaction
             where id > :base
             order by id
            """;

    private static final String HOLDS = """
            select id, type, coin_id, destination_id, amount_minor, remaining_minor, captured_minor, state
              from ledger.hold
             where id > :base
             order by id
            """;

    private static final String SUMS = """
            select i.key, c.currency, sum(c.balance) as sum
              from ledger.coin c
              join ledger.issuer i on i.id = c.issuer_id
             where c.issuer_id = any (:issuers)
             group by i.key, c.currency
            having sum(c.balance) <> 0
            """;

    final SetClock clock;
    final Ledger register;
    private final TestDatabase database;
    private final Ids ids;
    private final Map<String, Long> issuers = new LinkedHashMap<>();
    private final Map<String, Long> coins = new LinkedHashMap<>();
    private final Map<String, NewCoin> expected = new LinkedHashMap<>();
    private final Map<String, String> processes = new LinkedHashMap<>();
    private final long base;
    private final OffsetDateTime start;
    private Writer writer;
    private Journal journal;

    GoldenBooks(TestDatabase database) {
        this.database = database;
        var last = database.accounting()
                .withHandle(handle -> handle.createQuery(LAST)
                        .map((row, _) -> Map.entry(row.getLong(1), time(row, "recorded_at")))
                        .one());
        base = last.getKey();
        // Noon of a later day: what a script does to its clock stays within its own days.
        start = last.getValue().truncatedTo(ChronoUnit.DAYS).plusDays(40).plusHours(12);
        clock = new SetClock(start.toInstant().toString());
        ids = new Ids(clock);
        register = Journals.ledger(database.accounting(), clock);
        restart();
    }

    void restart() {
        if (journal != null) {
            journal.close();
        }
        journal = Journals.journal(database.accounting(), clock);
        writer = new Writer(journal, OWNER, clock);
        if (!writer.takeOver()) {
            throw new AssertionError("the books are not free");
        }
    }

    void close() {
        journal.close();
    }

    void pass(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    UUID requestId() {
        return Ids.uuid(ids.next("req"));
    }

    String process(String name) {
        return processes.computeIfAbsent(name, _ -> ids.next("prc"));
    }

    long issuer(String name) {
        return issuers.computeIfAbsent(
                name, _ -> register.openIssuer(name + " " + base + " " + ids.next("iss"), name));
    }

    void open(String name, CoinKind kind, Currency currency, String issuer) {
        var coin = new NewCoin(issuer(issuer), currency, kind, name, name);
        coins.put(name, register.openCoin(coin).id());
    }

    /// A coin that a split may make.
    void expect(NewCoin coin) {
        expected.putIfAbsent(coin.owner(), coin);
    }

    long id(String name) {
        if (name.equals("-")) {
            return 0;
        }
        var known = coins.get(name);
        if (known != null) {
            return known;
        }
        var split = expected.get(name);
        var made = split == null
                ? null
                : database.accounting()
                        .withHandle(handle -> CoinRows.find(handle, split.key()))
                        .map(Coin::id)
                        .orElse(null);
        if (made != null) {
            coins.put(name, made);
        }
        return made == null ? NO_COIN : made;
    }

    Coin coin(String name) {
        return database
                .accounting()
                .withHandle(handle -> CoinRows.find(handle, List.of(id(name))))
                .stream()
                .findFirst()
                .orElse(null);
    }

    long number(String relative) {
        return base + Long.parseLong(relative);
    }

    List<String> post(List<PostRequest> requests) throws InterruptedException {
        var tickets = requests.stream().map(Intake.Ticket::new).toList();
        writer.write(tickets);
        return tickets.stream().map(this::result).toList();
    }

    private String result(Intake.Ticket ticket) {
        try {
            return switch (ticket.answer().join()) {
                case PostResult.Posted it -> ("posted " + numbers(it.transactionIds())).strip();
                case PostResult.Replayed it -> ("replayed " + numbers(it.transactionIds())).strip();
                case PostResult.Rejected it -> it.rejection().name();
                case PostResult.Conflict _ -> "conflict";
            };
        } catch (CompletionException e) {
            return "failed " + Intake.failure(e).reason();
        }
    }

    private String numbers(List<Long> transactions) {
        var text = new StringBuilder();
        transactions.forEach(id -> text.append(' ').append(id - base));
        return text.toString().strip();
    }

    /// What the script left in the database.
    List<String> journal() {
        expected.keySet().forEach(this::id);
        var lines = new ArrayList<String>();
        database.accounting().useHandle(handle -> {
            lines.add("-- journal");
            lines.addAll(handle.createQuery(TRANSACTIONS)
                    .bind("base", base)
                    .map((row, _) -> transaction(row))
                    .list());
            lines.add("-- holds");
            lines.addAll(handle.createQuery(HOLDS)
                    .bind("base", base)
                    .map((row, _) -> hold(row))
                    .list());
            lines.add("-- coins");
            for (long id : coins.values()) {
                lines.add(coin(CoinRows.find(handle, List.of(id)).getFirst()));
            }
            lines.addAll(handle.createQuery(SUMS)
                    .bind("issuers", issuers.values().toArray(Long[]::new))
                    .map((row, _) -> "NOT ZERO: " + row.getString("key") + " " + row.getLong("sum"))
                    .list());
        });
        if (!processes.isEmpty()) {
            lines.add("-- processes");
            var states = new BusinessProcesses(database.accounting()).states(processes.values());
            processes.forEach((name, id) ->
                    lines.add(name + " " + states.getOrDefault(id, "does not exist")));
        }
        lines.removeIf(String::isBlank);
        return lines;
    }

    private String transaction(ResultSet row) throws SQLException {
        var text = new StringBuilder()
                .append(row.getLong("id") - base)
                .append(' ')
                .append(Words.of(TransactionType.of(row.getInt("type"))))
                .append(' ')
                .append(row.getLong("amount_minor"))
                .append(": ")
                .append(leg(row, "source"));
        if (row.getObject("destination_id") != null) {
            text.append(" -> ").append(leg(row, "destination"));
        }
        if (row.getObject("hold_id") != null) {
            text.append(", held %+d by %d"
                    .formatted(row.getLong("held_change"), row.getLong("hold_id") - base));
        }
        if (row.getObject("corrects") != null) {
            text.append(", corrects ").append(row.getLong("corrects") - base);
        }
        if (row.getObject("expires_at") != null) {
            text.append(", until ").append(seconds(time(row, "expires_at")));
        }
        if (row.getObject("process_id") != null) {
            text.append(", process ").append(processName(row.getObject("process_id", UUID.class)));
        }
        var effective = row.getObject("effective_on", LocalDate.class);
        var late = ChronoUnit.DAYS.between(effective, time(row, "recorded_at").toLocalDate());
        if (late != 0) {
            text.append(", on today%+d".formatted(-late));
        }
        if (!time(row, "recorded_at").equals(start)) {
            text.append(", at ").append(seconds(time(row, "recorded_at")));
        }
        return text.toString();
    }

    private String leg(ResultSet row, String side) throws SQLException {
        return "%s %d #%d"
                .formatted(
                        name(row.getLong(side + "_id")),
                        row.getLong(side + "_after"),
                        row.getLong(side + "_seq"));
    }

    private String hold(ResultSet row) throws SQLException {
        long destination = row.getLong("destination_id");
        return "%d %s of %s%s: %d, captured %d, left %d, %s"
                .formatted(
                        row.getLong("id") - base,
                        Words.of(TransactionType.of(row.getInt("type"))),
                        name(row.getLong("coin_id")),
                        destination == 0 ? "" : " for " + name(destination),
                        row.getLong("amount_minor"),
                        row.getLong("captured_minor"),
                        row.getLong("remaining_minor"),
                        row.getString("state"));
    }

    private String coin(Coin coin) {
        return "%s %s: %d, held %d, available %d, #%d%s%s%s"
                .formatted(
                        name(coin.id()),
                        coin.kind(),
                        coin.balance(),
                        coin.held(),
                        coin.available(),
                        coin.sequence(),
                        coin.creditLimit() == 0 ? "" : ", limit " + coin.creditLimit(),
                        coin.frozen() ? ", frozen" : "",
                        coin.closed() ? ", closed" : "");
    }

    private String name(long id) {
        return coins.entrySet().stream()
                .filter(each -> each.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("coin?");
    }

    private String processName(UUID id) {
        return processes.entrySet().stream()
                .filter(each -> Ids.uuid(each.getValue()).equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("process?");
    }

    private String seconds(OffsetDateTime time) {
        return "%+ds".formatted(ChronoUnit.SECONDS.between(start, time));
    }

    private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class);
    }
}
