package org.almonry.limit;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.time.LocalDate;

/// What a request uses of its limits.
///
/// @param requestId whose it is; asked for again, it is counted once
/// @param owner whose limits they are
/// @param day the local day that it counts for
public record Usage(
        String requestId, String owner, String processKind, Money amount, LocalDate day) {
    public Usage {
        requireNonNull(requestId, "requestId is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(processKind, "processKind is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(day, "day is null");
    }
}
