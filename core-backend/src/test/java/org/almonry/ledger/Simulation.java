package org.almonry.ledger;

import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.almonry.testing.SetClock;
import org.almonry.wire.Failure;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One seed: the real writer over a store, beside a model; after each step both must agree
/// on every balance, hold, number, process and result.
final class Simulation implements AutoCloseable {
    private static final Duration ANSWERED = Duration.ofSeconds(10);
    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");

    /// A writer and its way to the books.
    private static final class Core {
        final FaultyJournal journal;
        final Writer writer;

        Core(FaultyJournal journal, String name, SetClock clock) {
            this.journal = journal;
            this.writer = new Writer(journal, name, clock);
        }
    }

    private final long seed;
    private final Random random;
    private final SimulatedStore store;
    private final Ledger register;
    private final SetClock clock;
    private final int percent;
    private final SimulatedRequests requests;
    private final List<Long> issuers = new ArrayList<>();
    private LedgerModel model;
    private Core owner;
    private Core other;
    private int cores;

    /// @param percent how often the connection breaks
    Simulation(long seed, SimulatedStore store, SetClock clock, int percent) {
        this.seed = seed;
        this.random = new Random(seed);
        this.store = store;
        this.register = store.register();
        this.clock = clock;
        this.percent = percent;
        this.requests = new SimulatedRequests(random);
        this.model = new LedgerModel(store::find);
        model.last = store.lastTransaction();
        model.time = store.time();
        for (var issuer : List.of("one", "two")) {
            issuers.add(register.openIssuer("simulated " + seed + " " + issuer, issuer));
        }
        for (var kind : List.of(
                CoinKind.ISSUING,
                CoinKind.INCOMING,
                CoinKind.OVERHEAD,
                CoinKind.COMMISSION,
                CoinKind.MEMBER,
                CoinKind.PROJECT)) {
            open(issuers.getFirst(), EUR, kind);
        }
        open(issuers.getFirst(), USD, CoinKind.PROJECT);
        open(issuers.getLast(), EUR, CoinKind.PROJECT);
        owner = core();
        other = core();
        takeOver(owner);
    }

    private void open(long issuer, Currency currency, CoinKind kind) {
        var purse = new LedgerModel.Purse();
        purse.name = new NewCoin(issuer, currency, kind, "coin", "owner");
        model.coins.put(register.openCoin(purse.name).id(), purse);
    }

    private Core core() {
        var journal = new FaultyJournal(store.connect(), random, percent);
        return new Core(journal, "sim-" + seed + "-" + cores++, clock);
    }

    private void takeOver(Core core) {
        store.ownerIsSilent();
        // The first try may find that its connection was ended when it was replaced.
        boolean isFirst = core.writer.takeOver();
        if (!isFirst && !core.writer.takeOver()) {
            throw new AssertionError("a core cannot take over from a silent owner");
        }
    }

    void run(int steps) throws InterruptedException {
        for (int step = 0; step < steps; step++) {
            step();
            compare();
        }
    }

    private void step() throws InterruptedException {
        switch (random.nextInt(20)) {
            case 0, 1 -> clock.advance(Duration.ofSeconds(random.nextInt(90)));
            case 2 -> clock.advance(Duration.ofHours(random.nextInt(60) - 10));
            case 3, 4 -> change().forEach(each -> each.accept(model));
            case 5 -> {
                // The core dies, and with it all that it remembers.
                owner.journal.close();
                owner = core();
                takeOver(owner);
            }
            case 6 -> {
                // The owner pauses; another core takes over and writes; the first goes on.
                takeOver(other);
                var stale = owner;
                owner = other;
                other = stale;
                batch(owner);
                if (random.nextBoolean()) {
                    batch(stale);
                }
            }
            default -> batch(owner);
        }
    }

    /// Something that the register does: once to the books, once to the model.
    private List<Consumer<LedgerModel>> change() {
        var ids = List.copyOf(model.coins.keySet());
        long id = ids.get(random.nextInt(ids.size()));
        int kind = random.nextInt(10);
        long limit = random.nextInt(100);
        long issuer = issuers.get(random.nextInt(2));
        var to = today().minusDays(1 + random.nextInt(9));
        if (kind == 0 && model.closedTo.getOrDefault(issuer, LocalDate.MIN).isAfter(to)) {
            return List.of();
        }
        var done = new boolean[1];
        return List.of(
                _ -> done[0] = switch (kind) {
                    case 0 -> {
                        register.closePeriod(issuer, to, "usr_1");
                        yield true;
                    }
                    case 1, 2 -> register.closeCoin(id);
                    case 3, 4 -> register.setCreditLimit(id, limit);
                    case 5, 6 -> register.freeze(id, true);
                    default -> register.freeze(id, false);
                },
                it -> {
                    var coin = it.coins.get(id);
                    boolean bound = !coin.is(CoinKind.ISSUING) && !coin.is(CoinKind.INCOMING);
                    boolean may = kind == 0
                            || (!coin.closed
                                    && switch (kind) {
                                        case 1, 2 -> coin.balance == 0 && coin.held == 0;
                                        case 3, 4 ->
                                            coin.balance <= Long.MAX_VALUE - limit
                                                    && (!bound
                                                            || coin.balance - coin.held >= -limit);
                                        default -> true;
                                    });
                    if (may != done[0]) {
                        throw new AssertionError("the register says " + done[0] + ", not " + may);
                    }
                    if (!may) {
                        return;
                    }
                    switch (kind) {
                        case 0 -> it.closedTo.put(issuer, to);
                        case 1, 2 -> coin.closed = true;
                        case 3, 4 -> coin.limit = limit;
                        default -> coin.frozen = kind < 7;
                    }
                });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void batch(Core core) throws InterruptedException {
        var batch = new ArrayList<PostRequest>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            batch.add(requests.next(model, clock.instant()));
        }
        var happened = new boolean[1];
        var change = random.nextInt(10) == 0 ? change() : List.<Consumer<LedgerModel>>of();
        core.journal.beforeNextWrite(() -> {
            if (!change.isEmpty()) {
                change.getFirst().accept(model);
                happened[0] = true;
            }
        });
        var tickets = batch.stream().map(Intake.Ticket::new).toList();
        try {
            core.writer.write(tickets);
        } catch (Journal.Fault e) {
            if (e.kind() != Journal.Fault.Kind.REPLACED || core == owner) {
                throw new AssertionError("the owner steps down", e);
            }
            Intake.refuse(tickets, e);
        }
        core.journal.beforeNextWrite(() -> {});
        var results = new ArrayList<>();
        for (var ticket : tickets) {
            results.add(result(ticket));
        }
        if (core != owner && !results.stream().allMatch(Failure.class::isInstance)) {
            throw new AssertionError("a stale owner answers " + results);
        }
        boolean mayFail = core.journal.hasFailed() || core != owner;
        var first = model.copy();
        if (happened[0]) {
            change.getLast().accept(first);
        }
        var wrong = check(first, batch, results, mayFail);
        if (wrong != null && happened[0]) {
            // A change that came while the batch was judged may also count as after it.
            first = model.copy();
            wrong = check(first, batch, results, mayFail);
            change.getLast().accept(first);
        }
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
        model = first;
    }

