package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.money.Currency;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The register of our accounts at providers.
public final class Accounts {
    private final Jdbi accounting;
    private final Ledger ledger;
    private final IdSource ids;
    private final Clock clock;

    public Accounts(Jdbi accounting, Ledger ledger, IdSource ids, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// The account of this number and currency, registered with its coins if it is new.
    /// Provider, BIC and holder follow the configuration; the issuer never changes: it is
    /// whose coins they are.
    public Account ensure(NewAccount account, long issuerId) {
        var row = accounting.inTransaction(handle ->
                AccountStore.ensure(handle, ids.next("acc"), account, issuerId, clock.instant()));
        if (row.issuerId() != issuerId) {
            throw new IllegalArgumentException(
                    "account " + row.id() + " belongs to another issuer; its coins cannot move");
        }
        if (!row.hasCoins()) {
            long incoming = open(account, issuerId, CoinKind.INCOMING, row.id());
            long issuing = open(account, issuerId, CoinKind.ISSUING, row.id());
            accounting.useHandle(
                    handle -> AccountStore.setCoins(handle, row.id(), incoming, issuing));
        }
        return byIdentification(account.identification(), account.currency())
                .orElseThrow(() -> new IllegalStateException("the account is gone"));
    }

    /// All accounts, oldest first.
    public List<Account> all() {
        return accounting.withHandle(AccountStore::all);
    }

    /// The account of an id.
    public Optional<Account> byId(String id) {
        return accounting.withHandle(handle -> AccountStore.byId(handle, id));
    }

    /// The account of this number, as a statement names it, in a currency.
    public Optional<Account> byIdentification(String identification, Currency currency) {
        var compact = identification.replace(" ", "").toUpperCase(Locale.ROOT);
        return accounting.withHandle(
                handle -> AccountStore.byIdentification(handle, compact, currency.code()));
    }

    /// The account that donors pay into: the first that was configured for this issuer and
    /// currency.
    public Optional<Account> forCurrency(long issuerId, Currency currency) {
        return accounting.withHandle(
                handle -> AccountStore.forCurrency(handle, issuerId, currency.code()));
    }

    /// The accounts at a provider.
    public List<Account> of(String provider) {
        return all().stream().filter(each -> each.provider().equals(provider)).toList();
    }

    private long open(NewAccount account, long issuerId, CoinKind kind, String owner) {
        var words = kind == CoinKind.INCOMING ? "Incoming " : "Held at bank ";
        var name = words + account.identification() + " " + account.currency().code();
        return ledger.openCoin(new NewCoin(issuerId, account.currency(), kind, name, owner))
                .id();
    }
}
