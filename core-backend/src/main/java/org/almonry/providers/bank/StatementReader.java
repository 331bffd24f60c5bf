package org.almonry.providers.bank;

import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Reads a statement file of any bank: camt.052, .053, .054, MT940, MT942 or CSV, told
/// apart by content.
///
/// Holds one entry at a time. A file that is not whole or not honest is refused with the
/// place; what makes no sense within a good file is told to the sink as broken, and the
/// rest is read.
public final class StatementReader {
    private static final Pattern SWIFT =
            Pattern.compile("(?m)^(\\{[0-9]:.*|\\{4:|:20:.*|:9[0-9]{2}:.*)\\s*$");

    /// Reads a file into a sink. The mapping is only used for CSV.
    public void read(Path path, @Nullable CsvMapping mapping, StatementSink sink)
            throws StatementRefused {
        var file = StatementFile.inspect(path);
        if (file.head().stripLeading().startsWith("<")) {
            CamtReader.read(file, sink);
        } else if (SWIFT.matcher(file.head()).find()) {
            MtReader.read(file, sink);
        } else if (mapping != null) {
            CsvStatements.read(file, mapping, sink);
        } else {
            throw new StatementRefused(
                    "the file is neither camt nor MT940; if it is CSV, it needs a mapping that"
                            + " names its columns",
                    1,
                    0);
        }
    }
}
