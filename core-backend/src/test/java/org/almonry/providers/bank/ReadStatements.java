package org.almonry.providers.bank;

import org.almonry.money.Money;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Everything that a file holds, and a check that begin, line and end come in order.
final class ReadStatements implements StatementSink {
    /// A statement as read.
    record Statement(StatementHeader header, List<StatementLine> lines, StatementFooter footer) {
        Money sum() {
            var sum = Money.zero(header.currency());
            for (var line : lines) {
                sum = sum.plus(line.amount());
            }
            return sum;
        }
    }

    final List<Statement> statements = new ArrayList<>();
    final List<String> broken = new ArrayList<>();
    private @Nullable StatementHeader open;
    private final List<StatementLine> lines = new ArrayList<>();

    static ReadStatements of(Path file) throws StatementRefused {
        return of(file, null);
    }

    static ReadStatements of(Path file, @Nullable CsvMapping mapping) throws StatementRefused {
        var sink = new ReadStatements();
        new StatementReader().read(file, mapping, sink);
        if (sink.open != null) {
            throw new AssertionError("a statement was not ended");
        }
        return sink;
    }

    @Override
    public void begin(StatementHeader header) {
        if (open != null) {
            throw new AssertionError("a statement begins inside another");
        }
        open = header;
    }

    @Override
    public void line(StatementLine line) {
        if (open == null) {
            throw new AssertionError("a line outside of a statement");
        }
        lines.add(line);
        if (line.position() != lines.size()) {
            throw new AssertionError("positions do not count up");
        }
    }

    @Override
    public void end(StatementFooter footer) {
        if (open == null || footer.entries() != lines.size()) {
            throw new AssertionError("footer does not count the lines");
        }
        statements.add(new Statement(open, List.copyOf(lines), footer));
        open = null;
        lines.clear();
    }

    @Override
    public void broken(String where, String why) {
        broken.add(where + ": " + why);
    }
}
