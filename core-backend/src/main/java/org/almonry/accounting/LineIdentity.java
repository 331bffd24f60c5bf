package org.almonry.accounting;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;

/// Tells a statement's lines that are already known from those that are new (C-017). Pure.
///
/// A line is known by the provider's reference where that is unique, else by what it says
/// and the account's balance after it, else by its place among equal lines of its day in
/// this statement. Two lines of one statement are never the same line; therefore a row is
/// given away once.
///
/// The balance tells genuine twins apart wherever a file was cut: between twins the balance
/// moved. Two equal lines of a day with equal balances after them, in different files, are
/// taken as one: then everything between them sums to zero, and so does the error if they
/// were two.
final class LineIdentity {
    /// A row that could be one of the lines.
    ///
    /// @param balances all that statements gave for it
    /// @param onOtherPage whether another page of the very statement at hand has it; a page
    ///     after the first that was cut elsewhere is another page too
    record Known(
            String id,
            UUID content,
            @Nullable UUID reference,
            List<Long> balances,
            boolean onOtherPage) {}

    /// A day as a statement showed it. Equal days hold the same lines, in whatever order.
    record Day(long opening, int lines, long contents) {
        /// Adds a line to the order-free sum over contents.
        static long mix(long contents, UUID content) {
            return contents
                    + (content.getMostSignificantBits() ^ content.getLeastSignificantBits());
        }
    }

    private final LineColumns lines;
    private final LongFunction<Set<Day>> daysSeen;
    private final @Nullable String[] found;
    private final Set<String> given = new HashSet<>();
    private final Map<Long, Boolean> reordered = new HashMap<>();

    private LineIdentity(LineColumns lines, LongFunction<Set<Day>> daysSeen) {
        this.lines = lines;
        this.daysSeen = daysSeen;
        this.found = new String[lines.size()];
    }

    /// Gives for each line the id of the row that it is, or null for a new one.
    ///
    /// @param known rows that share a content or reference key with a line, in the order
    ///     they came
    /// @param daysSeen how earlier statements showed a day of this account, by epoch day
    static @Nullable String[] resolve(
            LineColumns lines, List<Known> known, LongFunction<Set<Day>> daysSeen) {
        var identity = new LineIdentity(lines, daysSeen);
        if (!known.isEmpty()) {
            identity.byReference(known);
            identity.byContent(known);
        }
        return identity.found;
    }

