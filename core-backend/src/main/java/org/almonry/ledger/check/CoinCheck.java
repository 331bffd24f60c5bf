package org.almonry.ledger.check;

import org.almonry.ledger.check.CoinCheckStore.Kept;
import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Compares what coins and holds say with what history says of them, at the end of history.
final class CoinCheck {
    /// Coins of the round over all of them, each time: a hundred thousand take less than an
    /// hour.
    static final int ROUND = 2_000;

    /// Beyond so many coins they are no longer summed up each minute. That their sum is zero
    /// then follows from the rows, which each stay within one issuer and currency, and from
    /// the coins, which each stand where their last row left them.
    static final int SUMMED_MAX = 1_000_000;

    private static final int AT_ONCE = 5_000;

    private final Handle handle;
    private final Findings findings;
    private long looked;

    CoinCheck(Handle handle, Findings findings) {
        this.handle = handle;
        this.findings = findings;
    }

    /// Coins looked at.
    long looked() {
        return looked;
    }

    /// Coins that history has just been walked for.
    void touched(Map<Long, History.Place> places) {
        var ids = List.copyOf(places.keySet());
        for (int from = 0; from < ids.size() && !findings.areEnough(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
            compare(CoinCheckStore.coins(handle, some), places);
        }
    }

    /// The next coins of the round; the place where it goes on, 0 at its end.
    long round(long after, long end) {
        var coins = CoinCheckStore.coinsAfter(handle, after, ROUND);
        var ids = coins.stream().map(Kept::id).toList();
        compare(coins, HistoryStore.places(handle, ids, end + 1));
        return coins.size() < ROUND ? 0 : ids.getLast();
    }

    private void compare(List<Kept> coins, Map<Long, History.Place> places) {
        for (var coin : coins) {
            var place = places.getOrDefault(coin.id(), new History.Place(0, 0, 0));
            if (coin.balance() != place.after() || coin.sequence() != place.sequence()) {
                findings.add(
                        "coin_%d holds %d at entry %d; its last entry %d left %d",
                        coin.id(),
                        coin.balance(),
                        coin.sequence(),
                        place.sequence(),
                        place.after());
            }
            if (coin.held() != coin.open()) {
                findings.add(
                        "coin_%d: %d is held, but its open holds are %d",
                        coin.id(), coin.held(), coin.open());
            }
        }
        looked += coins.size();
    }

    /// Holds that history has just been walked for.
    void holds(Collection<Long> ids) {
        for (var hold : CoinCheckStore.holds(handle, ids)) {
            if (hold.remaining() != hold.held() || hold.captured() != hold.taken()) {
                findings.add(
                        "hold_%d: %d remains and %d was captured; its transactions say %d and %d",
                        hold.id(), hold.remaining(), hold.captured(), hold.held(), hold.taken());
            }
        }
    }

    /// All coins of an issuer and currency sum to zero: what circulates is what the issuing
    /// coins are short of.
    void sums() {
        if (CoinCheckStore.lastCoin(handle) > SUMMED_MAX) {
            return;
        }
        for (var sum : CoinCheckStore.sums(handle)) {
            if (sum.circulating().add(sum.issuing()).signum() != 0) {
                findings.add(
                        "issuer %d, %s: %s circulates, but its issuing coins stand at %s",
                        sum.issuer(), sum.currency(), sum.circulating(), sum.issuing());
            }
        }
    }
}
