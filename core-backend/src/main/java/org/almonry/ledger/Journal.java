package org.almonry.ledger;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Where the writer keeps the books of a shard. One writer owns them at a time; each batch
/// is one durable commit. Every method may throw a [Fault]; a connection that was lost is
/// opened again by [#takeOver] and [#resolve].
public interface Journal {
    /// How far the books have come, and in which epoch of ownership.
    record Head(long epoch, long batch, long lastTransaction, Instant recordedAt, byte[] chain) {}

    /// A request that is in the books.
    record Known(byte[] digest, List<Long> transactionIds) {}

    /// What a correction needs to know of a transaction that moved value.
    record Past(long source, long destination, long minor, boolean isCorrected) {}

    /// Becomes the owner, unless another is alive: nobody of an older epoch can commit now.
    Optional<Head> takeOver(String owner);

    /// After a lost connection: waits for what it may still be doing, ends its right to
    /// commit, and tells how far the books have come.
    Head resolve(String owner);

    /// Gives the books up, so that another takes over at once.
    void release(Head head);

    // What is in the books of these; all else is left out.
    Map<UUID, Known> requests(Set<UUID> ids);

    Map<Long, Coin> coins(Set<Long> ids);

    Map<Long, Hold> holds(Set<Long> ids);

    Map<Long, Past> pasts(Set<Long> ids);

    /// Each key has an id: that of its coin, or a new one.
    Map<NewCoin.Key, Long> coinIds(Set<NewCoin.Key> keys);

    Map<String, String> processStates(Set<String> ids);

    /// Commits a batch on top of `before` and answers the new head. An empty one is a sign
    /// of life, and leaves the head as it is.
    Head write(Batch batch, Head before);

    /// Closes the connection.
    void close();

    /// Why something did not happen.
    final class Fault extends RuntimeException {
        public enum Kind {
            /// A request id is in the books already.
            REPEATED_REQUEST,
            /// The books are not as they were pictured.
            OLD_PICTURE,
            /// Another writer owns the books.
            REPLACED,
            /// The self-check found a breach, and nothing moves until it is lifted.
            HALTED,
            /// The connection is gone, and with it the knowledge of what was committed.
            CONNECTION,
            /// A deadlock, a time-out, a full disk: may pass.
            PASSING,
            /// The batch itself is at fault.
            OTHER
        }

        private static final long serialVersionUID = 1L;
        private final Kind kind;

        public Fault(Kind kind, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }
}
