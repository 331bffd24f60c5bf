package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.process.Texts;
import org.almonry.money.Currency;

/// A coin to be opened, named by issuer, currency, kind, owner and label (K-033).
public record NewCoin(
        long issuerId, Currency currency, CoinKind kind, String name, String owner, String label) {
    static final int TEXT_MAX = 200;

    /// What tells it from other coins: all but what it is called and its currency's scale.
    public record Key(long issuerId, String currency, CoinKind kind, String owner, String label) {}

    public NewCoin {
        requireNonNull(currency, "currency is null");
        requireNonNull(kind, "kind is null");
        Texts.word(name, "name", TEXT_MAX);
        Texts.word(owner, "owner", TEXT_MAX);
        Texts.checked(label, "label", TEXT_MAX);
    }

    /// The main coin of an owner, which has the empty label.
    public NewCoin(long issuerId, Currency currency, CoinKind kind, String name, String owner) {
        this(issuerId, currency, kind, name, owner, "");
    }

    public Key key() {
        return new Key(issuerId, currency.code(), kind, owner, label);
    }
}
