package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;

import java.util.List;

/// Coins by kind and name.
public record CoinsPage(FormState filter, List<Coin> coins, String next, String first) {
    public CoinsPage {
        coins = List.copyOf(coins);
    }
}
