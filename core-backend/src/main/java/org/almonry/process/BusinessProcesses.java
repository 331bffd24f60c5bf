package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.postgres.ProcessJournal;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Business processes as they are read. They are written only by postings, through
/// [#journal].
public final class BusinessProcesses {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    /// Above every id: the cursor of the first page.
    public static final String NEWEST = "~";

    private final Jdbi accounting;

    public BusinessProcesses(Jdbi accounting) {
        this.accounting = requireNonNull(accounting, "accounting is null");
    }

    /// What the ledger's writer needs to open and advance processes inside its transaction.
    public static ProcessJournal journal() {
        return new ProcessStore.Journal();
    }

    public Optional<BusinessProcess> find(String id) {
        return accounting.withHandle(handle -> ProcessStore.find(handle, id));
    }

    /// All processes about a subject, oldest first.
    public List<BusinessProcess> bySubject(String subject) {
        return accounting.withHandle(handle -> ProcessStore.bySubject(handle, subject));
    }

    /// The state of each process that exists.
    public Map<String, String> states(Collection<String> ids) {
        return accounting.withHandle(handle -> ProcessStore.states(handle, ids));
    }

    /// Processes newest first, below the id `before`; an empty kind means all.
    public List<BusinessProcess> page(String kind, String before, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> ProcessStore.page(handle, kind, before, rows));
    }

    /// A page of what the filter lets through, with the totals of all of it; `cursor` is what the
    /// page before gave, empty for the first (K-045).
    public History history(ProcessFilter filter, String cursor, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        var place = HistoryStore.Place.of(cursor);
        return accounting.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            var page = HistoryStore.page(handle, filter, place, rows + 1);
            boolean hasMore = page.size() > rows;
            var shown = hasMore ? page.subList(0, rows) : page;
            var next = hasMore ? HistoryStore.Place.after(shown.getLast()) : "";
            return new History(shown, HistoryStore.totals(handle, filter), next);
        });
    }

    /// What a process went through, oldest first.
    public List<ProcessStep> steps(String id) {
        return accounting.withHandle(handle -> ProcessStore.steps(handle, id));
    }

    /// Processes that correct this one: their details name it as "corrects".
    public List<BusinessProcess> corrections(String id) {
        return accounting.withHandle(handle -> ProcessStore.corrections(handle, id));
    }

    /// Processes that share its subject, correct it, or are corrected by it; oldest first.
    public List<BusinessProcess> related(String id) {
        return accounting.withHandle(handle -> ProcessStore.related(handle, id, PAGE_MAX));
    }
}
