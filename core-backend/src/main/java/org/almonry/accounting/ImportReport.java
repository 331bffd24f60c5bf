package org.almonry.accounting;

import java.util.List;

/// What is in a statement file, or what importing it did.
///
/// @param statements the first [#STATEMENTS_MAX]
/// @param statementCount of the whole file
/// @param sample the first [#SAMPLE_MAX] lines, without ids; empty after an import
/// @param breaks what is wrong, each with the name of its statement; at most [#BREAKS_MAX]
public record ImportReport(
        String format,
        List<StatementReport> statements,
        int statementCount,
        ImportCounts counts,
        List<Incoming> sample,
        List<String> breaks) {
    /// What a person reads through; the counts cover the rest.
    public static final int STATEMENTS_MAX = 50;
    /// Enough to see whether the columns were understood.
    public static final int SAMPLE_MAX = 20;
    /// A file that is wrong throughout must not fill the table of runs.
    public static final int BREAKS_MAX = 100;

    /// Copies the lists.
    public ImportReport {
        statements = List.copyOf(statements);
        sample = List.copyOf(sample);
        breaks = List.copyOf(breaks);
    }
}
