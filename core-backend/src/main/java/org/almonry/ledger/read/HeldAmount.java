package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.Hold;
import org.almonry.ledger.TransactionType;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A hold as people look at it: with names and times.
///
/// @param destination the coin that it is meant for; 0 leaves that to the capture
/// @param expiresAt from then on it can only be given back, if ever
/// @param resolvedAt when nothing of it remained, unless it is open
/// @param processId the process that it was reserved under, if any
public record HeldAmount(
        long id,
        TransactionType type,
        long coin,
        String coinName,
        long destination,
        String destinationName,
        Money amount,
        Money remaining,
        Money captured,
        Hold.State state,
        @Nullable Instant expiresAt,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        @Nullable String processId) {
    public HeldAmount {
        requireNonNull(type, "type is null");
        requireNonNull(coinName, "coinName is null");
        requireNonNull(destinationName, "destinationName is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(remaining, "remaining is null");
        requireNonNull(captured, "captured is null");
        requireNonNull(state, "state is null");
        requireNonNull(openedAt, "openedAt is null");
    }
}
