package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;


/// One transaction that was judged right: both coins as they are after it, and what it
/// changes of a hold.
///
/// @param destination absent where only what is held changes, or nothing
/// @param heldChange how much more of the source is held after it
/// @param hold the hold as it is after it
/// @param corrects id of the transaction that it undoes, or 0
public record Posting(
        TransactionType type,
        Coin source,
        @Nullable Coin destination,
        long minor,
        long heldChange,
        @Nullable Hold hold,
        long corrects) {
    public Posting {
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
    }
}
