package org.almonry.ledger;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The one thread that writes the books of a shard.
final class Writer implements AutoCloseable {
    /// Requests in one commit.
    static final int BATCH_MAX = 4096;

    Writer(Jdbi accounting, Companions companions, Clock clock) {}

    void start() {}

    List<PostResult> post(List<PostRequest> requests) {
        throw new UnsupportedOperationException("the writer follows in the next commit");
    }

    @Override
    public void close() {}
}
