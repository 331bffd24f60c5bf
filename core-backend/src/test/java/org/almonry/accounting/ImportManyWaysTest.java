package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almonry.money.Currency;
import org.almonry.providers.Account;
import org.almonry.providers.NewAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// C-017, C-019, C-023: an account's history repeated, overlapped, reordered and split in a
/// thousand random ways gives the same incoming rows and the same balance as the one plain
/// statement.
class ImportManyWaysTest {
    private static final int WAYS = Integer.getInteger("almonry.ways", 1_000);
    /// Accounts do not wait for each other, and most of an import's time is waiting.
    private static final int THREADS = 6;

    private static final LocalDate START = LocalDate.of(2026, 1, 5);

    @TempDir
    Path folder;

    /// How the bank names lines: not at all, each by its own reference, only some, or
    /// several lines by one reference.
    private enum Naming {
        NONE,
        ALL,
        SOME,
        SHARED
    }

    private record Truth(long opening, List<CamtFile.Line> lines) {
        long balanceBefore(int line) {
            return opening
                    + lines.subList(0, line).stream()
                            .mapToLong(CamtFile.Line::amount)
                            .sum();
        }
    }

    @Test
    void aThousandWaysLeadToOneTruth() throws InterruptedException, ExecutionException {
        long seed = Long.getLong("almonry.seed", System.nanoTime());
        try (var world = new ImportWorld();
                var threads = Executors.newFixedThreadPool(THREADS)) {
            var ways = IntStream.range(0, WAYS)
                    .mapToObj(way -> Executors.callable(() -> tryWay(world, seed, way)))
                    .toList();
            for (var way : threads.invokeAll(ways)) {
                way.get();
            }
            assertEquals(List.of(), world.check.verify().faults(), "seed " + seed);
        }
    }

    private void tryWay(ImportWorld world, long seed, int way) {
        var random = new SplittableRandom(seed + way);
        var naming = Naming.values()[random.nextInt(Naming.values().length)];
        String which =
                naming + ", repeat with -Dalmonry.seed=" + (seed + way) + " -Dalmonry.ways=1";
        var truth = truth(random, naming);
        var plain = account(world, 2 * way);
        world.read(new CamtFile()
                .add(CamtFile.Statement.of(
                        plain.identification(), "all", truth.opening(), truth.lines()))
                .in(folder));
        var tried = account(world, 2 * way + 1);
        for (var file : files(random, tried.identification(), truth, naming)) {
            world.read(file.in(folder));
        }
        assertEquals(truth.lines().size(), world.rows(plain).size(), which);
        assertEquals(world.rows(plain), world.rows(tried), which);
        long balance = truth.balanceBefore(truth.lines().size());
        assertEquals(balance, world.held(plain), which);
        assertEquals(balance, world.held(tried), which);
    }

    private static Account account(ImportWorld world, int number) {
        return world.accounts.ensure(
                new NewAccount("bank", "TEST" + number, "", "Hoster", Currency.of("EUR"), "hoster"),
                world.issuer);
    }

    private static Truth truth(SplittableRandom random, Naming naming) {
        var lines = new ArrayList<CamtFile.Line>();
        int size = random.nextInt(5, 41);
        long opening = random.nextInt(-1000, 100_000);
        long balance = opening;
        int day = 0;
        var points = new HashSet<List<Object>>();
        while (lines.size() < size) {
            day += random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0;
            // Few amounts, names and texts, so that genuine twins are common.
            long amount = random.nextInt(6) == 0
                    ? -random.nextInt(1, 3_000)
                    : List.of(500L, 1_000L, 2_500L).get(random.nextInt(3));
            String name = "Donor " + random.nextInt(2);
            String reference = switch (naming) {
                case NONE -> "";
                case ALL -> "R" + lines.size();
                case SOME -> random.nextBoolean() ? "R" + lines.size() : "";
                case SHARED -> "BATCH" + random.nextInt(3);
            };
            var date = START.plusDays(day);
            balance += amount;
            // Equal lines with equal balances after them: everything between them sums to
            // zero, and
            // nobody who sees only pieces could tell one from the other.
            if (points.add(List.of(date, amount, name, balance))) {
                lines.add(new CamtFile.Line(date, amount, name, "thanks", reference));
            } else {
                balance -= amount;
            }
        }
        return new Truth(opening, lines);
    }

    private static List<CamtFile> files(
            SplittableRandom random, String iban, Truth truth, Naming naming) {
        var pieces = new ArrayList<CamtFile.Statement>();
        int size = truth.lines().size();
        if (naming == Naming.SHARED || random.nextInt(3) == 0) {
            // The same statement, paged anew each time.
            for (int times = random.nextInt(1, 3); times > 0; times--) {
                pieces.addAll(pages(random, iban, truth));
            }
        } else {
            for (int at = 0; at < size; ) {
                int to = Math.min(size, at + random.nextInt(1, 24));
                pieces.add(piece(iban, truth, Math.max(0, at - random.nextInt(8)), to));
                at = to;
            }
            for (int extra = random.nextInt(3); extra > 0; extra--) {
                int from = random.nextInt(size);
                pieces.add(piece(iban, truth, from, random.nextInt(from, size) + 1));
            }
        }
        for (int repeat = random.nextInt(2); repeat > 0; repeat--) {
            pieces.add(pieces.get(random.nextInt(pieces.size())));
        }
        for (int i = pieces.size() - 1; i > 0; i--) {
            pieces.add(pieces.remove(random.nextInt(i + 1)));
        }
        var files = new ArrayList<CamtFile>();
        for (var piece : pieces) {
            if (files.isEmpty() || random.nextInt(3) > 0) {
                files.add(new CamtFile());
            }
            files.getLast().add(piece);
        }
        return files;
    }

    private static CamtFile.Statement piece(String iban, Truth truth, int from, int to) {
        return CamtFile.Statement.of(
                iban,
                "lines " + from + " to " + to,
                truth.balanceBefore(from),
                truth.lines().subList(from, to));
    }

    private static List<CamtFile.Statement> pages(
            SplittableRandom random, String iban, Truth truth) {
        var pages = new ArrayList<CamtFile.Statement>();
        int size = truth.lines().size();
        for (int at = 0; at < size; ) {
            int to = Math.min(size, at + random.nextInt(1, 24));
            pages.add(CamtFile.Statement.of(
                            iban,
                            "one statement",
                            truth.balanceBefore(at),
                            truth.lines().subList(at, to))
                    .page(pages.size() + 1, to == size));
            at = to;
        }
        return pages;
    }
}
