package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/// The façade of the ledger: open coins and post. Blocking; made for virtual threads.
/// Reading is `org.almonry.ledger.read`.
///
/// Never post from inside a database transaction: the writer may need a lock that the
/// transaction holds.
public final class Ledger implements AutoCloseable {
    private final PostingEngine engine;
    private final Register register;

    public Ledger(PostingEngine engine, Register register) {
        this.engine = requireNonNull(engine, "engine is null");
        this.register = requireNonNull(register, "register is null");
    }

    /// Takes over the books and starts to write. Where another core owns them, posting
    /// fails with UNAVAILABLE until that one is gone.
    public void start() {
        engine.start();
    }

    /// Writes what is queued and stops. What comes later is refused.
    @Override
    public void close() {
        engine.close();
    }

    /// The issuer of this key, opened if it is new.
    public long openIssuer(String key, String name) {
        return register.openIssuer(key, name);
    }

    /// The coin of this name, opened if it is new.
    public Coin openCoin(NewCoin coin) {
        return register.openCoin(coin);
    }

    /// Closes a coin for ever. Its balance must be zero, and nothing may be held; else
    /// nothing happens and the answer is false.
    public boolean closeCoin(long id) {
        return register.closeCoin(id);
    }

    /// Stops all that would move or reserve value of a coin, or lets it go on; false if
    /// there is no such coin.
    public boolean freeze(long id, boolean frozen) {
        return register.freeze(id, frozen);
    }

    /// How far below zero the available amount may go, in the minor unit; false if the coin
    /// is beyond that already, or unknown.
    public boolean setCreditLimit(long id, long minor) {
        return register.setCreditLimit(id, minor);
    }

    /// Closes an issuer's books up to and including a day, for ever.
    public void closePeriod(long issuerId, LocalDate to, String by) {
        register.closePeriod(issuerId, to, by);
    }

    /// Posts one request and waits for its answer. Fails with UNAVAILABLE when the answer
    /// is not known in time; the same request may then be sent again.
    public PostResult post(PostRequest request) {
        return postAll(List.of(request)).getFirst();
    }

    /// Posts many, each judged alone and in their order, in as few commits as fit.
    public List<PostResult> postAll(List<PostRequest> requests) {
        return engine.post(requests);
    }
}
