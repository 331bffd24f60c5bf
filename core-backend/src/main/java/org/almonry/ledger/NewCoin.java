package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;

/// A coin to be opened. Issuer, currency, kind and owner identify it: the same four find
/// the same coin.
public record NewCoin(long issuerId, Currency currency, CoinKind kind, String name, String owner) {
    /// Names and owners are shown in lists; longer ones are mistakes.
    static final int TEXT_MAX = 200;

    public NewCoin {
        requireNonNull(currency, "currency is null");
        requireNonNull(kind, "kind is null");
        if (name.isBlank() || name.length() > TEXT_MAX) {
            throw new IllegalArgumentException("a coin needs a name of at most " + TEXT_MAX);
        }
        if (owner.isBlank() || owner.length() > TEXT_MAX) {
            throw new IllegalArgumentException("a coin needs an owner of at most " + TEXT_MAX);
        }
    }
}
