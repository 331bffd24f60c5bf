package org.almonry.ledger;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The coins of a simulated store and up to when the books of their issuers are closed. They
/// accept a posting where the database would.
final class MemoryCoins {
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<Long, LocalDate> closedTo = new HashMap<>();

    MemoryCoins copy() {
        var copy = new MemoryCoins();
        copy.coins.putAll(coins);
        copy.closedTo.putAll(closedTo);
        return copy;
    }

    void put(Coin coin) {
        coins.put(coin.id(), coin);
    }

    void putAll(MemoryCoins others) {
        coins.putAll(others.coins);
    }

    @Nullable
    Coin get(long id) {
        var it = coins.get(id);
        return it == null
                ? null
                : with(it, it.closed(), it.frozen(), it.creditLimit(), closedTo.get(it.issuerId()));
    }

    /// The id of the coin of this name; 0: there is none.
    long find(NewCoin.Key name) {
        return coins.values().stream()
                .filter(coin -> coin.issuerId() == name.issuerId()
                        && coin.currency().code().equals(name.currency())
                        && coin.kind() == name.kind()
                        && coin.owner().equals(name.owner())
                        && coin.label().equals(name.label()))
                .mapToLong(Coin::id)
                .findFirst()
                .orElse(0);
    }

    @Nullable
    LocalDate closedTo(long issuerId) {
        return closedTo.get(issuerId);
    }

    void close(long issuerId, LocalDate to) {
        closedTo.put(issuerId, to);
    }

    /// Moves the coins of a posting, if it is as the database proves it: per coin the next
    /// number, the balance before and the amount, and nothing less than nothing available.
    boolean accept(Posting posting, LocalDate day) {
        var legs = new ArrayList<>(List.of(posting.source()));
        if (posting.destination() != null) {
            legs.add(posting.destination());
        }
        for (var after : legs) {
            var now = get(after.id());
            boolean isSource = after == posting.source();
            long change = posting.destination() == null ? 0 : posting.minor();
            if (now == null
                    || now.closed()
                    || now.frozen()
                    || (now.closedTo() != null && !day.isAfter(now.closedTo()))
                    || after.balance() > Long.MAX_VALUE - now.creditLimit()
                    || after.sequence() != now.sequence() + 1
                    || after.balance() != now.balance() + (isSource ? -change : change)
                    || after.held() != now.held() + (isSource ? posting.heldChange() : 0)) {
                return false;
            }
            boolean bound = now.kind() != CoinKind.ISSUING && now.kind() != CoinKind.INCOMING;
            if (isSource && bound && after.balance() - after.held() + now.creditLimit() < 0) {
                return false;
            }
            put(with(after, after.closed(), now.frozen(), now.creditLimit()));
        }
        return true;
    }

    static Coin with(Coin it, boolean closed, boolean frozen, long limit) {
        return with(it, closed, frozen, limit, it.closedTo());
    }

    private static Coin with(
            Coin it, boolean closed, boolean frozen, long limit, @Nullable LocalDate closedTo) {
        return new Coin(
                it.id(),
                it.issuerId(),
                it.currency(),
                it.kind(),
                it.name(),
                it.owner(),
                it.label(),
                it.balance(),
                it.held(),
                limit,
                it.sequence(),
                closed,
                frozen,
                closedTo);
    }
}
