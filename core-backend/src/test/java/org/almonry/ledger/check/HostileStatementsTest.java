package org.almonry.ledger.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Correction;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Reverse;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.PostResult;
import org.almonry.money.Currency;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// C-019, L1 to L5, X-010: whoever holds the connection of the core can add to history by
/// the function of the writer, and can change nothing. The statements are data:
/// `ledger/hostile.txt`.
class HostileStatementsTest {
    private static final int LEAST = 200;
    private static final String FINE = "00000";
    private static final Pattern LINE = Pattern.compile("([0-9A-Z]{5}) (.+)");
    private static final Pattern POST = Pattern.compile("\\$POST\\((.*)\\)");
    private static final Pattern BATCH = Pattern.compile("\\$BATCH\\((.*)\\)");

    private static final List<String> HISTORY = List.of(
            "ledger.issuer",
            "ledger.coin",
            "ledger.transaction",
            "ledger.request",
            "ledger.batch",
            "ledger.hold",
            "ledger.correction",
            "ledger.backdated",
            "ledger.period",
            "ledger.checkpoint",
            "ledger.check_run",
            "ledger.halt",
            "ledger.metadata",
            "audit.entry",
            "events.event",
            "process.process",
            "process.process_step",
            // All of it but the sign of life.
            "(select shard, owner, epoch, backend_pid, batch_number, last_transaction_id, recorded_at, chain,"
                    + " halted_at from ledger.head)",
            "(select oid, relname, relkind, relowner, relacl from pg_catalog.pg_class where relkind <> 't')",
            "pg_catalog.pg_attribute",
            "pg_catalog.pg_proc",
            "pg_catalog.pg_trigger",
            "pg_catalog.pg_auth_members");

    @Test
    void historyStaysAsItIsWhateverTheApplicationRoleTries() throws Exception {
        try (var books = new CheckedBooks(Clock.systemUTC())) {
            var places = fill(books);
            var before = digest(books);
            assertFalse(before.containsValue(null), () -> "there is an empty table: " + before);
            var wrong = new ArrayList<String>();
            var lines = statements();
            for (var line : lines) {
                var match = LINE.matcher(line);
                assertTrue(match.matches(), line);
                var statement = expanded(match.group(2), places);
                var state = state(books, statement);
                if (!state.equals(match.group(1))) {
                    wrong.add(state + ", not " + line);
                }
            }
            assertEquals("", String.join("\n", wrong));
            assertEquals(before, digest(books));
            assertTrue(lines.size() >= LEAST, "only " + lines.size() + " statements");
            assertEquals(lines.size(), lines.stream().distinct().count());
            assertInstanceOf(
                    PostResult.Posted.class,
                    books.post(new Transfer(books.incoming, books.project, 1)));
            assertEquals(List.of(), books.check.run().faults());
        }
    }

    /// What only the seal would show: the database lets rows through that follow from their
    /// coins, whatever hashes come with them. The self-check does not.
    @Test
    void aBatchWithAForgedSealIsFoundWithinARun() throws Exception {
        try (var books = new CheckedBooks(Clock.systemUTC())) {
            var places = fill(books);
            var forged = "$BATCH(h.epoch, h.batch_number + 1, h.last_transaction_id + 1,"
                    + " h.recorded_at + interval '1 us', gen_random_uuid())";
            assertEquals(FINE, state(books, expanded(forged, places)));
            var faults = books.check.run().faults();
            assertTrue(
                    faults.stream().anyMatch(line -> line.contains("is not chained")),
                    faults::toString);
            assertTrue(books.check.halt().isPresent());
        }
    }

