package org.almonry.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Where the books of a simulation are kept, and how the simulation looks at them.
interface SimulatedStore {
    /// Another connection to the same books.
    Journal connect();

    /// Where coins and periods are opened and closed; it does not post.
    Ledger register();

    /// The owner gives no more signs: whoever comes next may take over.
    void ownerIsSilent();

    /// Those of these coins that exist.
    List<Coin> coins(Collection<Long> ids);

    /// The coin of this name, or 0.
    long find(NewCoin coin);

    List<Hold> holds(Collection<Long> ids);

    /// Which of these requests are in the books.
    Set<UUID> present(Collection<UUID> requests);

    /// The states of those that exist.
    Map<String, String> processes(Collection<String> ids);

    long lastTransaction();

    /// When the last batch was recorded.
    Instant time();

    LocalDate effectiveOn(long transaction);
}
