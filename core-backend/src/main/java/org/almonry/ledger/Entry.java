package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.time.Instant;
import java.time.LocalDate;

/// One leg of a transaction, seen from its coin: what changed (signed) and the balance
/// after it.
public record Entry(
        long transactionId,
        TransactionType type,
        long coinId,
        long otherCoinId,
        String otherCoinName,
        Money amount,
        Money balanceAfter,
        long sequence,
        String processId,
        LocalDate effectiveOn,
        Instant recordedAt) {
    public Entry {
        requireNonNull(type, "type is null");
        requireNonNull(otherCoinName, "otherCoinName is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(balanceAfter, "balanceAfter is null");
        requireNonNull(processId, "processId is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(recordedAt, "recordedAt is null");
    }
}
