package org.almonry.verifier;

import org.jspecify.annotations.Nullable;

/// Coins by id, without boxes and without keys beside the coins: each transaction asks it
/// twice, and then needs the coin anyway.
final class CoinMap {
    private static final int START_SIZE = 64;

    private @Nullable Coin[] coins = new Coin[START_SIZE];
    private int count;

    @Nullable
    Coin get(long id) {
        return coins[place(id)];
    }

    void put(Coin coin) {
        if (2 * count >= coins.length) {
            grow();
        }
        int at = place(coin.id);
        if (coins[at] == null) {
            count++;
        }
        coins[at] = coin;
    }

    private int place(long id) {
        int mask = coins.length - 1;
        int at = (int) (id * 0x9E3779B97F4A7C15L >>> 32) & mask;
        var coin = coins[at];
        while (coin != null && coin.id != id) {
            at = at + 1 & mask;
            coin = coins[at];
        }
        return at;
    }

    private void grow() {
        var old = coins;
        coins = new Coin[2 * old.length];
        count = 0;
        for (var coin : old) {
            if (coin != null) {
                put(coin);
            }
        }
    }
}
