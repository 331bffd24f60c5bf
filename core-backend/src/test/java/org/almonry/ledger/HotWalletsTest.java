package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.postgres.CoinRows;
import org.almonry.testing.Measured;
import org.almonry.testing.Scale;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sixty-four writers over ten wallets, with readers between them: the total is the same in
/// every read, and the whole history is linearizable (K-024, K-034).
///
/// The numbers of transactions are the order to be proven: each read and each rejection must
/// fit a prefix of it, and nothing may come before what was answered before it was asked.
class HotWalletsTest {
    private static final int WRITERS = 64;
    private static final int WALLETS = 10;
    private static final long FUNDS = 1_000;
    private static final Duration SPAN =
            Duration.ofSeconds(Scale.of("almonry.hot.seconds", 10, 60));

    private static final String ROWS = """
            select id, source_id, source_after, destination_id, destination_after, amount_minor
              from ledger.transaction
             order by id
            """;

    /// A transfer as its caller saw it; id 0: rejected.
    private record Call(long start, long end, long from, long to, long minor, long id) {}

    /// All wallets as one statement saw them.
    private record Look(long start, long end, Map<Long, Coin> coins) {}

    /// A transaction as it is stored.
    private record Row(long id, long from, long fromAfter, long to, long toAfter, long minor) {}

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final Map<Long, TreeMap<Long, Long>> balances = new HashMap<>();
    private final Map<Long, List<Long>> order = new HashMap<>();
    private final TreeMap<Long, Row> rows = new TreeMap<>();

    @Test
    void aHistoryOfHotWalletsIsLinearizable() throws Exception {
        try (var books = new Books()) {
            var wallets = new ArrayList<Long>();
            for (int i = 0; i < WALLETS; i++) {
                wallets.add(books.coin(CoinKind.MEMBER, "wallet " + i));
                books.post(new Issue(books.bank, wallets.getLast(), FUNDS));
            }
            long end = System.nanoTime() + SPAN.toNanos();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = new ArrayList<Future<?>>();
                for (int i = 0; i < WRITERS; i++) {
                    var random = new Random(i);
                    boolean isReader = i % 8 == 0;
                    all.add(pool.submit(() -> {
                        while (System.nanoTime() < end) {
                            transfer(books, wallets, random);
                            if (isReader) {
                                look(books, wallets);
                            }
                        }
                    }));
                }
                for (var each : all) {
                    each.get();
                }
            }
            load(books);
            check(wallets);
        }
    }

    private void transfer(Books books, List<Long> wallets, Random random) {
        long from = wallets.get(random.nextInt(WALLETS));
        long to = wallets.get(random.nextInt(WALLETS));
        long minor = 1 + random.nextInt(400);
        if (from == to) {
            return;
        }
        long start = System.nanoTime();
        var result = books.post(new Transfer(from, to, minor));
        long end = System.nanoTime();
        long id = switch (result) {
            case PostResult.Posted it -> it.transactionIds().getFirst();
            case PostResult.Rejected it -> {
                assertEquals(Rejection.INSUFFICIENT_FUNDS, it.rejection());
                yield 0;
            }
            default -> throw new AssertionError(result.toString());
        };
        calls.add(new Call(start, end, from, to, minor, id));
    }

    private void look(Books books, List<Long> wallets) {
        long start = System.nanoTime();
        var found =
                books.database.accounting().withHandle(handle -> CoinRows.find(handle, wallets));
        long end = System.nanoTime();
        var coins = new HashMap<Long, Coin>();
        found.forEach(coin -> coins.put(coin.id(), coin));
        assertEquals(WALLETS * FUNDS, found.stream().mapToLong(Coin::balance).sum());
        looks.add(new Look(start, end, coins));
    }

    private void load(Books books) {
        books.database
                .accounting()
                .useHandle(handle -> handle.createQuery(ROWS)
                        .map((row, _) -> new Row(
                                row.getLong("id"),
                                row.getLong("source_id"),
                                row.getLong("source_after"),
                                row.getLong("destination_id"),
                                row.getLong("destination_after"),
                                row.getLong("amount_minor")))
                        .forEach(row -> {
                            rows.put(row.id(), row);
                            after(row.from(), row.id(), row.fromAfter());
                            after(row.to(), row.id(), row.toAfter());
                        }));
    }

    private void after(long coin, long id, long balance) {
        balances.computeIfAbsent(coin, _ -> new TreeMap<>(Map.of(0L, 0L))).put(id, balance);
    }

    private void check(List<Long> wallets) {
        var posted = calls.stream().filter(call -> call.id() != 0).toList();
        assertEquals(rows.size() - WALLETS, posted.size(), "what is stored was answered once");
        assertEquals(posted.size(), posted.stream().map(Call::id).distinct().count());
        for (var call : posted) {
            var row = rows.get(call.id());
            assertEquals(
                    List.of(call.from(), call.to(), call.minor()),
                    List.of(row.from(), row.to(), row.minor()));
        }
        // What was answered by a moment is in the books before what is asked from then on.
        var answered = new TreeMap<Long, Long>();
        long most = WALLETS;
        for (var call :
                posted.stream().sorted(Comparator.comparingLong(Call::end)).toList()) {
            most = Math.max(most, call.id());
            answered.put(call.end(), most);
        }
        // What is asked after a moment is not in the books before it.
        var asked = new TreeMap<Long, Long>();
        most = WALLETS;
        for (var call :
                posted.stream().sorted(Comparator.comparingLong(Call::start)).toList()) {
            most = Math.max(most, call.id());
            asked.put(call.start(), most);
        }
        for (var call : calls) {
            long before = upTo(answered, call.start());
            if (call.id() != 0) {
                assertTrue(call.id() > before, () -> call + " comes before " + before);
            } else {
                var states = balances.get(call.from());
                long least = states.floorEntry(before).getValue();
                for (long balance : states.subMap(before, false, upTo(asked, call.end()), true)
                        .values()) {
                    least = Math.min(least, balance);
                }
                assertTrue(least < call.minor(), () -> call + " was rejected, but fits");
            }
        }
        balances.forEach((coin, states) -> order.put(coin, List.copyOf(states.keySet())));
        looks.forEach(look -> check(look, wallets, answered, asked));
        Measured.tell(
                "history",
                posted.size() + " transfers, " + (calls.size() - posted.size()) + " rejections and "
                        + looks.size() + " reads of all wallets");
    }

    /// A read shows the state after some transaction, the same one for every wallet, and not
    /// an older one than was answered before, nor a newer one than was asked by its end.
    private void check(
            Look look,
            List<Long> wallets,
            TreeMap<Long, Long> answered,
            TreeMap<Long, Long> asked) {
        long first = upTo(answered, look.start());
        long last = upTo(asked, look.end());
        for (long wallet : wallets) {
            var coin = look.coins().get(wallet);
            var states = balances.get(wallet);
            // The state number n of a coin; state 0 is that of the new, empty coin.
            var ids = order.get(wallet);
            int number = Math.toIntExact(coin.sequence());
            assertEquals(states.get(ids.get(number)), coin.balance(), look::toString);
            first = Math.max(first, ids.get(number));
            last = Math.min(
                    last, number + 1 < ids.size() ? ids.get(number + 1) - 1 : Long.MAX_VALUE);
        }
        assertTrue(first <= last, () -> "no prefix of the journal is " + look);
    }

    private static long upTo(TreeMap<Long, Long> marks, long moment) {
        var mark = marks.floorEntry(moment);
        return mark == null ? WALLETS : mark.getValue();
    }
}
