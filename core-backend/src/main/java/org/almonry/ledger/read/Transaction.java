package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.TransactionType;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// One atomic step: `minor` left the source and arrived at the destination, or one leg
/// alone, which changes what is held or nothing at all. Never updated.
///
/// @param destination 0 where there is one leg only; its sequence and balance are 0 too
/// @param heldChange how the held part of the source changed
/// @param hold the hold that it reserved, captured or gave back; 0 for none
/// @param corrects the transaction that it undoes; 0 for none
/// @param correctedBy the transaction that undid it; 0 for none
/// @param expiresAt until when what it reserved can be captured, if that ends
/// @param processId the process that it belongs to, if any
public record Transaction(
        long id,
        TransactionType type,
        long source,
        long destination,
        long minor,
        long sourceSequence,
        long sourceAfter,
        long destinationSequence,
        long destinationAfter,
        long heldChange,
        long hold,
        long corrects,
        long correctedBy,
        @Nullable Instant expiresAt,
        UUID requestId,
        @Nullable String processId,
        LocalDate effectiveOn,
        Instant recordedAt) {
    public Transaction {
        requireNonNull(type, "type is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(recordedAt, "recordedAt is null");
    }

    /// Whether value moved between two coins.
    public boolean hasTwoLegs() {
        return destination != 0;
    }
}
