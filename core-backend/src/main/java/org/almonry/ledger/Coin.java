package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// A balance-carrying account of one issuer and currency, as of its last entry, `sequence`.
///
/// Amounts are in the minor unit. `owner` names whose it is: a project, a bank account, or
/// a role such as "overhead". `closedTo` is the last day of its issuer's closed period.
public record Coin(
        long id,
        long issuerId,
        Currency currency,
        CoinKind kind,
        String name,
        String owner,
        String label,
        long balance,
        long held,
        long creditLimit,
        long sequence,
        boolean closed,
        boolean frozen,
        @Nullable LocalDate closedTo) {
    public Coin {
        requireNonNull(currency, "currency is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(label, "label is null");
    }

    /// A new coin: empty.
    static Coin opened(long id, NewCoin coin, @Nullable LocalDate closedTo) {
        return new Coin(
                id,
                coin.issuerId(),
                coin.currency(),
                coin.kind(),
                coin.name(),
                coin.owner(),
                coin.label(),
                0,
                0,
                0,
                0,
                false,
                false,
                closedTo);
    }

    /// What may be taken out: balance - held + credit limit (K-024).
    public long available() {
        return Math.addExact(Math.subtractExact(balance, held), creditLimit);
    }

    /// Whether so much more would take what is available out of the range of a long.
    boolean isFullFor(long minor) {
        return balance > Long.MAX_VALUE - minor - creditLimit;
    }

    /// The same coin one entry later.
    Coin after(long balanceChange, long heldChange, boolean nowClosed) {
        return new Coin(
                id,
                issuerId,
                currency,
                kind,
                name,
                owner,
                label,
                balance + balanceChange,
                held + heldChange,
                creditLimit,
                sequence + 1,
                nowClosed,
                frozen,
                closedTo);
    }
}
