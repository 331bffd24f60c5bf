package org.almonry.bench.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Our engine in this process: every guard and the chain on, one request per transfer.
final class EngineContender implements Contender {

    static final String NAME = "almonry";

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Books books;

    EngineContender(Books books) {
        this.books = books;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "the engine in process: `Ledger.post` from virtual threads, one request with its own id per "
                + "transfer; chain, idempotency, holds, constraints on";
    }

    @Override
    public Tables tables() {
        return new Tables(Books.DATABASE, Books.SCHEMA);
    }

    @Override
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (int clients : LedgerBench.CLIENTS) {
            cells.add(Cell.uniform(clients));
            cells.add(Cell.hot(clients));
        }
        cells.add(Cell.uniform(Cell.MANY));
        cells.add(Cell.hot(Cell.MANY));
        return cells;
    }

    @Override
    public void prepare() throws InterruptedException {
        books.start();
        run(Cell.uniform(Cell.MANY), WARM_UP);
        run(Cell.hot(LedgerBench.CLIENTS.getLast()), WARM_UP);
        run(Cell.uniform(1), WARM_UP);
    }

    @Override
    public Run run(Cell cell, Duration window) throws InterruptedException {
        return ClosedLoop.run(cell.clients(), window, () -> {
            Books.requirePosted(books.ledger().post(books.transfer(cell.load())));
            return 1;
        });
    }
}
