package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.money.Money;

/// All coins of one issuer, currency and kind.
///
/// @param debit the balances below zero, as a positive sum
/// @param credit the balances above zero
public record TrialRow(long issuerId, CoinKind kind, long coins, Money debit, Money credit) {
    public TrialRow {
        requireNonNull(kind, "kind is null");
        requireNonNull(debit, "debit is null");
        requireNonNull(credit, "credit is null");
    }

    /// The sum of all balances.
    public Money balance() {
        return credit.minus(debit);
    }
}
