package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementSink;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The second pass: stores one statement after the other, each in a transaction of its own,
/// while the file streams by. What the first pass found decides before the first line which
/// lines are new; this pass only writes.
final class StatementImport implements StatementSink, AutoCloseable {
    /// Lines between two tellings of how far a statement is.
    private static final int TELL_EVERY = 2_000;

    /// Takes a statement that has just been committed.
    interface Stored {
        /// How far the statement under way is; it is not committed yet.
        void reached(long lines, long added);

        /// @param number of the new row, or null when the same statement was known
        void accept(@Nullable Long number, StatementReport report);
    }

    private final Jdbi jdbi;
    private final IdSource ids;
    private final Clock clock;
    private final String source;
    private final Iterator<CheckedStatement> checked;
    private final Stored stored;
    private @Nullable Open open;

    StatementImport(
            Jdbi jdbi,
            IdSource ids,
            Clock clock,
            String source,
            List<CheckedStatement> checked,
            Stored stored) {
        this.jdbi = jdbi;
        this.ids = ids;
        this.clock = clock;
        this.source = source;
        this.checked = checked.iterator();
        this.stored = stored;
    }

    /// A statement under way. Without a handle it is only read over.
    private static final class Open {
        private final CheckedStatement statement;
        private final List<String> breaks;
        private @Nullable Handle handle;
        private @Nullable IncomingCopyStore copy;
        private @Nullable String[] known = new String[0];
        private long number;
        private int line;
        private long added;

        Open(CheckedStatement statement) {
            this.statement = statement;
            this.breaks = new ArrayList<>(statement.breaks());
        }
    }

    @Override
    public void begin(StatementHeader header) {
        var next = new Open(checked.next());
        open = next;
        if (!next.statement.isImportable()) {
            return;
        }
        var handle = jdbi.open();
        next.handle = handle;
        handle.begin();
        var account = next.statement.account().id();
        StatementStore.lockAccount(handle, account);
        if (StatementStore.seenBefore(handle, next.statement)) {
            handle.rollback();
            handle.close();
            next.handle = null;
            return;
        }
        var known = KnownStore.known(handle, next.statement);
        next.known = LineIdentity.resolve(
                next.statement.columns(), known, day -> KnownStore.days(handle, account, day));
        StatementStore.gap(handle, next.statement).ifPresent(next.breaks::add);
        Instant now = clock.instant();
        next.number = StatementStore.insert(handle, next.statement, next.breaks, source, now);
        next.copy = new IncomingCopyStore(handle, account, next.number, now);
    }

    @Override
    public void line(StatementLine line) {
        var into = current();
        var copy = into.copy;
        if (copy == null || into.statement.refusal(line) != null) {
            return;
        }
        int index = into.line++;
        String known = into.known[index];
        if (known == null) {
            copy.incoming(ids.next("inc"), line, into.statement.columns(), index);
            into.added++;
        } else {
            copy.sighting(known, into.statement.columns(), index);
        }
        if (into.line % TELL_EVERY == 0) {
            stored.reached(into.line, into.added);
        }
    }

    @Override
    public void end(StatementFooter footer) {
        var done = current();
        var statement = done.statement;
        var handle = done.handle;
        Long number = null;
        if (handle != null) {
            requireNonNull(done.copy, "a statement without its rows").finish();
            adjustOpening(handle, statement.account().id(), done.number);
            handle.commit();
            handle.close();
            number = done.number;
        }
        open = null;
        long lines = statement.columns().size();
        stored.accept(number, statement.report(done.breaks, done.added, lines - done.added));
    }

    /// Moves the opening balance to where the account's known history now begins.
    private void adjustOpening(Handle handle, String account, long statement) {
        var earliest = StatementStore.earliest(handle, account);
        if (earliest.isEmpty()) {
            return;
        }
        LocalDate from = earliest.get().from();
        Money opening = requireNonNull(earliest.get().opening(), "an end without a balance");
        long wanted = Math.subtractExact(
                opening.minor(), SettlementStore.beforeHistory(handle, account, from));
        long delta = Math.subtractExact(wanted, SettlementStore.decidedOpening(handle, account));
        if (delta != 0) {
            var difference = new SettlementStore.Opening(ids.next("opn"), account, delta, from);
            SettlementStore.insertOpening(handle, difference, statement, clock.instant());
        }
    }

    private Open current() {
        return requireNonNull(open, "outside of a statement");
    }

    /// Rolls back a statement that did not come to its end.
    @Override
    public void close() {
        var left = open;
        if (left == null || left.handle == null) {
            return;
        }
        try (Handle handle = left.handle) {
            if (left.copy != null) {
                left.copy.close();
            }
            handle.rollback();
        }
        open = null;
    }
}