    private void byReference(List<Known> known) {
        Map<UUID, List<Known>> rows = new HashMap<>();
        for (Known row : known) {
            if (row.reference() != null) {
                rows.computeIfAbsent(row.reference(), key -> new ArrayList<>()).add(row);
            }
        }
        Map<UUID, List<Integer>> groups = new HashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            UUID reference = lines.reference(line);
            if (reference != null && rows.containsKey(reference)) {
                groups.computeIfAbsent(reference, key -> new ArrayList<>()).add(line);
            }
        }
        groups.forEach((reference, group) -> {
            List<Known> candidates = rows.getOrDefault(reference, List.of());
            if (group.size() == 1 && candidates.size() == 1) {
                int line = group.getFirst();
                Known row = candidates.getFirst();
                if (!isOtherOfPages(line, row)) {
                    give(line, row);
                }
            } else {
                byBalance(group, candidates);
                byPlace(group, candidates);
            }
        });
    }

    /// A page continues the others: what they hold with another balance is another line, so
    /// this bank's reference is not unique.
    private boolean isOtherOfPages(int line, Known row) {
        return row.onOtherPage()
                && lines.hasBalance(line)
                && !row.balances().isEmpty()
                && !row.balances().contains(lines.balance(line));
    }

    private void byContent(List<Known> known) {
        Map<UUID, List<Known>> rows = new HashMap<>();
        for (Known row : known) {
            rows.computeIfAbsent(row.content(), key -> new ArrayList<>()).add(row);
        }
        Map<UUID, List<Integer>> groups = new HashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            UUID content = lines.content(line);
            if (found[line] == null && rows.containsKey(content)) {
                groups.computeIfAbsent(content, key -> new ArrayList<>()).add(line);
            }
        }
        groups.forEach((content, group) -> {
            List<Known> candidates = rows.getOrDefault(content, List.of());
            var plain =
                    group.stream().filter(line -> lines.reference(line) == null).toList();
            var named =
                    group.stream().filter(line -> lines.reference(line) != null).toList();
            // Two different references are two lines, whatever they say.
            var nameless =
                    candidates.stream().filter(row -> row.reference() == null).toList();
            byBalance(plain, nameless);
            byBalance(plain, candidates);
            byBalance(named, nameless);
            byPlace(plain, nameless);
            byPlace(named, nameless);
            byPlace(plain, candidates);
        });
    }

    /// What balances did not settle: rows without any balance are taken, lines without one
    /// are counted, and lines in another order are paired.
    private void byPlace(List<Integer> group, List<Known> candidates) {
        if (group.isEmpty() || free(candidates).isEmpty()) {
            return;
        }
        inOrder(
                open(group).stream().filter(lines::hasBalance).toList(),
                free(candidates).stream()
                        .filter(row -> row.balances().isEmpty())
                        .toList());
        inOrder(
                open(group).stream().filter(line -> !lines.hasBalance(line)).toList(),
                free(candidates));
        List<Known> rest = free(candidates);
        if (!rest.isEmpty()) {
            inOrder(
                    open(group).stream()
                            .filter(line -> isReordered(lines.day(line)))
                            .toList(),
                    rest);
        }
    }

    private void byBalance(List<Integer> group, List<Known> candidates) {
        Map<Long, Deque<Known>> byBalance = new HashMap<>();
        // Rows with few balances first: they have fewer lines that could still take them.
        free(candidates).stream()
                .sorted(Comparator.comparingInt(row -> row.balances().size()))
                .forEach(row -> row.balances()
                        .forEach(balance -> byBalance
                                .computeIfAbsent(balance, key -> new ArrayDeque<>())
                                .add(row)));
        for (int line : group) {
            var rows = lines.hasBalance(line) ? byBalance.get(lines.balance(line)) : null;
            while (rows != null && !rows.isEmpty() && found[line] == null) {
                Known row = rows.removeFirst();
                if (!given.contains(row.id())) {
                    give(line, row);
                }
            }
        }
    }

    private void inOrder(List<Integer> group, List<Known> rows) {
        for (int i = 0; i < Math.min(group.size(), rows.size()); i++) {
            give(group.get(i), rows.get(i));
        }
    }

    private void give(int line, Known row) {
        found[line] = row.id();
        given.add(row.id());
    }

    private List<Integer> open(List<Integer> group) {
        return group.stream().filter(line -> found[line] == null).toList();
    }

    private List<Known> free(List<Known> candidates) {
        return candidates.stream().filter(row -> !given.contains(row.id())).toList();
    }

    /// Whether this statement must hold all lines of a day, so that an equal line with
    /// another balance is the same line in another order: days stand before and after it,
    /// or an earlier statement showed the same lines on top of the same balance.
    private boolean isReordered(long day) {
        return reordered.computeIfAbsent(day, key -> isInside(key) || isSeen(key));
    }

    private boolean isInside(long day) {
        int last = lines.size() - 1;
        long from = Math.min(lines.day(0), lines.day(last));
        long to = Math.max(lines.day(0), lines.day(last));
        return from < day && day < to && lines.isByDay();
    }

    private boolean isSeen(long day) {
        if (!lines.isByDay()) {
            return false;
        }
        int count = 0;
        long contents = 0;
        int oldest = -1;
        for (int line = 0; line < lines.size(); line++) {
            if (lines.day(line) == day) {
                count++;
                contents = Day.mix(contents, lines.content(line));
                if (oldest < 0 || lines.isNewestFirst()) {
                    oldest = line;
                }
            }
        }
        long opening = lines.balance(oldest) - lines.amount(oldest);
        return daysSeen.apply(day).contains(new Day(opening, count, contents));
    }
}
