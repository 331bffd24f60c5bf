package org.almonry.bench.ledger;

import java.time.Duration;
import java.util.List;

/// One implementation under load, with its tables in a database of its own.
interface Contender extends AutoCloseable {
    String name();

    /// What it is, in words for a reader of the table.
    String about();

    /// Where its rows go: what it stores per transfer is measured there.
    Tables tables();

    List<Cell> cells();

    /// Makes tables, wallets and funds, and runs until it is warm.
    void prepare() throws Exception;

    Run run(Cell cell, Duration window) throws Exception;

    @Override
    default void close() throws Exception {}

    /// Why it cannot run here; empty when it can.
    default String missing() {
        return "";
    }

    /// A schema of a database.
    record Tables(String database, String schema) {}
}