    private static Object result(Intake.Ticket ticket) throws InterruptedException {
        try {
            return ticket.answer().get(ANSWERED.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Intake.failure(e);
        } catch (TimeoutException e) {
            throw new AssertionError("a request was never answered", e);
        }
    }

    /// What is wrong with the results of a batch, or null; what it did happens in the model.
    private String check(
            LedgerModel on, List<PostRequest> batch, List<Object> results, boolean mayFail) {
        Map<UUID, Integer> answered = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (results.get(i) instanceof PostResult it && it.isInTheBooks()) {
                answered.put(batch.get(i).requestId(), i);
            }
        }
        var present = store.present(batch.stream().map(PostRequest::requestId).toList());
        for (int i = 0; i < batch.size(); i++) {
            var request = batch.get(i);
            var actual = results.get(i);
            if (actual instanceof Failure failure) {
                boolean poison = request.processes().stream()
                        .anyMatch(each -> each instanceof ProcessChange.Open it
                                && it.kind().equals(FaultyJournal.POISON));
                if (!poison && !mayFail) {
                    return request + " failed without a reason: " + failure;
                }
                if (present.contains(request.requestId())
                        && !answered.containsKey(request.requestId())
                        && !on.done.containsKey(request.requestId())
                        && !(on.post(request, clock.instant()) instanceof PostResult.Posted)) {
                    return request + " is in the books, but must not be";
                }
                continue;
            }
            var expected = on.post(request, clock.instant());
            if (!isSame(expected, (PostResult) actual)) {
                return request + "\ngot " + actual + "\nnot " + expected;
            }
            if (expected instanceof PostResult.Posted it && !it.transactionIds().isEmpty()) {
                var day = store.effectiveOn(it.transactionIds().getFirst());
                if (!day.equals(on.effectiveOn)) {
                    return request + " takes effect on " + day + ", not on " + on.effectiveOn;
                }
            }
        }
        return null;
    }

    private static boolean isSame(PostResult expected, PostResult actual) {
        return expected instanceof PostResult.Rejected one
                        && actual instanceof PostResult.Rejected other
                ? one.rejection() == other.rejection()
                : expected.equals(actual);
    }

    /// Everything that is stored, against the model.
    private void compare() {
        var sums = new HashMap<String, Long>();
        var coins = new HashMap<Long, Coin>();
        store.coins(model.coins.keySet()).forEach(coin -> coins.put(coin.id(), coin));
        model.coins.forEach((id, coin) -> {
            var stored = coins.get(id);
            var expected = "balance %d, held %d, limit %d, #%d, closed %b, frozen %b"
                    .formatted(
                            coin.balance,
                            coin.held,
                            coin.limit,
                            coin.sequence,
                            coin.closed,
                            coin.frozen);
            var actual = stored == null
                    ? "nothing"
                    : "balance %d, held %d, limit %d, #%d, closed %b, frozen %b"
                            .formatted(
                                    stored.balance(),
                                    stored.held(),
                                    stored.creditLimit(),
                                    stored.sequence(),
                                    stored.closed(),
                                    stored.frozen());
            same("coin " + id, expected, actual);
            sums.merge(coin.name.issuerId() + coin.name.currency().code(), coin.balance, Long::sum);
        });
        sums.forEach((book, sum) -> same(book, 0L, sum));
        var holds = new HashMap<Long, Hold>();
        store.holds(model.holds.keySet()).forEach(hold -> holds.put(hold.id(), hold));
        model.holds.forEach((id, hold) -> {
            var stored = holds.get(id);
            same("hold " + id + " left", hold.open(), stored.remaining());
            same("hold " + id, hold.state(), stored.state().name());
            same("hold " + id + " is for", hold.destination(), stored.destination());
        });
        same("processes", model.processes, store.processes(model.processes.keySet()));
        same("last transaction", model.last, store.lastTransaction());
    }

    private static void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }

    @Override
    public void close() {
        owner.journal.close();
        other.journal.close();
    }
}
