package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// One atomic step with both legs: `minor` left the source and arrived at the destination.
/// Never updated.
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
        UUID requestId,
        String processId,
        LocalDate effectiveOn,
        Instant recordedAt) {
    public Transaction {
        requireNonNull(type, "type is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(processId, "processId is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(recordedAt, "recordedAt is null");
    }
}
