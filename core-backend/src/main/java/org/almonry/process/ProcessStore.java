package org.almonry.process;

import org.almonry.ledger.Journal.Fault;
import org.almonry.ledger.postgres.ProcessJournal;
import org.almonry.ledger.process.ProcessChange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The SQL of business processes.
final class ProcessStore {
    private static final String FIND = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where id = :id
            """;

    private static final String BY_SUBJECT = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where subject = :subject
             order by opened_at, id
            """;

    /// Those that share its subject, correct it, or are corrected by it.
    private static final String RELATED = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where id <> :id
               and id in (select o.id
                            from process.process o
                            join process.process p on p.id = :id and p.subject <> '' and o.subject = p.subject
                           union all
                          select o.id
                            from process.process o
                           where o.kind in ('CORRECTION', 'REVERSAL')
                             and o.details ->> 'corrects' = :id
                           union all
                          select p.details ->> 'corrects'
                            from process.process p
                           where p.id = :id)
             order by opened_at, id
             limit :size
            """;

    private static final String CORRECTIONS = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where kind in ('CORRECTION', 'REVERSAL')
               and details ->> 'corrects' = :id
             order by opened_at, id
            """;

    private static final String PAGE = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where id < :before
             order by id desc
             limit :size
            """;

    private static final String PAGE_OF_KIND = """
            select id, kind, state, subject, details::text as details, opened_by, opened_at
              from process.process
             where kind = :kind
               and id < :before
             order by id desc
             limit :size
            """;

    private static final String STEPS = """
            select process_id, place, at, from_state, to_state, detail
              from process.process_step
             where process_id = :id
             order by place
            """;

    private static final String STATES = """
            select id, state
              from process.process
             where id = any (:ids)
            """;

    private static final String OPEN = """
            insert into process.process (id, kind, state, subject, details, opened_by, opened_at)
            select u.id, u.kind, u.state, u.subject, u.details::jsonb, u.opened_by, :at
              from unnest(:ids, :kinds, :states, :subjects, :details, :openers)
                   u (id, kind, state, subject, details, opened_by)
            """;

    private static final String ADVANCE = """
            update process.process p
               set state = u.new_state
              from unnest(:ids, :oldStates, :newStates) u (id, old_state, new_state)
             where p.id = u.id
               and p.state = u.old_state
            """;

    /// The place counts on from the steps that exist; within the batch it is the caller's
    /// count.
    private static final String STEP = """
            insert into process.process_step (process_id, place, at, from_state, to_state, detail)
            select u.id,
                   u.nth + case when u.is_new then 0
                                else (select count(*) from process.process_step s
                                       where s.process_id = u.id) end,
                   :at, u.from_state, u.to_state, u.detail
              from unnest(:ids, :nths, :areNew, :fromStates, :toStates, :details)
                   u (id, nth, is_new, from_state, to_state, detail)
            """;

    private ProcessStore() {}

    static Optional<BusinessProcess> find(Handle handle, String id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map(ProcessStore::process)
                .findOne();
    }

    static List<BusinessProcess> bySubject(Handle handle, String subject) {
        return handle.createQuery(BY_SUBJECT)
                .bind("subject", subject)
                .map(ProcessStore::process)
                .list();
    }

    static List<BusinessProcess> corrections(Handle handle, String id) {
        return handle.createQuery(CORRECTIONS)
                .bind("id", id)
                .map(ProcessStore::process)
                .list();
    }

    static List<BusinessProcess> related(Handle handle, String id, int size) {
        return handle.createQuery(RELATED)
                .bind("id", id)
                .bind("size", size)
                .map(ProcessStore::process)
                .list();
    }

    static List<BusinessProcess> page(Handle handle, String kind, String before, int size) {
        if (kind.isEmpty()) {
            return handle.createQuery(PAGE)
                    .bind("before", before)
                    .bind("size", size)
                    .map(ProcessStore::process)
                    .list();
        }
        return handle.createQuery(PAGE_OF_KIND)
                .bind("kind", kind)
                .bind("before", before)
                .bind("size", size)
                .map(ProcessStore::process)
                .list();
    }

    static List<ProcessStep> steps(Handle handle, String id) {
        return handle.createQuery(STEPS).bind("id", id).map(ProcessStore::step).list();
    }

    static Map<String, String> states(Handle handle, Collection<String> ids) {
        var result = new HashMap<String, String>();
        handle.createQuery(STATES)
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> Map.entry(row.getString("id"), row.getString("state")))
                .forEach(each -> result.put(each.getKey(), each.getValue()));
        return result;
    }

    /// The writer's side: what a posting does to processes.
    static final class Journal implements ProcessJournal {
        @Override
        public Map<String, String> states(Handle handle, Collection<String> ids) {
            return ProcessStore.states(handle, ids);
        }

        @Override
        public void write(Handle handle, List<ProcessChange> changes, Instant at) {
            var opens = new ArrayList<ProcessChange.Open>();
            var oldStates = new LinkedHashMap<String, String>();
            var newStates = new HashMap<String, String>();
            var steps = new Steps(changes.size());
            for (var change : changes) {
                switch (change) {
                    case ProcessChange.Open it -> {
                        opens.add(it);
                        steps.add(it.id(), "", it.state(), "");
                    }
                    case ProcessChange.Advance it -> {
                        oldStates.putIfAbsent(it.id(), it.expectedState());
                        newStates.put(it.id(), it.newState());
                        steps.add(it.id(), it.expectedState(), it.newState(), it.detail());
                    }
                }
            }
            open(handle, opens, at);
            advance(handle, oldStates, newStates);
            steps.insert(handle, at);
        }

        private static void open(Handle handle, List<ProcessChange.Open> opens, Instant at) {
            if (opens.isEmpty()) {
                return;
            }
            handle.createUpdate(OPEN)
                    .bind("at", at)
                    .bind("ids", opens.stream().map(ProcessChange.Open::id).toArray(String[]::new))
                    .bind(
                            "kinds",
                            opens.stream().map(ProcessChange.Open::kind).toArray(String[]::new))
                    .bind(
                            "states",
                            opens.stream().map(ProcessChange.Open::state).toArray(String[]::new))
                    .bind(
                            "subjects",
                            opens.stream().map(ProcessChange.Open::subject).toArray(String[]::new))
                    .bind(
                            "details",
                            opens.stream()
                                    .map(ProcessChange.Open::detailsJson)
                                    .toArray(String[]::new))
                    .bind(
                            "openers",
                            opens.stream().map(ProcessChange.Open::openedBy).toArray(String[]::new))
                    .execute();
        }

        private static void advance(
                Handle handle, Map<String, String> oldStates, Map<String, String> newStates) {
            if (oldStates.isEmpty()) {
                return;
            }
            int moved = handle.createUpdate(ADVANCE)
                    .bind("ids", oldStates.keySet().toArray(String[]::new))
                    .bind("oldStates", oldStates.values().toArray(String[]::new))
                    .bind(
                            "newStates",
                            oldStates.keySet().stream().map(newStates::get).toArray(String[]::new))
                    .execute();
            if (moved != oldStates.size()) {
                throw new Fault(
                        Fault.Kind.OLD_PICTURE,
                        "a process is not in the state that it was judged in",
                        null);
            }
        }
    }

    /// Steps as columns, each with its number among the steps of its process in this batch.
    private static final class Steps {
        private final Map<String, Integer> counts;
        private final Set<String> opened = new HashSet<>();
        private final List<String> ids = new ArrayList<>();
        private final List<Integer> nths = new ArrayList<>();
        private final List<Boolean> areNew = new ArrayList<>();
        private final List<String> fromStates = new ArrayList<>();
        private final List<String> toStates = new ArrayList<>();
        private final List<String> details = new ArrayList<>();

        Steps(int size) {
            counts = HashMap.newHashMap(size);
        }

        void add(String id, String fromState, String toState, String detail) {
            if (fromState.isEmpty()) {
                opened.add(id);
            }
            ids.add(id);
            areNew.add(opened.contains(id));
            nths.add(counts.merge(id, 1, Integer::sum));
            fromStates.add(fromState);
            toStates.add(toState);
            details.add(detail);
        }

        void insert(Handle handle, Instant at) {
            if (ids.isEmpty()) {
                return;
            }
            handle.createUpdate(STEP)
                    .bind("at", at)
                    .bind("ids", ids.toArray(String[]::new))
                    .bind("nths", nths.toArray(Integer[]::new))
                    .bind("areNew", areNew.toArray(Boolean[]::new))
                    .bind("fromStates", fromStates.toArray(String[]::new))
                    .bind("toStates", toStates.toArray(String[]::new))
                    .bind("details", details.toArray(String[]::new))
                    .execute();
        }
    }

    private static BusinessProcess process(ResultSet row, StatementContext context)
            throws SQLException {
        return new BusinessProcess(
                row.getString("id"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("subject"),
                row.getString("details"),
                row.getString("opened_by"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant());
    }

    private static ProcessStep step(ResultSet row, StatementContext context) throws SQLException {
        return new ProcessStep(
                row.getString("process_id"),
                row.getInt("place"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("from_state"),
                row.getString("to_state"),
                row.getString("detail"));
    }
}
