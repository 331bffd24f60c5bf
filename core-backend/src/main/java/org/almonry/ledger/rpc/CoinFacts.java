package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What of a coin never changes: issuer, currency and kind; and on which coin a hold is. Looked
/// up in bulk, remembered, and safe to forget.
final class CoinFacts {
    /// Coins and holds to remember, some ten megabytes each; then it begins anew.
    private static final int KNOWN_MAX = 200_000;

    private final LedgerReads reads;
    private final Map<Long, Fact> coins = new ConcurrentHashMap<>();
    private final Map<Long, Long> holds = new ConcurrentHashMap<>();

    CoinFacts(LedgerReads reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    record Fact(long issuerId, Currency currency, CoinKind kind) {}

    /// Gets to know all of these that exist, in one query each.
    void learn(Collection<Long> coinIds, Collection<Long> holdIds) {
        var newHolds = unknown(holdIds, holds);
        if (!newHolds.isEmpty()) {
            makeRoom(holds, newHolds.size());
            holds.putAll(reads.coinsOfHolds(newHolds));
        }
        learnCoins(coinIds);
        if (!holdIds.isEmpty()) {
            learnCoins(holdIds.stream().map(id -> holds.getOrDefault(id, 0L)).toList());
        }
    }

    /// What is known of a coin; null if there is no such coin.
    @Nullable
    Fact coin(long id) {
        return coins.get(id);
    }

    /// The same of the coin that a hold is on.
    @Nullable
    Fact hold(long id) {
        var coin = holds.get(id);
        return coin == null ? null : coins.get(coin);
    }

    private void learnCoins(Collection<Long> ids) {
        var news = unknown(ids, coins);
        if (!news.isEmpty()) {
            makeRoom(coins, news.size());
            reads.coins(news)
                    .forEach((id, coin) ->
                            coins.put(id, new Fact(coin.issuerId(), coin.currency(), coin.kind())));
        }
    }

    private static List<Long> unknown(Collection<Long> ids, Map<Long, ?> known) {
        return ids.stream()
                .filter(id -> id > 0 && !known.containsKey(id))
                .distinct()
                .toList();
    }

    private static void makeRoom(Map<Long, ?> known, int more) {
        if (known.size() + more > KNOWN_MAX) {
            known.clear();
        }
    }
}
