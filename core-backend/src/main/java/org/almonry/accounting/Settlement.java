package org.almonry.accounting;

import org.almonry.ledger.Ledger;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// Brings stored lines into the ledger and offers them to the matcher, so that ledger =
/// bank after every import. All ids follow from the stored rows: doing it again after a
/// crash changes nothing.
final class Settlement {
    /// Process kinds of this package; the inbox and the timeline name them.
    static final String INCOMING = "INCOMING";

    static final String OPENING = "OPENING";

    /// One commit of the ledger's writer.
    private static final int CHUNK = 4_000;

    private static final String ACTOR = "job:import";
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final SettlementStore store;
    private final IncomingStore incoming;
    private final Accounts accounts;
    private final Ledger ledger;
    private final NewLines newLines;
    private final Clock clock;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    Settlement(
            SettlementStore store,
            IncomingStore incoming,
            Accounts accounts,
            Ledger ledger,
            NewLines newLines,
            Clock clock) {
        this.store = store;
        this.incoming = incoming;
        this.accounts = accounts;
        this.ledger = ledger;
        this.newLines = newLines;
        this.clock = clock;
    }

    /// Settles what a crash or a refusal of the ledger left open. Run at start and by a
    /// job.
    void settleAll(Instant before) {
        for (var open : store.unsettled(before)) {
            var problems = settle(open.statement(), open.accountId(), booked -> {});
            problems.forEach(problem -> LOG.warn("statement {}: {}", open.statement(), problem));
        }
    }

    /// Settles one statement; gives in words what the ledger would not take.
    List<String> settle(long statement, String accountId, LongConsumer bookedMore) {
        var lock = locks.computeIfAbsent(accountId, key -> new ReentrantLock());
        lock.lock();
        try {
            if (store.isSettled(statement)) {
                return List.of();
            }
            var account = accounts.byId(accountId).orElse(null);
            if (account == null) {
                return List.of("account " + accountId + " is no longer configured");
            }
            var problems = new ArrayList<String>();
            postOpenings(statement, account, problems);
            postLines(statement, account, problems, bookedMore);
            if (problems.isEmpty()) {
                store.settle(statement, clock.instant());
            }
            return problems;
        } finally {
            lock.unlock();
        }
    }

    private void postOpenings(long statement, Account account, List<String> problems) {
        var requests = store.openings(statement).stream()
                .map(opening -> request(account, opening))
                .toList();
        if (!requests.isEmpty()) {
            report(ledger.postAll(requests), index -> "the opening balance", problems);
        }
    }

    private void postLines(
            long statement, Account account, List<String> problems, LongConsumer bookedMore) {
        long after = -1;
        List<Incoming> lines = incoming.ofStatement(statement, after, CHUNK);
        while (!lines.isEmpty()) {
            var chunk = lines;
            var results = ledger.postAll(
                    chunk.stream().map(line -> request(account, line)).toList());
            report(results, index -> "line " + chunk.get(index).id(), problems);
            var posted = new ArrayList<Incoming>(chunk.size());
            for (int i = 0; i < chunk.size(); i++) {
                if (results.get(i).isInTheBooks()) {
                    posted.add(chunk.get(i));
                }
            }
            bookedMore.accept(newLines.consider(posted));
            after = chunk.getLast().position();
            lines = chunk.size() < CHUNK
                    ? List.of()
                    : incoming.ofStatement(statement, after, CHUNK);
        }
    }

    private static PostRequest request(Account account, SettlementStore.Opening opening) {
        String process = IncomingIds.openingProcess(opening.id());
        return new PostRequest(
                IncomingIds.opening(opening.id()),
                process,
                opening.effectiveOn(),
                operations(account, opening.delta()),
                List.of(new ProcessChange.Open(
                        process, OPENING, "DONE", opening.accountId(), "{}", ACTOR)),
                List.of(),
                List.of(),
                true);
    }

    private static PostRequest request(Account account, Incoming line) {
        return new PostRequest(
                IncomingIds.posting(line.id()),
                line.processId(),
                line.bookingDate(),
                operations(account, line.amount().minor()),
                List.of(new ProcessChange.Open(
                        line.processId(), INCOMING, "WAITING", line.id(), "{}", ACTOR)),
                List.of(),
                List.of(),
                true);
    }

    /// A line over nothing, such as a notice of the bank, moves nothing but waits all the
    /// same.
    private static List<Operation> operations(Account account, long minor) {
        if (minor == 0) {
            return List.of();
        }
        return List.of(
                minor > 0
                        ? new Operation.Issue(account.issuingCoin(), account.incomingCoin(), minor)
                        : new Operation.Redeem(
                                account.incomingCoin(), account.issuingCoin(), -minor));
    }

    private static void report(
            List<PostResult> results, Function<Integer, String> name, List<String> problems) {
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case PostResult.Posted posted -> {}
                case PostResult.Replayed replayed -> {}
                case PostResult.Rejected rejected ->
                    problems.add("the ledger refuses " + name.apply(i) + ": " + rejected.text());
                case PostResult.Conflict conflict ->
                    problems.add("the ledger knows " + name.apply(i) + " with other content");
            }
        }
    }
}
