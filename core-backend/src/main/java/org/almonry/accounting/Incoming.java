package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/// A line as the provider reported it (C-011, C-018): stored once, word for word, never
/// changed. What becomes of it is the state of its process, not of this row.
///
/// @param id `inc_…`
/// @param accountId `acc_…`
/// @param processId `prc_…` of the process that carries the line's state; derived from the
///     id
/// @param statement number of the statement that brought the line first
/// @param position place in that statement, oldest first
/// @param amount signed: negative for money that left the account
/// @param remittance lines joined by a line feed
/// @param entryReference the provider's own reference, empty when it has none
/// @param raw exactly what the provider sent; empty where a list is read
public record Incoming(
        String id,
        String accountId,
        String processId,
        long statement,
        long position,
        LocalDate bookingDate,
        @Nullable LocalDate valueDate,
        Money amount,
        String counterpartyName,
        String counterpartyAccount,
        String remittance,
        String entryReference,
        String endToEndId,
        String bankCode,
        String raw,
        Instant fetchedAt) {

    /// Checks what must not be missing.
    public Incoming {
        requireNonNull(id, "id is null");
        requireNonNull(accountId, "accountId is null");
        requireNonNull(processId, "processId is null");
        requireNonNull(bookingDate, "bookingDate is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(fetchedAt, "fetchedAt is null");
    }

    /// Whether money came in.
    public boolean isCredit() {
        return amount.isPositive();
    }
}
