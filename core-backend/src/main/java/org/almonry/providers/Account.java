package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;

/// One of our accounts at a provider, and the two coins that mirror it.
///
/// `identification` is an IBAN without spaces, or the provider's own number. What comes in
/// is issued from `issuingCoin` into `incomingCoin`; the bank's balance by the ledger is
/// the negative of the issuing coin's.
public record Account(
        String id,
        String provider,
        String identification,
        String bic,
        String holder,
        Currency currency,
        long issuerId,
        long incomingCoin,
        long issuingCoin) {
    public Account {
        requireNonNull(id, "id is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(identification, "identification is null");
        requireNonNull(bic, "bic is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(currency, "currency is null");
    }
}
