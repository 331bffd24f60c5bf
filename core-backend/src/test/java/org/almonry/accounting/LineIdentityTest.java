package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/// C-017: a line is stored once, however often and in whatever pieces it comes.
class LineIdentityTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    /// What an account's table would know, in memory.
    private static final class Rows {
        private record Row(String id, Line line, Set<Long> balances) {}

        private final Map<String, Row> rows = new LinkedHashMap<>();
        private final Map<Long, Set<LineIdentity.Day>> days = new LinkedHashMap<>();

        List<String> take(@Nullable Long opening, List<Line> lines) {
            var columns = new LineColumns();
            lines.forEach(line -> columns.add(
                    line.content(), line.reference(), line.date(), line.amount(), null));
            if (opening != null) {
                columns.balancesFrom(opening);
            }
            var known = rows.values().stream()
                    .map(row -> new LineIdentity.Known(
                            row.id(),
                            row.line().content(),
                            row.line().reference(),
                            List.copyOf(row.balances()),
                            false))
                    .toList();
            @Nullable
            String[] found =
                    LineIdentity.resolve(columns, known, day -> days.getOrDefault(day, Set.of()));
            for (int i = 0; i < found.length; i++) {
                if (found[i] == null) {
                    found[i] = "r" + rows.size();
                    rows.put(found[i], new Row(found[i], lines.get(i), new HashSet<>()));
                }
                if (columns.hasBalance(i)) {
                    rows.get(found[i]).balances().add(columns.balance(i));
                }
            }
            assertEquals(found.length, new HashSet<>(Arrays.asList(found)).size());
            if (opening != null) {
                remember(columns);
            }
            return List.of(found);
        }

        private void remember(LineColumns columns) {
            for (int i = 0; i < columns.size(); i++) {
                long day = columns.day(i);
                if (i > 0 && columns.day(i - 1) == day) {
                    continue;
                }
                int count = 0;
                long contents = 0;
                for (int j = i; j < columns.size() && columns.day(j) == day; j++) {
                    count++;
                    contents = LineIdentity.Day.mix(contents, columns.content(j));
                }
                days.computeIfAbsent(day, key -> new HashSet<>())
                        .add(new LineIdentity.Day(
                                columns.balance(i) - columns.amount(i), count, contents));
            }
        }
    }

    private record Line(
            LocalDate date,
            long amount,
            String text,
            @Nullable UUID reference) {
        UUID content() {
            return UUID.nameUUIDFromBytes((date + "|" + amount + "|" + text).getBytes());
        }
    }

    private static Line line(int day, long amount, String text) {
        return new Line(DAY.plusDays(day), amount, text, null);
    }

    private static Line line(int day, long amount, String text, String reference) {
        var key = UUID.nameUUIDFromBytes((day + "|" + amount + "|" + reference).getBytes());
        return new Line(DAY.plusDays(day), amount, text, key);
    }

    @Test
    void theSameStatementAgainHoldsNothingNew() {
        var rows = new Rows();
        var lines = List.of(line(0, 500, "a"), line(0, 500, "a"), line(1, -200, "rent"));
        assertEquals(rows.take(0L, lines), rows.take(0L, lines));
    }

    @Test
    void twoGenuineTwinsStayTwo() {
        var rows = new Rows();
        rows.take(0L, List.of(line(0, 500, "a"), line(0, 500, "a")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void twinsInDifferentPiecesStayTwo() {
        var rows = new Rows();
        rows.take(500L, List.of(line(0, 500, "a")));
        rows.take(0L, List.of(line(0, 500, "a")));
        assertEquals(2, rows.rows.size());
        rows.take(0L, List.of(line(0, 500, "a"), line(0, 500, "a")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void withoutBalancesTheOrdinalOfTheDayCounts() {
        var rows = new Rows();
        rows.take(null, List.of(line(0, 500, "a"), line(0, 500, "a")));
        rows.take(null, List.of(line(0, 500, "a"), line(0, 500, "a"), line(0, 500, "a")));
        assertEquals(3, rows.rows.size());
    }

    @Test
    void aStatementWithBalancesClaimsWhatCameWithout() {
        var rows = new Rows();
        rows.take(null, List.of(line(0, 500, "a"), line(0, 500, "a")));
        rows.take(500L, List.of(line(0, 500, "a")));
        rows.take(0L, List.of(line(0, 500, "a")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void aReferenceOutweighsOrderAndText() {
        var rows = new Rows();
        rows.take(0L, List.of(line(0, 500, "a", "r1"), line(0, 700, "b", "r2")));
        rows.take(0L, List.of(line(0, 700, "b, cut", "r2"), line(0, 500, "a", "r1")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void twinsWithReferencesOfTheirOwnAreTwo() {
        var rows = new Rows();
        rows.take(0L, List.of(line(0, 500, "a", "r1")));
        rows.take(0L, List.of(line(0, 500, "a", "r2")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void aReferenceThatTheBankRepeatsIsNotTrusted() {
        var rows = new Rows();
        rows.take(0L, List.of(line(0, 500, "a", "same"), line(0, 500, "b", "same")));
        assertEquals(2, rows.rows.size());
        rows.take(500L, List.of(line(0, 500, "b", "same")));
        assertEquals(2, rows.rows.size());
    }

    @Test
    void theSameDayInAnotherOrderHoldsNothingNew() {
        var rows = new Rows();
        var day = List.of(line(0, 500, "a"), line(0, 700, "b"), line(0, 500, "a"), line(0, 1, "c"));
        rows.take(100L, day);
        rows.take(100L, day.reversed());
        assertEquals(4, rows.rows.size());
    }

    @Test
    void aDayInsideAnotherStatementInAnotherOrderHoldsNothingNew() {
        var rows = new Rows();
        rows.take(100L, List.of(line(1, 500, "a"), line(1, 700, "b")));
        var found = rows.take(
                0L,
                List.of(line(0, 100, "x"), line(1, 700, "b"), line(1, 500, "a"), line(2, 1, "y")));
        assertEquals(4, rows.rows.size());
        assertEquals(List.of("r2", "r1", "r0", "r3"), found);
    }

    @Test
    void newestFirstIsReadFromTheEnd() {
        var rows = new Rows();
        rows.take(0L, List.of(line(0, 500, "a"), line(1, 500, "b"), line(2, 7, "c")));
        rows.take(0L, List.of(line(2, 7, "c"), line(1, 500, "b"), line(0, 500, "a")));
        rows.take(500L, List.of(line(3, 9, "d"), line(2, 7, "c"), line(1, 500, "b")));
        assertEquals(4, rows.rows.size());
    }

    /// The whole truth in 5,000 random ways: pieces that overlap, repeat and come in any
    /// order.
    @Test
    void piecesInAnyOrderConvergeToTheTruth() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int way = 0; way < 5_000; way++) {
            var truth = truth(random, random.nextInt(4));
            var pieces = pieces(random, truth.size());
            var rows = new Rows();
            var names = new LinkedHashMap<Integer, String>();
            for (int[] piece : pieces) {
                long opening = truth.subList(0, piece[0]).stream()
                        .mapToLong(Line::amount)
                        .sum();
                var found = rows.take(opening, truth.subList(piece[0], piece[1]));
                for (int i = 0; i < found.size(); i++) {
                    String before = names.putIfAbsent(piece[0] + i, found.get(i));
                    if (before != null) {
                        assertEquals(before, found.get(i), "seed " + seed + ", way " + way);
                    }
                }
            }
            assertEquals(truth.size(), rows.rows.size(), "seed " + seed + ", way " + way);
        }
    }

    /// Kinds: without references, with, with gaps, and twins with references of their own.
    private static List<Line> truth(SplittableRandom random, int kind) {
        var lines = new ArrayList<Line>();
        int size = random.nextInt(1, 30);
        int day = 0;
        long balance = 0;
        var visited = new HashSet<List<Object>>();
        while (lines.size() < size) {
            day += random.nextInt(4) == 0 ? random.nextInt(1, 3) : 0;
            // Few amounts and texts, so that twins are common.
            long amount = random.nextInt(5) == 0
                    ? -random.nextInt(1, 900)
                    : (random.nextInt(3) + 1) * 500L;
            String text = "t" + random.nextInt(2);
            boolean referenced = kind == 1 || kind == 2 && random.nextBoolean();
            var line = referenced
                    ? line(day, amount, text, "r" + lines.size())
                    : line(day, amount, text);
            // Twins between which everything sums to zero: the one case that pieces cannot
            // tell.
            if (visited.add(List.of(line.content(), balance + amount))) {
                lines.add(line);
                balance += amount;
            }
        }
        return lines;
    }

    private static List<int[]> pieces(SplittableRandom random, int size) {
        var pieces = new ArrayList<int[]>();
        int at = 0;
        while (at < size) {
            int to = Math.min(size, at + random.nextInt(1, 12));
            pieces.add(new int[] {Math.max(0, at - random.nextInt(6)), to});
            at = to;
        }
        for (int extra = random.nextInt(4); extra > 0; extra--) {
            int from = random.nextInt(size);
            pieces.add(new int[] {from, random.nextInt(from, size) + 1});
        }
        for (int i = pieces.size() - 1; i > 0; i--) {
            pieces.add(pieces.remove(random.nextInt(i + 1)));
        }
        return pieces;
    }

    @Test
    void keysIgnoreCaseBlanksAndPunctuationOnly() {
        assertEquals("DANKEFÜRALLES18", LineKeys.plain("Danke, für  alles!\n18"));
        assertEquals(LineKeys.plain("ﬁne"), LineKeys.plain("FINE"));
    }
}
