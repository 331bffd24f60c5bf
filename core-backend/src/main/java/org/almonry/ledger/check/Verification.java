package org.almonry.ledger.check;

import org.almonry.money.Money;

import java.util.List;

/// What a recomputation of the whole ledger found.
///
/// @param sums per issuer and currency the sum over all coins; zero in books that are right
/// @param faults one line each, at most [#FAULTS_MAX]
public record Verification(List<Money> sums, long coins, long transactions, List<String> faults) {
    /// After so many a person has seen enough.
    public static final int FAULTS_MAX = 100;

    public Verification {
        sums = List.copyOf(sums);
        faults = List.copyOf(faults);
    }

    public boolean isRight() {
        return faults.isEmpty();
    }
}
