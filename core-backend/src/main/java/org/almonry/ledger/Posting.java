package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A transaction that was judged right: its coins as they are after it, and what is held.
///
/// @param destination absent where only what is held changes, or nothing
/// @param heldChange how much more of the source is held after it
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

    /// Whether the value of a request comes back to a coin that it left, other than by way
    /// of the issuer: coins that nothing goes on from are taken away until none is left.
    static boolean leadBack(List<Posting> postings) {
        var moves = new ArrayList<>(postings);
        moves.removeIf(
                each -> each.destination == null || each.destination.kind() == CoinKind.ISSUING);
        var sources = new HashSet<Long>();
        do {
            sources.clear();
            moves.forEach(move -> sources.add(move.source.id()));
        } while (moves.removeIf(
                move -> !sources.contains(requireNonNull(move.destination).id())));
        return !moves.isEmpty();
    }
}
