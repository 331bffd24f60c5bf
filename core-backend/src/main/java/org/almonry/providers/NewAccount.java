package org.almonry.providers;

import org.almonry.money.Currency;
import org.almonry.wire.Config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// An account as the configuration names it, under `providers.<provider>.accounts.<name>`.
///
/// `issuer` is the key of the issuer whose money the account holds.
public record NewAccount(
        String provider,
        String identification,
        String bic,
        String holder,
        Currency currency,
        String issuer) {
    /// The issuer of a hoster that keeps all accounts itself.
    private static final String HOSTER = "hoster";

    /// SEPA allows 70 characters of a holder's name; a bank compares it with what the donor
    /// writes.
    private static final int HOLDER_MAX = 70;

    public NewAccount {
        identification = identification.replace(" ", "").toUpperCase(Locale.ROOT);
        if (identification.isEmpty() || identification.length() > 70) {
            throw new IllegalArgumentException("an account needs a number of at most 70");
        }
        if (holder.isBlank() || holder.length() > HOLDER_MAX) {
            throw new IllegalArgumentException("a holder has 1 to " + HOLDER_MAX + " characters");
        }
    }

    /// All accounts of all configured providers, in the order of the configuration.
    public static List<NewAccount> configured(Config config) {
        var result = new ArrayList<NewAccount>();
        var seen = new HashSet<String>();
        for (var provider : config.list("providers")) {
            var section = config.section("providers." + provider);
            for (var name : section.children("accounts")) {
                var account = of(provider, section.section("accounts." + name));
                if (!seen.add(account.identification() + account.currency())) {
                    throw section.refused(
                            "accounts." + name, "names an account that is named before");
                }
                result.add(account);
            }
        }
        return result;
    }

    private static NewAccount of(String provider, Config keys) {
        Currency currency;
        try {
            currency = Currency.of(keys.text("currency"));
        } catch (IllegalArgumentException e) {
            throw keys.refused("currency", "is no currency");
        }
        try {
            return new NewAccount(
                    provider,
                    keys.text("iban"),
                    keys.text("bic", ""),
                    keys.text("holder"),
                    currency,
                    keys.text("issuer", HOSTER));
        } catch (IllegalArgumentException e) {
            throw keys.refused("iban", "or holder cannot be: " + e.getMessage());
        }
    }
}
