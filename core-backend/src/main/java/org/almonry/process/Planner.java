package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.commission.Calculation;
import org.almonry.commission.Commissions;
import org.almonry.ledger.Coin;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Failure;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Says what a request costs and where its money goes, or why it cannot be.
final class Planner {
    /// Owners of the coins that all requests of an issuer and currency share.
    static final String ISSUING = "issuing";

    static final String TRANSIT = "transit";

    /// Coins whose money is somebody's, and not the system's own under way.
    private static final Set<CoinKind> CLIENTS = Set.of(
            CoinKind.SYSTEM,
            CoinKind.HOSTER,
            CoinKind.PROVIDER,
            CoinKind.NONPROFIT,
            CoinKind.PROJECT,
            CoinKind.MEMBER,
            CoinKind.OVERHEAD,
            CoinKind.POT);

    private final Ledger ledger;
    private final LedgerReads books;
    private final Commissions commissions;
    private final Predicate<String> isBankAccount;

    Planner(
            Ledger ledger,
            LedgerReads books,
            Commissions commissions,
            Predicate<String> isBankAccount) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.books = requireNonNull(books, "books is null");
        this.commissions = requireNonNull(commissions, "commissions is null");
        this.isBankAccount = requireNonNull(isBankAccount, "isBankAccount is null");
    }

    /// A request that can be made, and what it comes to.
    ///
    /// @param owner whose contract applies: the payer's, or of what comes in the receiver's
    record Quote(RequestDetails details, Coin coin, Calculation calculation) {
        String owner() {
            return coin.owner();
        }
    }

    /// Fails with INVALID_ARGUMENT where the coins, the bank account or the amount are wrong.
    Quote quote(RequestDetails details, Money amount, LocalDate day) {
        if (!amount.isPositive()) {
            throw Failure.invalid("amount", "the amount has to be more than zero");
        }
        var account = details.bankAccount();
        if (!account.isEmpty() && !isBankAccount.test(account)) {
            throw Failure.invalid(field(details, "account_id"), "there is no such bank account");
        }
        boolean isTransfer = details.kind() == ProcessKind.CLIENT_TRANSFER;
        var to = field(details, isTransfer ? "to_coin_id" : "coin_id");
        var from = field(details, isTransfer ? "from_coin_id" : "coin_id");
        var receiver = details.receiver() == 0 ? null : client(to, details.receiver(), amount);
        var sender = details.sender() == 0 ? null : client(from, details.sender(), amount);
        if (sender != null && receiver != null) {
            if (sender.id() == receiver.id()) {
                throw Failure.invalid(to, "sender and receiver are the same coin");
            }
            if (sender.issuerId() != receiver.issuerId()) {
                throw Failure.invalid(to, "the coins have different issuers");
            }
        }
        var payer = sender == null ? requireNonNull(receiver) : sender;
        var calculation = commissions.calculate(details.kind().name(), payer.owner(), amount, day);
        return new Quote(details, payer, calculation);
    }

    /// The plan of a quote. Coins for commissions, and those that all requests share, are
    /// opened on first need (K-037).
    Plan plan(Quote quote) {
        var details = quote.details();
        var way = details.kind().way();
        boolean crosses = way != ProcessKind.Way.MOVES;
        return new Plan(
                way,
                quote.calculation().amount().minor(),
                details.sender(),
                details.receiver(),
                crosses ? open(quote.coin(), CoinKind.TRANSIT, "Issuing transit", TRANSIT) : 0,
                crosses ? open(quote.coin(), CoinKind.ISSUING, "Issuing balance", ISSUING) : 0,
                quote.calculation().parts().stream()
                        .filter(part -> part.sender() > 0 || part.receiver() > 0)
                        .map(part -> share(quote.coin(), part))
                        .toList());
    }

    /// The coin that pays what a contract costs: of those of a currency the oldest of an owner.
    /// Empty for an owner without.
    List<Coin> payers(String owner) {
        var payers = new LinkedHashMap<Currency, Coin>();
        books.coinsOf(owner).stream()
                .filter(coin -> CLIENTS.contains(coin.kind()) && !coin.closed())
                .filter(coin -> coin.label().isEmpty())
                .sorted(Comparator.comparingLong(Coin::id))
                .forEach(coin -> payers.putIfAbsent(coin.currency(), coin));
        return List.copyOf(payers.values());
    }

    /// The plan of what a contract costs.
    Plan fee(Coin payer, List<Calculation.Part> parts) {
        return new Plan(
                ProcessKind.Way.PAYS,
                parts.stream().mapToLong(Calculation.Part::receiver).reduce(0, Math::addExact),
                payer.id(),
                0,
                0,
                0,
                parts.stream().map(part -> share(payer, part)).toList());
    }

    private Plan.Share share(Coin like, Calculation.Part part) {
        var name = "Commission of " + part.earner();
        long coin = open(like, CoinKind.COMMISSION, name, part.earner());
        return new Plan.Share(part.level(), part.earner(), coin, part.sender(), part.receiver());
    }

    private long open(Coin like, CoinKind kind, String name, String owner) {
        return ledger.openCoin(new NewCoin(like.issuerId(), like.currency(), kind, name, owner))
                .id();
    }

    /// @param field what is told to be wrong if the coin does not fit
    private Coin client(String field, long id, Money amount) {
        var coin =
                books.coin(id).orElseThrow(() -> Failure.invalid(field, "there is no such coin"));
        if (!CLIENTS.contains(coin.kind())) {
            throw Failure.invalid(field, "the coin is one of the system's own");
        }
        if (coin.closed()) {
            throw Failure.invalid(field, "the coin is closed");
        }
        if (!coin.currency().equals(amount.currency())) {
            throw Failure.invalid(field, "the coin has another currency");
        }
        return coin;
    }

    /// The path of a field in what the caller sent.
    private static String field(RequestDetails details, String name) {
        return "details." + details.kind().name().toLowerCase(Locale.ROOT) + "." + name;
    }
}
