package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// One booked movement as a provider reported it: what we understood, and `raw`, what it
/// said.
///
/// `amount` is negative for money that left. Missing texts are empty. `remittance` holds
/// the lines of the payment text joined by line feeds, the structured reference first.
/// `entryReference` is the bank's own reference of the line, empty where it has none
/// (placeholders such as NONREF count as none). `runningBalance` is only set if the bank
/// states a balance for this line. `position` counts the lines of its statement from 1.
public record StatementLine(
        LocalDate bookingDate,
        @Nullable LocalDate valueDate,
        Money amount,
        String counterpartyName,
        String counterpartyAccount,
        String remittance,
        String entryReference,
        String endToEndId,
        String bankCode,
        @Nullable Money runningBalance,
        String raw,
        long position) {
    public StatementLine {
        requireNonNull(bookingDate, "booking date is null");
        requireNonNull(amount, "amount is null");
        requireNonNull(counterpartyName, "counterparty name is null");
        requireNonNull(counterpartyAccount, "counterparty account is null");
        requireNonNull(remittance, "remittance is null");
        requireNonNull(entryReference, "entry reference is null");
        requireNonNull(endToEndId, "end-to-end id is null");
        requireNonNull(bankCode, "bank code is null");
        requireNonNull(raw, "raw is null");
        if (runningBalance != null && !runningBalance.currency().equals(amount.currency())) {
            throw new IllegalArgumentException("running balance in another currency");
        }
    }
}
