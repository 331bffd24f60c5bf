package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Transfer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Random requests, good and bad, alone and in batches, repeated and altered, against a
/// model that shares no code with the ledger. The seed is the test's name. K-010, K-011,
/// K-014, K-016, K-024.
class LedgerSimulationTest {
    private static final int ROUNDS = 60;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260301, -77})
    void theLedgerAgreesWithASimpleModel(long seed) {
        var random = new Random(seed);
        try (var books = new Books()) {
            var model = new Model(books);
            var past = new ArrayList<PostRequest>();
            for (int round = 0; round < ROUNDS; round++) {
                var requests = new ArrayList<PostRequest>();
                for (int i = random.nextInt(40); i >= 0; i--) {
                    requests.add(model.next(random, past));
                }
                var results = books.ledger.postAll(requests);
                for (int i = 0; i < requests.size(); i++) {
                    model.check(requests.get(i), results.get(i));
                }
                past.addAll(requests);
            }
            model.balances.forEach((coin, balance) -> assertEquals(balance, books.balance(coin)));
        }
    }

    /// Balances by coin, and what was posted under which id.
    private static final class Model {
        final Books books;
        final Map<Long, Long> balances = new HashMap<>();
        final Map<UUID, List<Operation>> posted = new HashMap<>();
        final List<Long> coins;

        Model(Books books) {
            this.books = books;
            this.coins = List.of(
                    books.bank,
                    books.incoming,
                    books.project,
                    books.other,
                    books.overhead,
                    424_242L);
            coins.forEach(coin -> balances.put(coin, 0L));
            balances.remove(424_242L);
        }

        PostRequest next(Random random, List<PostRequest> past) {
            if (!past.isEmpty() && random.nextInt(10) == 0) {
                var old = past.get(random.nextInt(past.size()));
                return random.nextBoolean()
                        ? old
                        : books.request(old.requestId(), operations(random));
            }
            return books.request(operations(random));
        }

        Operation[] operations(Random random) {
            var operations = new Operation[1 + random.nextInt(3)];
            for (int i = 0; i < operations.length; i++) {
                operations[i] = operation(random);
            }
            return operations;
        }

        Operation operation(Random random) {
            long minor = random.nextInt(20) == 0 ? -random.nextInt(3) : 1 + random.nextInt(300);
            boolean wild = random.nextInt(8) == 0;
            long any = coins.get(random.nextInt(coins.size()));
            long project = random.nextBoolean() ? books.project : books.other;
            return switch (random.nextInt(4)) {
                case 0 -> new Issue(books.bank, wild ? any : books.incoming, minor);
                case 1 -> new Redeem(wild ? any : project, books.bank, minor);
                case 2 -> new Transfer(wild ? any : books.incoming, project, minor);
                default -> new Commission(project, wild ? any : books.overhead, minor);
            };
        }

        void check(PostRequest request, PostResult result) {
            var before = posted.get(request.requestId());
            if (before != null) {
                if (before.equals(request.operations())) {
                    assertInstanceOf(PostResult.Replayed.class, result);
                } else {
                    assertInstanceOf(PostResult.Conflict.class, result);
                }
                return;
            }
            var trial = new HashMap<>(balances);
            boolean fits = request.operations().stream().allMatch(each -> apply(each, trial))
                    && !turnsBack(request.operations());
            if (fits) {
                var ids = assertInstanceOf(PostResult.Posted.class, result).transactionIds();
                assertEquals(request.operations().size(), ids.size());
                balances.putAll(trial);
                posted.put(request.requestId(), request.operations());
            } else {
                assertInstanceOf(PostResult.Rejected.class, result);
            }
        }

        /// Whether projects pay each other in a circle; other circles are not made here.
        private boolean turnsBack(List<Operation> operations) {
            var pairs = new HashSet<List<Long>>();
            for (var operation : operations) {
                var move = (Operation.Move) operation;
                pairs.add(List.of(move.source(), move.destination()));
            }
            return reaches(pairs);
        }

        private boolean reaches(Set<List<Long>> pairs) {
            for (long start : coins) {
                var seen = new HashSet<Long>();
                var next = new ArrayList<Long>(List.of(start));
                while (!next.isEmpty()) {
                    long at = next.removeLast();
                    for (var pair : pairs) {
                        if (pair.get(0) == at && pair.get(1) != books.bank) {
                            if (pair.get(1) == start) {
                                return true;
                            }
                            if (seen.add(pair.get(1))) {
                                next.add(pair.get(1));
                            }
                        }
                    }
                }
            }
            return false;
        }

        private boolean apply(Operation any, Map<Long, Long> trial) {
            var operation = (Operation.Move) any;
            long source = operation.source();
            long destination = operation.destination();
            long minor = operation.minor();
            if (minor < 1
                    || source == destination
                    || !trial.containsKey(source)
                    || !trial.containsKey(destination)) {
                return false;
            }
            boolean typeFits = switch (operation) {
                case Issue _ -> source == books.bank;
                case Redeem _ -> destination == books.bank;
                case Transfer _ -> source != books.bank && destination != books.bank;
                case Commission _ -> source != books.bank && destination == books.overhead;
            };
            boolean endless = source == books.bank || source == books.incoming;
            if (!typeFits || (!endless && trial.get(source) < minor)) {
                return false;
            }
            trial.merge(source, -minor, Long::sum);
            trial.merge(destination, minor, Long::sum);
            return true;
        }
    }
}
