package org.almonry.ledger.read;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/// A page of a statement, and the place where it goes on; that is empty after the last one.
public record Statement(List<Entry> entries, String next) {
    private static final Pattern PLACE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,18})");

    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    public Statement {
        entries = List.copyOf(entries);
    }

    static Statement of(List<Entry> entries, Basis basis, int size) {
        if (entries.size() < size) {
            return new Statement(entries, "");
        }
        var last = entries.getLast();
        var next = switch (basis) {
            case RECORDED -> "" + last.transactionId();
            case EFFECTIVE -> last.effectiveOn() + "." + last.transactionId();
        };
        return new Statement(entries, next);
    }

    /// Refuses what no page has named.
    static long id(String place) {
        if (!ID.matcher(place).matches()) {
            throw new IllegalArgumentException("not a place in a statement");
        }
        return Long.parseLong(place);
    }

    static StatementStore.Place place(String place) {
        var match = PLACE.matcher(place);
        try {
            if (match.matches()) {
                return new StatementStore.Place(
                        LocalDate.parse(match.group(1)), Long.parseLong(match.group(2)));
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a place in a statement", e);
        }
        throw new IllegalArgumentException("not a place in a statement");
    }
}