    /// Something in every table; the answer: names of places and what they stand for.
    private static Map<String, String> fill(CheckedBooks books) {
        var usd = new NewCoin(books.issuer, Currency.of("USD"), CoinKind.PROJECT, "usd", "usd");
        long elsewhere = books.ledger.openIssuer("elsewhere", "Elsewhere");
        var foreign =
                new NewCoin(elsewhere, CheckedBooks.EUR, CoinKind.PROJECT, "foreign", "foreign");
        var places = new LinkedHashMap<String, String>();
        places.put("$usd", String.valueOf(books.ledger.openCoin(usd).id()));
        places.put("$foreign", String.valueOf(books.ledger.openCoin(foreign).id()));
        long closed = books.coin(CoinKind.POT, "closed");
        assertTrue(books.ledger.closeCoin(closed));
        places.put("$closed", String.valueOf(closed));
        long frozen = books.coin(CoinKind.POT, "frozen");
        assertTrue(books.ledger.freeze(frozen, true));
        places.put("$frozen", String.valueOf(frozen));
        books.post(new Issue(books.bank, books.incoming, 2500));
        long moved = posted(books.post(new Transfer(books.incoming, books.project, 1000)));
        var back = new Transfer(books.project, books.incoming, 1000);
        books.post(new Correction(back, moved));
        books.post(new Transfer(books.incoming, books.project, 900));
        books.open();
        places.put(
                "$hold",
                String.valueOf(
                        posted(books.post(new Authorize(books.project, books.other, 100, null)))));
        long spent = posted(books.post(new Authorize(books.project, books.other, 50, null)));
        books.post(new Capture(spent, 0, 20, true));
        books.post(new Reverse(spent));
        places.put("$spent", String.valueOf(spent));
        books.ledger.closePeriod(books.issuer, LocalDate.of(2026, 2, 28), "usr_1");
        books.tamper(
                "insert into ledger.checkpoint values (1, 'x', decode(repeat('00', 32), 'hex'), now(), 'x')",
                "update ledger.coin set balance = 1 where kind = 'OVERHEAD'");
        books.check.run();
        books.tamper("update ledger.coin set balance = 0 where kind = 'OVERHEAD'");
        books.check.lift("usr_1", "", "mended", false);
        books.tamper("insert into ledger.metadata (target, key, value, set_at, set_by)"
                + " values ('coin_3', 'x', 'x', now(), 'usr_1')");
        return places;
    }

    private static long posted(PostResult result) {
        return assertInstanceOf(PostResult.Posted.class, result)
                .transactionIds()
                .getFirst();
    }

    private static Map<String, String> digest(CheckedBooks books) {
        var digests = new LinkedHashMap<String, String>();
        books.database.superuserJdbi().useHandle(handle -> {
            for (var table : HISTORY) {
                digests.put(
                        table,
                        handle.createQuery("select encode(sha256(convert_to(string_agg(t::text, '|'"
                                        + " order by t::text collate \"C\"), 'UTF8')), 'hex') from "
                                        + table + " t")
                                .mapTo(String.class)
                                .one());
            }
        });
        return digests;
    }

    /// The state that a statement ends with, on a connection of its own.
    private static String state(CheckedBooks books, String statement) throws SQLException {
        var url = books.database.accountingUrl();
        try (var connection = DriverManager.getConnection(url, "accounting_app", "")) {
            try (var call = connection.createStatement()) {
                call.execute(statement);
                return FINE;
            } catch (SQLException e) {
                return e.getSQLState();
            }
        }
    }

    private static List<String> statements() throws IOException {
        try (var file = HostileStatementsTest.class.getResourceAsStream("/ledger/hostile.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static String expanded(String statement, Map<String, String> places) {
        var text = statement;
        var post = POST.matcher(text);
        if (post.matches()) {
            text = call(
                    "h.epoch, h.batch_number + 1, h.last_transaction_id + 1,"
                            + " h.recorded_at + interval '1 us'",
                    "h.last_transaction_id + 1",
                    "gen_random_uuid()",
                    post.group(1).split(", "));
        }
        var batch = BATCH.matcher(text);
        if (batch.matches()) {
            var head = batch.group(1).split(", (?=h\\.|now|9|1|gen|\\()");
            assertEquals(5, head.length, text);
            var right = "3, 2, 3, 5, $s2 + 1, $b2 - 5, $s3 + 1, $b3 + 5, 0, 0, 0".split(", ");
            text = call(String.join(", ", List.of(head).subList(0, 4)), head[2], head[4], right);
        }
        for (var place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        return text.replace("$next", "h.last_transaction_id + 1")
                .replaceAll("\\$b(\\d)", "(select balance from ledger.coin where id = $1)")
                .replaceAll("\\$s(\\d)", "(select seq from ledger.coin where id = $1)");
    }

    /// One transaction by the function of the writer.
    ///
    /// @param row type, source, destination, amount, source's number and balance after it,
    ///     destination's number and balance after it, held change, hold, corrects
    private static String call(String head, String first, String request, String[] row) {
        var zeros = "decode(repeat('00', 32), 'hex')";
        var columns = new ArrayList<String>();
        for (int i = 1; i < row.length; i++) {
            columns.add("array[" + row[i] + "]::bigint[]");
        }
        return "select ledger.post_batch(%s, %s, %s, %s, array[%s], array[%s], array[%s]::bigint[], array[1],"
                        .formatted(head, zeros, zeros, zeros, request, zeros, first)
                + " array[null]::uuid[], array[20600], array[1], array[%s], %s, array[]::timestamptz[])"
                        .formatted(row[0], String.join(", ", columns))
                + " from ledger.head h";
    }
}
