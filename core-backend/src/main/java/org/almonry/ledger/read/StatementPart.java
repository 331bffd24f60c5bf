package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which entries of a statement are meant: those behind one line of an explanation. Entries
/// with one leg are never part of it, as they change no balance.
///
/// The statement is read as it stands and what does not fit is left out, so that the balances
/// beside the entries stay those of the books.
///
/// @param type name of the type, as "commission_capture", or empty for any
/// @param processKind "-" for none, or empty for any
/// @param otherCoinId 0 for any
public record StatementPart(String type, String processKind, long otherCoinId) {
    /// What one page may look at; a rare part of a busy coin takes several pages.
    private static final int LOOKED_AT_MAX = 10_000;

    private static final String KINDS = """
            select process_id, kind
              from ledger.process_kind
             where process_id = any (:ids)
            """;

    public StatementPart {
        requireNonNull(type, "type is null");
        requireNonNull(processKind, "processKind is null");
    }

    /// Whether it is the whole statement.
    public boolean isAll() {
        return type.isEmpty() && processKind.isEmpty() && otherCoinId == 0;
    }

    /// A page of this part.
    ///
    /// @param pages the page of the whole statement after a place
    Statement page(
            Handle handle, Function<String, Statement> pages, String place, Basis basis, int size) {
        var found = new ArrayList<Entry>();
        var next = place;
        int lookedAt = 0;
        do {
            var page = pages.apply(next);
            var kinds = kinds(handle, page.entries());
            for (var entry : page.entries()) {
                if (fits(entry, kinds)) {
                    found.add(entry);
                    if (found.size() == size) {
                        return Statement.of(found, basis, size);
                    }
                }
            }
            lookedAt += page.entries().size();
            next = page.next();
        } while (!next.isEmpty() && lookedAt < LOOKED_AT_MAX);
        return new Statement(found, next);
    }

    private boolean fits(Entry entry, Map<String, String> kinds) {
        var kind = entry.processId() == null ? "" : kinds.getOrDefault(entry.processId(), "");
        return entry.otherCoinId() != 0
                && (otherCoinId == 0 || entry.otherCoinId() == otherCoinId)
                && (type.isEmpty()
                        || entry.type().name().toLowerCase(Locale.ROOT).equals(type))
                && (processKind.isEmpty()
                        || kind.equals(processKind.equals("-") ? "" : processKind));
    }

    private Map<String, String> kinds(Handle handle, List<Entry> entries) {
        if (processKind.isEmpty()) {
            return Map.of();
        }
        Collection<String> ids = entries.stream()
                .flatMap(entry -> Stream.ofNullable(entry.processId()))
                .distinct()
                .toList();
        var kinds = new HashMap<String, String>();
        handle.createQuery(KINDS)
                .bindArray("ids", String.class, ids)
                .map((row, _) -> Map.entry(row.getString("process_id"), row.getString("kind")))
                .forEach(each -> kinds.put(each.getKey(), each.getValue()));
        return kinds;
    }
}
