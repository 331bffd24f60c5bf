package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;

import java.util.List;
import java.util.Optional;

/// The accounts that gifts are transferred to: those of the issuer of the projects' coins.
public final class Receiving {
    private final Accounts accounts;
    private final long issuerId;

    /// Accounts of an issuer.
    public Receiving(Accounts accounts, long issuerId) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.issuerId = issuerId;
    }

    /// The account that takes a currency.
    public Optional<Account> account(Currency currency) {
        return accounts.forCurrency(issuerId, currency);
    }

    /// The account that a pledge named.
    public Account byId(String accountId) {
        return accounts.byId(accountId).orElseThrow();
    }

    /// Codes of the currencies that are taken.
    public List<String> currencies() {
        return accounts.all().stream()
                .filter(account -> account.issuerId() == issuerId)
                .map(account -> account.currency().code())
                .distinct()
                .sorted()
                .toList();
    }
}
