package org.almonry.bench.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What the engine has to reach beside its peers, as the issue of the ledger says.
final class Goals {

    private static final String US = EngineContender.NAME;
    private static final String FN = PgbenchContender.FUNCTION;
    private static final String PGLEDGER = PgbenchContender.PGLEDGER;

    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results, double proofMicros) {
        var goals = new Goals(results);
        goals.peers();
        goals.ownShape();
        goals.storage();
        goals.proof(proofMicros);
        goals.wire();
        return goals.goals;
    }

    private void peers() {
        rate("hot, 64 clients, over fn", Cell.hot(64), FN, 10, 15);
        rate("hot, 64 clients, over pgledger", Cell.hot(64), PGLEDGER, 40, 60);
        rate("hot, 256 clients, over pgledger", Cell.hot(256), PGLEDGER, 120, 200);
        rate("uniform, 64 clients, over fn", Cell.uniform(64), FN, 2.5, 4);
        rate("uniform, 64 clients, over pgledger", Cell.uniform(64), PGLEDGER, 8, 12);
        rate("uniform, 256 clients, over pgledger", Cell.uniform(256), PGLEDGER, 18, 28);
        rate("uniform, one client, over pgledger", Cell.uniform(1), PGLEDGER, 1.0, 1.2);
        rate("hot, one client, over pgledger", Cell.hot(1), PGLEDGER, 1.0, 1.2);
        var cell = Cell.hot(256);
        add(Goal.atLeast(
                "p99, hot, 256 clients: pgledger's over ours",
                100,
                ratio(of(PGLEDGER, cell, Sample::p99), of(US, cell, Sample::p99))));
    }

    private void ownShape() {
        var clients = new ArrayList<>(LedgerBench.CLIENTS);
        clients.add(Cell.MANY);
        for (int each : clients) {
            add(Goal.atLeast(
                    "hot over uniform, %,d %s".formatted(each, each == 1 ? "client" : "clients"),
                    0.9,
                    1.2,
                    ratio(rate(US, Cell.hot(each)), rate(US, Cell.uniform(each)))));
        }
        add(Goal.atLeast(
                "saturation (uniform, 4,096 in flight) over the COPY limit",
                0.25,
                0.5,
                ratio(
                        rate(US, Cell.uniform(Cell.MANY)),
                        rate(CopyContender.NAME, CopyContender.CELL))));
    }

    private void storage() {
        add(Goal.atMost(
                "bytes per transfer over pgledger's",
                0.5,
                "",
                ratio(results.stored(US), results.stored(PGLEDGER))));
        for (var cell : List.of(Cell.uniform(64), Cell.hot(64))) {
            add(Goal.atMost(
                    "WAL per transfer over pgledger's, %s, %d clients"
                            .formatted(cell.load(), cell.clients()),
                    0.5,
                    "",
                    ratio(of(US, cell, Sample::wal), of(PGLEDGER, cell, Sample::wal))));
        }
    }

    private void proof(double micros) {
        for (var cell : List.of(Cell.uniform(Cell.MANY), Cell.hot(Cell.MANY))) {
            add(Goal.atMost(
                    "proof: share of the engine's time at saturation, " + cell.load(),
                    5,
                    " %",
                    ProofCost.percent(micros, rate(US, cell))));
        }
    }

    /// Batched or streamed: the better of both.
    private void wire() {
        for (var cell : List.of(Cell.uniform(Cell.MANY), Cell.hot(Cell.MANY))) {
            var batched = ratio(rate(WireContender.BATCH, cell), rate(US, cell));
            var streamed = ratio(rate(WireContender.STREAM, cell), rate(US, cell));
            var isStreamed = streamed.orElse(0) > batched.orElse(0);
            add(Goal.atLeast(
                    "gRPC %s over in process, %s"
                            .formatted(isStreamed ? "streamed" : "batched", cell.load()),
                    0.5,
                    isStreamed ? streamed : batched));
        }
    }

    private void rate(String what, Cell cell, String peer, double floor, double goal) {
        add(Goal.atLeast(what, floor, goal, ratio(rate(US, cell), rate(peer, cell))));
    }

    private void add(Goal goal) {
        goals.add(goal);
    }

    private OptionalDouble rate(String contender, Cell cell) {
        return of(contender, cell, Sample::perSecond);
    }

    private OptionalDouble of(String contender, Cell cell, ToDoubleFunction<Sample> figure) {
        return results.median(contender, cell, figure);
    }

    private static OptionalDouble ratio(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
                : OptionalDouble.empty();
    }
}
