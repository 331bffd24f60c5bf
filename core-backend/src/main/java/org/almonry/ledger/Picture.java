package org.almonry.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What the writer knows of the committed books. Coins and open holds are remembered from
/// batch to batch; they only make it fast, for the database refuses what does not follow.
///
/// @param coinIds the id that each coin to be opened has, or would get
public record Picture(
        Map<Long, Coin> coins,
        Map<Long, Hold> holds,
        Map<Long, Past> pasts,
        Map<NewCoin, Long> coinIds,
        Map<String, String> states,
        Map<UUID, Known> requests) {
    /// Coins and holds held in memory, some 200 bytes each; beyond that they are loaded anew.
    static final int REMEMBERED_MAX = 400_000;

    /// A request that is in the books.
    public record Known(byte[] digest, long firstId, int transactions) {}

    /// What a correction needs to know of the transaction that it undoes.
    public record Past(long source, long destination, long minor, boolean isCorrected) {}

    Picture() {
        this(
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>());
    }

    /// Before a batch: what is not remembered from batch to batch goes.
    void begin() {
        pasts.clear();
        coinIds.clear();
        states.clear();
        requests.clear();
        if (coins.size() + holds.size() > REMEMBERED_MAX) {
            forget();
        }
    }

    /// After a doubt: everything is loaded anew.
    void forget() {
        coins.clear();
        holds.clear();
    }

    /// After a commit.
    void adopt(Batch batch) {
        coins.putAll(batch.coins());
        holds.putAll(batch.holds());
        batch.holds().values().stream()
                .filter(hold -> hold.state() != Hold.State.OPEN)
                .forEach(hold -> holds.remove(hold.id()));
    }
}
