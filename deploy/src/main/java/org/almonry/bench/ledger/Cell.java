package org.almonry.bench.ledger;

import static java.util.Objects.requireNonNull;

/// One load at one number of clients, each of which waits for its durable answer before it
/// asks again.
record Cell(Load load, int clients) {

    /// As many as the engine takes into one batch.
    static final int MANY = 4096;

    Cell {
        requireNonNull(load, "load is null");
    }

    static Cell uniform(int clients) {
        return new Cell(Load.UNIFORM, clients);
    }

    static Cell hot(int clients) {
        return new Cell(Load.HOT, clients);
    }

    /// Those of [CopyContender] are rows of one commit of one client.
    String clientsText() {
        return load == Load.OWN && clients == MANY ? "1" : "%,d".formatted(clients);
    }

    @Override
    public String toString() {
        return load + " " + clientsText();
    }
}
