package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// What a statement says about itself before its lines.
///
/// `format` names the dialect family, such as "camt.053.001.08" or "MT940". `account` is an
/// IBAN without spaces where the file lets us know it, else the bank's own number. `page`
/// counts from 1; a statement of several pages carries its balance from page to page, and
/// only the last has `lastPage`. `opening` is the booked balance before the first line;
/// notifications and most intraday reports have none.
public record StatementHeader(
        String format,
        String account,
        Currency currency,
        String statementId,
        int page,
        boolean lastPage,
        LocalDate from,
        LocalDate to,
        @Nullable Money opening,
        Kind kind) {
    /// What a statement is for.
    public enum Kind {
        /// End of day; final, with balances that chain.
        BOOKED,
        /// During the day; the same lines come again in the booked statement.
        INTRADAY,
        /// Details of single movements, without balances; the same lines come again too.
        NOTIFICATION
    }

    public StatementHeader {
        requireNonNull(format, "format is null");
        requireNonNull(account, "account is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(statementId, "statement id is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(kind, "kind is null");
        if (page < 1) {
            throw new IllegalArgumentException("pages count from 1: " + page);
        }
        if (opening != null && !opening.currency().equals(currency)) {
            throw new IllegalArgumentException("opening balance in another currency");
        }
    }
}
