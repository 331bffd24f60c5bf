package org.almonry.gateway.admin;

import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Entry;

import java.util.List;

/// A coin with a page of its entries, newest first.
public record CoinPage(Coin coin, List<Entry> entries, String next, String first) {
    public CoinPage {
        entries = List.copyOf(entries);
    }
}
