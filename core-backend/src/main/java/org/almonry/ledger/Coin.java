package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;

/// A balance-carrying account of one issuer in one currency, as it was after its entry
/// number `sequence`.
///
/// Amounts are in the minor unit. `owner` names whose it is: a project, a bank account, or
/// a role such as "overhead".
public record Coin(
        long id,
        long issuerId,
        Currency currency,
        CoinKind kind,
        String name,
        String owner,
        long balance,
        long held,
        long creditLimit,
        long sequence,
        boolean closed) {
    public Coin {
        requireNonNull(currency, "currency is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
    }

    /// The balance as money.
    public Money money() {
        return new Money(balance, currency);
    }

    /// The same coin one entry later.
    Coin after(long newBalance) {
        return new Coin(
                id,
                issuerId,
                currency,
                kind,
                name,
                owner,
                newBalance,
                held,
                creditLimit,
                sequence + 1,
                closed);
    }
}
