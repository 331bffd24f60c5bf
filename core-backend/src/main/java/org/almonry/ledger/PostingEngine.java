package org.almonry.ledger;

import java.util.List;

/// What posts requests durably. [Writer] is the one that is built here; another engine
/// keeps the same promises: each request is judged alone and in the given order, happens
/// whole or not at all, and is answered only once that is durable.
public interface PostingEngine extends AutoCloseable {
    /// Takes over the books, or waits in the background until their owner is gone.
    void start();

    List<PostResult> post(List<PostRequest> requests);

    /// Writes what is queued and stops.
    @Override
    void close();
}
