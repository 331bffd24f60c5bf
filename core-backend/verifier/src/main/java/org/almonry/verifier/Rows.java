package org.almonry.verifier;

/// Reads transactions some at a time, and finds the coins of all of these in one go: the
/// coins lie anywhere in memory, and so the waits for them overlap.
final class Rows implements AutoCloseable {
    private static final int AT_ONCE = 32;

    private final CsvFile file;
    private final Tables tables;
    private final Row[] rows = new Row[AT_ONCE];
    private int place;
    private int filled;

    Rows(Export export, Tables tables) {
        this.tables = tables;
        file = export.open("transactions.csv", Row.HEADER);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row();
        }
        fill();
    }

    /// Whether there is a row at hand; if not, all were read.
    boolean has() {
        return place < filled;
    }

    /// The row at hand, until [#advance()].
    Row row() {
        return rows[place];
    }

    void advance() {
        if (++place == filled) {
            fill();
        }
    }

    /// Rows that were read; all, once none is at hand.
    long count() {
        return file.rows();
    }

    private void fill() {
        place = 0;
        filled = 0;
        while (filled < rows.length && file.next()) {
            rows[filled++].read(file);
        }
        for (int i = 0; i < filled; i++) {
            var row = rows[i];
            row.source = tables.coin(row.sourceId);
            row.destination = tables.coin(row.destinationId);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
