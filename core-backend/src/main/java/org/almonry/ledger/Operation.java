package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One thing that is asked of the ledger; each becomes one transaction, or is rejected.
/// Coins and holds are named by id, amounts are in the minor unit of the coins' currency.
public sealed interface Operation {
    /// The coin that value leaves or is held on; 0: the one of the hold.
    default long source() {
        return this instanceof Correction it ? it.of().source() : 0;
    }

    /// The coin that value goes to; 0: none, the one of the hold, or not known yet.
    default long destination() {
        return this instanceof Correction it ? it.of().destination() : 0;
    }

    /// The hold that it resolves, or 0.
    default long holdId() {
        return 0;
    }

    /// Value that goes from one coin to another.
    sealed interface Move extends Operation {
        long minor();

        default TransactionType type() {
            return switch (this) {
                case Issue _ -> TransactionType.ISSUE;
                case Redeem _ -> TransactionType.REDEEM;
                case Transfer _ -> TransactionType.TRANSFER;
                case Commission _ -> TransactionType.COMMISSION;
            };
        }
    }

    /// Creates value in a coin, against an issuing coin (K-010).
    record Issue(long source, long destination, long minor) implements Move {}

    /// Takes value out of a coin, back to an issuing coin (K-014).
    record Redeem(long source, long destination, long minor) implements Move {}

    /// Moves value from one coin to another (K-011).
    record Transfer(long source, long destination, long minor) implements Move {}

    /// Moves a share into a coin for commissions, and into no other (K-016).
    record Commission(long source, long destination, long minor) implements Move {}

    /// Undoes a transaction by the opposite one, once; a commission by a transfer.
    record Correction(Move of, long corrects) implements Operation {
        public Correction {
            requireNonNull(of, "of is null");
        }
    }

    /// Opens a coin and moves a part into it (K-012).
    record Split(long source, NewCoin into, long minor) implements Operation {
        public Split {
            requireNonNull(into, "into is null");
        }
    }

    /// Moves everything and closes the source, on which nothing may be held (K-013).
    record Merge(long source, long destination) implements Operation {}

    /// Records that the balance was looked at and is as expected; changes nothing (K-015).
    record Balance(long source, long expected) implements Operation {}

    /// Reserves an amount for a transfer (K-017).
    ///
    /// @param destination where it may go; 0: the capture says
    /// @param expiresAt from then on it can only be given back; null: never
    record Authorize(
            long source,
            long destination,
            long minor,
            @Nullable Instant expiresAt) implements Operation {}

    /// Reserves an amount for a commission (K-018).
    record AuthorizeCommission(
            long source,
            long destination,
            long minor,
            @Nullable Instant expiresAt) implements Operation {}

    /// Sets an amount aside by order of an administrator; it can only be given back (K-023).
    record Hold(long source, long minor) implements Operation {}

    /// Moves what is held, or a part of it, to where it was meant for (K-019, K-020).
    ///
    /// @param destination 0: the one that the hold names
    /// @param keepRest whether the rest stays reserved; else it is given back
    record Capture(long holdId, long destination, long minor, boolean keepRest)
            implements Operation {}

    /// Gives back all that is still held (K-021, K-022).
    record Reverse(long holdId) implements Operation {}
}
