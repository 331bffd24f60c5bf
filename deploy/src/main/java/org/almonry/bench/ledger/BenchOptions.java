package org.almonry.bench.ledger;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// How to run, from system properties.
///
/// @param pgledger a checkout of pgledger, if there is one
/// @param only names of contenders; empty for all
/// @param largeEntries how far the large books are filled
public record BenchOptions(
        int rounds, Duration window, @Nullable Path pgledger, Set<String> only, long largeEntries) {

    private static final int ROUNDS = 5;
    private static final int WINDOW_SECONDS = 4;
    private static final long LARGE_ENTRIES = 50_000_000;

    /// `bench.rounds`, `bench.seconds`, `bench.only` and `large.entries` make a run shorter
    /// while something is worked on; `pgledger` names the checkout, from the
    /// repository if it is relative.
    public static BenchOptions fromSystem(Path repository) {
        var checkout = System.getProperty("pgledger", "");
        var only = System.getProperty("bench.only", "");
        return new BenchOptions(
                Integer.getInteger("bench.rounds", ROUNDS),
                Duration.ofSeconds(Integer.getInteger("bench.seconds", WINDOW_SECONDS)),
                checkout.isEmpty() ? null : repository.resolve(checkout),
                only.isEmpty() ? Set.of() : Set.of(only.split(",", -1)),
                Long.getLong("large.entries", LARGE_ENTRIES));
    }

    /// Why a contender does not run; empty if it does.
    String missing(Contender contender) {
        return only.isEmpty() || only.contains(contender.name())
                ? contender.missing()
                : "left out by -Dbench.only";
    }
}
