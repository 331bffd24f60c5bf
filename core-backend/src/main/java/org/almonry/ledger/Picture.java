package org.almonry.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The books as the writer pictures them, with what the batch in hand would change. Coins
/// and holds are remembered from batch to batch, all else is loaded for each. That only
/// makes it fast: the journal refuses what does not follow from the books.
final class Picture {
    /// Coins and holds held in memory, some 200 bytes each; beyond that they are loaded anew.
    private static final int REMEMBERED_MAX = 400_000;

    final Map<Long, Coin> coins = new HashMap<>();
    final Map<Long, Hold> holds = new HashMap<>();
    final Map<UUID, Journal.Known> requests = new HashMap<>();
    /// Transactions that are to be corrected.
    final Map<Long, Journal.Past> pasts = new HashMap<>();
    /// The id that each coin to be split off has, or would get.
    final Map<NewCoin.Key, Long> coinIds = new HashMap<>();
    final Map<String, String> processStates = new HashMap<>();
    /// How to undo the changes of the batch in hand, in their order.
    final List<Runnable> undoLog = new ArrayList<>();

    /// Changes one of the maps, until that is undone.
    <K, V> void put(Map<K, V> map, K key, V value) {
        var before = map.put(key, value);
        undoLog.add(before == null ? () -> map.remove(key) : () -> map.put(key, before));
    }

    /// Undoes the last changes, until so many are left.
    void undo(int left) {
        while (undoLog.size() > left) {
            undoLog.removeLast().run();
        }
    }

    /// After a doubt about everything; what is loaded for each batch is cleared by [#load].
    void forgetAll() {
        undoLog.clear();
        coins.clear();
        holds.clear();
    }

    /// The coins of these requests may be other than remembered.
    void undoAndForget(Collection<PostRequest> doubted) {
        undo(0);
        coins.keySet().removeAll(coinsOf(doubted));
    }

    /// Loads what must be known to judge these requests, of which some are looked up.
    void load(Collection<PostRequest> judged, Collection<UUID> lookedUp, Journal journal) {
        undo(0);
        List.of(requests, pasts, coinIds, processStates).forEach(Map::clear);
        if (coins.size() + holds.size() > REMEMBERED_MAX) {
            forgetAll();
        }
        var captured = new HashSet<Long>();
        var corrected = new HashSet<Long>();
        var openings = new HashSet<NewCoin.Key>();
        var processes = new HashSet<String>();
        for (var request : judged) {
            for (var operation : request.operations()) {
                switch (operation) {
                    case Operation.Capture it -> captured.add(it.holdId());
                    case Operation.Reverse it -> captured.add(it.holdId());
                    case Operation.Correction it -> corrected.add(it.corrects());
                    case Operation.Split it -> openings.add(it.into().key());
                    // The journal proves the coins that value moves between, not those it is for.
                    case Operation.Authorize it -> coins.remove(it.destination());
                    case Operation.AuthorizeCommission it -> coins.remove(it.destination());
                    default -> {}
                }
            }
            request.processes().forEach(each -> processes.add(each.id()));
        }
        load(requests, new HashSet<>(lookedUp), journal::requests);
        load(pasts, corrected, journal::pasts);
        load(coinIds, openings, journal::coinIds);
        load(processStates, processes, journal::processStates);
        load(holds, captured, journal::holds);
        load(coins, coinsOf(judged), journal::coins);
    }

    private static <K, V> void load(
            Map<K, V> known, Set<K> needed, Function<Set<K>, Map<K, V>> journal) {
        needed.removeIf(known::containsKey);
        if (!needed.isEmpty()) {
            known.putAll(journal.apply(needed));
        }
    }

    /// The coins that requests name by their operations, by holds, or as those to be opened.
    private Set<Long> coinsOf(Collection<PostRequest> requests) {
        var ids = new HashSet<>(coinIds.values());
        for (var request : requests) {
            for (var operation : request.operations()) {
                ids.add(operation.source());
                ids.add(operation.destination());
                var hold = holds.get(operation.holdId());
                if (hold != null) {
                    ids.add(hold.coin());
                    ids.add(hold.destination());
                }
            }
        }
        ids.remove(0L);
        return ids;
    }
}
