package org.almonry.ledger.export;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.TransactionType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// One transaction of the file: `minor` went from one account to the other.
///
/// @param processId empty for none
/// @param corrects 0 for none
record Line(
        long id,
        TransactionType type,
        Account from,
        Account to,
        long minor,
        LocalDate effectiveOn,
        Instant recordedAt,
        UUID requestId,
        String processId,
        long corrects) {
    Line {
        requireNonNull(type, "type is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(recordedAt, "recordedAt is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(processId, "processId is null");
    }
}
