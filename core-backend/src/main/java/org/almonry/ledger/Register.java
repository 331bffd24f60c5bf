package org.almonry.ledger;

import java.time.LocalDate;

/// Where issuers, coins and periods are opened and closed, each in a commit of its own. The
/// writer learns of it from the database.
public interface Register {
    long openIssuer(String key, String name);

    Coin openCoin(NewCoin coin);

    boolean closeCoin(long id);

    boolean freeze(long id, boolean frozen);

    boolean setCreditLimit(long id, long minor);

    void closePeriod(long issuerId, LocalDate to, String by);
}
