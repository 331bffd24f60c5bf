package org.almonry.accounting;

import org.almonry.ledger.Ledger;
import org.almonry.money.Money;
import org.almonry.providers.Accounts;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.bank.StatementReader;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Imports statement files in two passes (C-017): the first reads the whole file and can
/// refuse it, the second stores it, one transaction per statement. A file again, or parts
/// of it, add nothing.
public final class Importer {
    private final Jdbi accounting;
    private final Accounts accounts;
    private final StatementReader reader;
    private final Settlement settlement;
    private final IdSource ids;
    private final Clock clock;

    private Importer(
            Jdbi accounting,
            Accounts accounts,
            StatementReader reader,
            Settlement settlement,
            IdSource ids,
            Clock clock) {
        this.accounting = accounting;
        this.accounts = accounts;
        this.reader = reader;
        this.settlement = settlement;
        this.ids = ids;
        this.clock = clock;
    }

    /// Wires the importer with its stores.
    public static Importer create(
            Jdbi accounting,
            Accounts accounts,
            Ledger ledger,
            NewLines newLines,
            IdSource ids,
            Clock clock) {
        var settlement = new Settlement(
                new SettlementStore(accounting),
                new IncomingStore(accounting),
                accounts,
                ledger,
                newLines,
                clock);
        return new Importer(accounting, accounts, new StatementReader(), settlement, ids, clock);
    }

    /// Reads a whole file and says what is in it. Stores nothing.
    public ImportReport check(Path file, @Nullable CsvMapping mapping) throws StatementRefused {
        var check = firstPass(file, mapping);
        var tally = new Tally(check);
        var chain = new HashMap<String, Set<Money>>();
        for (var statement : check.statements()) {
            var breaks = new ArrayList<>(statement.breaks());
            addGap(statement, chain, breaks);
            tally.add(statement, statement.report(breaks, 0, 0));
        }
        return tally.report(check.sample());
    }

    /// Imports a file: checks all of it, stores it, posts and offers what is new.
    ///
    /// @param source where it came from, for the statement's row
    /// @param progress is told the counts of this file after each statement and each
    ///     posting
    public ImportReport importFile(
            Path file, @Nullable CsvMapping mapping, String source, Consumer<ImportCounts> progress)
            throws StatementRefused {
        var check = firstPass(file, mapping);
        var tally = new Tally(check);
        var stored = new Storing(check, tally, progress);
        try (var second =
                new StatementImport(accounting, ids, clock, source, check.statements(), stored)) {
            reader.read(file, mapping, second);
        }
        return tally.report(List.of());
    }

    /// Posts and offers what a crash left between storing and posting, of statements that
    /// were received before a time. At start, and by a job that leaves running imports
    /// alone.
    public void settleAll(Instant before) {
        settlement.settleAll(before);
    }

    private StatementCheck firstPass(Path file, @Nullable CsvMapping mapping)
            throws StatementRefused {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var check = new StatementCheck(accounts, today);
        reader.read(file, mapping, check);
        return check;
    }

    /// A gap to the statement before it in this file, or, for the first, to what is stored.
    private void addGap(
            CheckedStatement statement, Map<String, Set<Money>> chain, List<String> breaks) {
        Money opening = statement.opening();
        if (!statement.isImportable() || !statement.isChained() || opening == null) {
            return;
        }
        var closings = chain.computeIfAbsent(statement.account().id(), key -> new HashSet<>());
        if (!closings.contains(opening)) {
            accounting.useHandle(
                    handle -> StatementStore.gap(handle, statement).ifPresent(breaks::add));
        }
        if (statement.closing() != null) {
            closings.add(statement.closing());
        }
    }

    /// Settles each statement right after its commit, and tells how far the file is.
    private final class Storing implements StatementImport.Stored {
        private final Iterator<CheckedStatement> statements;
        private final Tally tally;
        private final Consumer<ImportCounts> progress;

        Storing(StatementCheck check, Tally tally, Consumer<ImportCounts> progress) {
            this.statements = check.statements().iterator();
            this.tally = tally;
            this.progress = progress;
        }

        @Override
        public void reached(long lines, long added) {
            progress.accept(tally.counts.plus(new ImportCounts(lines, added, lines - added, 0)));
        }

        @Override
        public void accept(@Nullable Long number, StatementReport report) {
            var statement = statements.next();
            tally.add(statement, report);
            progress.accept(tally.counts);
            if (number != null) {
                var problems = settlement.settle(number, statement.account().id(), booked -> {
                    tally.booked(booked);
                    progress.accept(tally.counts);
                });
                problems.forEach(problem -> tally.addBreak(statement.name() + ": " + problem));
            }
        }
    }

    /// Adds up the statements of a file.
    private static final class Tally {
        private final StatementCheck check;
        private final List<StatementReport> statements = new ArrayList<>();
        private final List<String> breaks = new ArrayList<>();
        private ImportCounts counts = ImportCounts.NONE;
        private int count;

        Tally(StatementCheck check) {
            this.check = check;
            check.breaks().forEach(this::addBreak);
        }

        void add(CheckedStatement statement, StatementReport report) {
            count++;
            counts = counts.plus(
                    new ImportCounts(report.entries(), report.added(), report.duplicates(), 0));
            if (statements.size() < ImportReport.STATEMENTS_MAX) {
                statements.add(report);
            }
            report.breaks().forEach(text -> addBreak(statement.name() + ": " + text));
        }

        void booked(long booked) {
            counts = counts.plus(new ImportCounts(0, 0, 0, booked));
        }

        void addBreak(String text) {
            if (breaks.size() < ImportReport.BREAKS_MAX) {
                breaks.add(text);
            }
        }

        ImportReport report(List<Incoming> sample) {
            return new ImportReport(check.format(), statements, count, counts, sample, breaks);
        }
    }
}
