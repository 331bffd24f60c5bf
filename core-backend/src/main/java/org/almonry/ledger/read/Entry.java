package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.TransactionType;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// One leg of a transaction, seen from its coin: what changed (signed) and the balance
/// after it.
///
/// @param otherCoinId 0 where there is no other leg
/// @param heldChange how the held part changed; zero for most
/// @param hold the hold that it reserved, captured or gave back; 0 for none
/// @param corrects the transaction that it undoes; 0 for none
/// @param processId the process that it belongs to, if any
public record Entry(
        long transactionId,
        TransactionType type,
        long coinId,
        long otherCoinId,
        String otherCoinName,
        Money amount,
        Money balanceAfter,
        Money heldChange,
        long hold,
        long corrects,
        long sequence,
        UUID requestId,
        @Nullable String processId,
        LocalDate effectiveOn,
        Instant recordedAt) {
    public Entry {
        requireNonNull(type, "type is null");
        requireNonNull(otherCoinName, "otherCoinName is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(balanceAfter, "balanceAfter is null");
        requireNonNull(heldChange, "heldChange is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(recordedAt, "recordedAt is null");
    }

    /// The same entry in a list of another order.
    Entry withBalanceAfter(Money balance) {
        return new Entry(
                transactionId,
                type,
                coinId,
                otherCoinId,
                otherCoinName,
                amount,
                balance,
                heldChange,
                hold,
                corrects,
                sequence,
                requestId,
                processId,
                effectiveOn,
                recordedAt);
    }
}
