package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An amount of a coin that is set aside, in the minor unit (K-017, K-018, K-023). Its id
/// is that of the transaction that reserved it.
///
/// @param destination the coin that it may go to; 0 leaves that to the capture
/// @param remaining what is still reserved; zero unless it is open
/// @param expiresAt from then on it can only be given back; null: never
public record Hold(
        long id,
        TransactionType type,
        long coin,
        long destination,
        long amount,
        long remaining,
        State state,
        @Nullable Instant expiresAt) {
    /// A hold is resolved once: when nothing of it remains (L6).
    public enum State {
        OPEN,
        CAPTURED,
        REVERSED,
        EXPIRED
    }

    public Hold {
        requireNonNull(type, "type is null");
        requireNonNull(state, "state is null");
    }

    boolean isExpired(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    /// The same hold with less of it left; the state counts once nothing is.
    Hold less(long minor, State resolved) {
        long rest = remaining - minor;
        var next = rest == 0 ? resolved : State.OPEN;
        return new Hold(id, type, coin, destination, amount, rest, next, expiresAt);
    }
}
