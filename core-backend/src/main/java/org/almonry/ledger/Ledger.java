package org.almonry.ledger;

import java.time.LocalDate;
import java.util.List;

/// The ledger: open coins and post. Blocking; made for virtual threads. Reading is
/// `org.almonry.ledger.read`.
///
/// Whatever writes below, each request is judged alone and in the given order, happens
/// whole or not at all, and is answered only once that is durable. Never post from inside a
/// database transaction: the writer may need a lock that the transaction holds.
public interface Ledger extends AutoCloseable {
    /// Takes over the books and starts to write. Where another core owns them, posting
    /// fails with UNAVAILABLE until that one is gone.
    void start();

    /// Writes what is queued and stops. What comes later is refused.
    @Override
    void close();

    /// The issuer of this key, opened if it is new.
    long openIssuer(String key, String name);

    /// The coin of this name, opened if it is new.
    Coin openCoin(NewCoin coin);

    /// Closes a coin for ever; false if something is on it, or held, or it is unknown.
    boolean closeCoin(long id);

    /// Stops what would move or reserve value of a coin, or no longer; false if unknown.
    boolean freeze(long id, boolean frozen);

    /// How far below zero the available amount may go, in the minor unit; false if the coin
    /// is beyond that already, or unknown.
    boolean setCreditLimit(long id, long minor);

    /// Closes an issuer's books up to and including a day, for ever.
    void closePeriod(long issuerId, LocalDate to, String by);

    /// Posts one request and waits for its answer. Fails with UNAVAILABLE when the answer
    /// is not known in time; the same request may then be sent again.
    default PostResult post(PostRequest request) {
        return postAll(List.of(request)).getFirst();
    }

    /// Posts many, each judged alone and in their order, in as few commits as fit.
    List<PostResult> postAll(List<PostRequest> requests);
}
