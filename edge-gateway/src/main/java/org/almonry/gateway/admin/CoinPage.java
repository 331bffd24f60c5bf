package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Entry;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.Hold;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// A coin with a page of its entries, newest first.
///
/// @param holds the newest open ones
/// @param history its last weeks; null on older pages
/// @param period what `history` is about
public record CoinPage(
        Coin coin,
        List<Entry> entries,
        List<Hold> holds,
        boolean moreHolds,
        @Nullable ExplainBalanceResponse history,
        FormState period,
        String next,
        String first) {
    public CoinPage {
        entries = List.copyOf(entries);
        holds = List.copyOf(holds);
    }

    /// Whether it is somebody's, and can still be used.
    public boolean isClients() {
        return Owners.isClients(coin);
    }
}
