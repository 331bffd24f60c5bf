package org.almonry.bench.ledger;

import org.almonry.demo.DemoMain;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.proof.CheckpointKey;
import org.almonry.ledger.proof.LedgerExport;
import org.almonry.ledger.proof.Proofs;
import org.almonry.ledger.read.LedgerReads;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Books of fifty million entries: whether the engine posts as fast as it began, how fast
/// they are read, and how fast an outsider verifies all of them.
public final class LargeBench {

    private static final int WALLETS = 200_000;
    /// Every so many transfers pays wallet 0.
    private static final int HOT_ONE_IN = 20;

    private static final int CLIENTS = 8;
    private static final int AT_ONCE = 500;
    private static final long SLICE = 100_000;
    private static final long SAY_EVERY = 1_000_000;
    private static final long EARLY_ENTRIES = 2_000_000;
    /// Both rates are over this many transactions.
    private static final long STRETCH = 500_000;
    /// Before the later one: a new engine learns the wallets.
    private static final long WARM_UP = 250_000;

    private static final int READS = 2_000;
    private static final int WARM_READS = 300;
    private static final int PAGE = 50;

    private final long transactions;
    private final Path folder;
    private final Consumer<String> say;
    private final List<String> lines = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<String> times = new ArrayList<>();

    /// Uses this folder for everything; says lines on the way.
    public LargeBench(BenchOptions options, Path folder, Consumer<String> say) {
        this.transactions = options.largeEntries() / 2;
        this.folder = folder;
        this.say = say;
    }

    /// When the books had reached each multiple of [#SLICE] transactions.
    private record Mark(long transactions, long nanos) {}

    /// Measures, and returns the page's block.
    public String run() throws Exception {
        DemoMain.deleteFolder(folder);
        try (var server = BenchServer.start(folder);
                var books = new Books(server, WALLETS)) {
            lines.add("""
                    Measured on %s: %s; PostgreSQL %s with the settings above; %,d entries on %,d wallets, one transfer
                    in %d into the same one. The engine posted the first %,d and the last %,d transfers (%d callers
                    with %d requests each under way), each time after a checkpoint; those between came by COPY, with
                    balances, seals and chain as the engine makes them. Both rates are over %,d transfers. Reads are
                    by one caller, %,d of each kind after %d that are not counted, after a checkpoint.
                    """.formatted(
                            LocalDate.now(ZoneOffset.UTC),
                            Machine.describe(),
                            server.version(),
                            2 * transactions,
                            WALLETS,
                            HOT_ONE_IN,
                            EARLY_ENTRIES / 2 + STRETCH / 2,
                            STRETCH + WARM_UP,
                            CLIENTS,
                            AT_ONCE,
                            STRETCH,
                            READS,
                            WARM_READS));
            say.accept("large: opening and funding the wallets");
            books.start();
            var begun = Instant.now();
            double early = post(server, books, WALLETS, EARLY_ENTRIES / 2 + STRETCH / 2);
            books.without(() -> fastFill(server));
            double late = post(server, books, transactions - STRETCH - WARM_UP, transactions);
            rates(early, late);
            checkpoint(server); // else they wait for what was written before
            reads(books, begun);
            verification(books);
            lines.add("");
            lines.add("Reads: " + String.join("; ", times) + ".");
            lines.add("");
            lines.add("| figure | limit | goal | measured | verdict |");
            lines.add("|---|---|---|---|---|");
            goals.forEach(goal -> lines.add(goal.row()));
            return String.join("\n", lines);
        }
    }

    /// Posts by the engine until there are so many transactions; the rate of the last
    /// [#STRETCH] of them.
    private double post(BenchServer server, Books books, long from, long to)
            throws InterruptedException {
        checkpoint(server);
        var posted = new AtomicLong(from);
        var marks = new ArrayList<Mark>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    while (posted.get() < to) {
                        Books.requirePosted(books.ledger().postAll(requests(books)));
                        long now = posted.addAndGet(AT_ONCE);
                        if (now % SLICE < AT_ONCE) {
                            mark(marks, now);
                        }
                    }
                }));
            }
            for (var client : clients) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
        }
        var first = marks.stream()
                .filter(mark -> mark.transactions >= to - STRETCH)
                .findFirst()
                .orElseThrow();
        return rate(first, marks.getLast());
    }

    private static void checkpoint(BenchServer server) {
        server.superuser(Books.DATABASE).useHandle(handle -> handle.execute("checkpoint"));
    }

    private void fastFill(BenchServer server) throws Exception {
        long to = transactions - STRETCH - WARM_UP;
        var newest = new AtomicLong();
        FastFill.run(server, to, HOT_ONE_IN, reached -> {
            if (reached / SAY_EVERY > newest.getAndSet(reached) / SAY_EVERY) {
                say.accept("large: filled to %,d entries".formatted(2 * reached));
            }
        });
        server.superuser(Books.DATABASE).useHandle(handle -> handle.execute("vacuum analyze"));
    }

    private static List<PostRequest> requests(Books books) {
        var random = ThreadLocalRandom.current();
        var requests = new ArrayList<PostRequest>(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            int payer = random.nextInt(1, WALLETS);
            int payee = random.nextInt(HOT_ONE_IN) == 0 ? 0 : other(payer);
            requests.add(books.transfer(payer, payee));
        }
        return requests;
    }

    private static int other(int payer) {
        int payee = ThreadLocalRandom.current().nextInt(WALLETS - 1);
        return payee < payer ? payee : payee + 1;
    }

    private void mark(List<Mark> marks, long transactions) {
        synchronized (marks) {
            var mark = new Mark(transactions, System.nanoTime());
            marks.add(mark);
            if (marks.size() > 1) {
                say.accept("large: %,d entries, %,.0f transfers/s"
                        .formatted(2 * transactions, rate(marks.get(marks.size() - 2), mark)));
            }
        }
    }

    private static double rate(Mark from, Mark to) {
        return (to.transactions - from.transactions) / ((to.nanos - from.nanos) / 1e9);
    }

    private void rates(double early, double late) {
        lines.add(String.format(
                Locale.ROOT,
                "Posting at %,d entries: %,.0f transfers/s; at %,d entries: %,.0f transfers/s.",
                EARLY_ENTRIES,
                early,
                2 * transactions,
                late));
        goals.add(Goal.atLeast(
                "insert rate at the end over that at 2 million entries",
                0.75,
                OptionalDouble.of(late / early)));
    }

    private void reads(Books books, Instant begun) {
        var reads = new LedgerReads(books.databases().accounting());
        long micros = begun.until(Instant.now(), ChronoUnit.MICROS);
        var random = ThreadLocalRandom.current();
        page("newest page of 50", () -> reads.entries(wallet(books), LedgerReads.NEWEST, PAGE));
        page(
                "page of 50 anywhere",
                () -> reads.entries(wallet(books), random.nextLong(1, transactions), PAGE));
        page(
                "page of 50 anywhere, hot wallet",
                () -> reads.entries(books.coin(0), random.nextLong(1, transactions), PAGE));
        asOf(
                "balance as of a moment",
                () -> reads.balance(
                        wallet(books), begun.plusNanos(1_000 * random.nextLong(micros)), null));
        asOf(
                "balance as of a moment, hot wallet",
                () -> reads.balance(
                        books.coin(0), begun.plusNanos(1_000 * random.nextLong(micros)), null));
        asOf(
                "balance as of a date of effect",
                () -> reads.balance(
                        wallet(books),
                        null,
                        LocalDate.now(ZoneOffset.UTC).minusDays(random.nextInt(2))));
    }

    /// As an outsider does it: a signed export, and a program that has nothing but the
    /// export and the public key.
    private void verification(Books books) throws IOException, InterruptedException {
        var accounting = books.databases().accounting();
        var keyFile = folder.resolve("checkpoint-key.pem");
        CheckpointKey.create(keyFile);
        var key = CheckpointKey.read(keyFile, "bench");
        say.accept("large: signing a checkpoint");
        new Proofs(accounting, key, Clock.systemUTC()).sign();
        var export = folder.resolve("export");
        say.accept("large: exporting");
        long begun = System.nanoTime();
        new LedgerExport(accounting, Clock.systemUTC()).write(export);
        long exported = System.nanoTime();
        say.accept("large: verifying");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "org.almonry.verifier.VerifierMain",
                        export.toString(),
                        "--key",
                        key.verifierKey())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            output.lines().forEach(line -> say.accept("large: verifier: " + line));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the verifier found these books wrong");
        }
        long verified = System.nanoTime();
        DemoMain.deleteFolder(export);
        double seconds = (verified - exported) / 1e9;
        goals.add(Goal.atLeast(
                "full verification of the export, million entries/s",
                0.5,
                OptionalDouble.of(2 * transactions / seconds / 1e6)));
        lines.add(String.format(
                Locale.ROOT,
                "The export took %.0f s, its verification %.0f s.",
                (exported - begun) / 1e9,
                seconds));
    }

    private static long wallet(Books books) {
        return books.coin(ThreadLocalRandom.current().nextInt(WALLETS));
    }

    private void page(String what, Runnable read) {
        goals.add(Goal.atMost(what + ", p99", 10, " ms", OptionalDouble.of(p99(what, read))));
    }

    private void asOf(String what, Runnable read) {
        goals.add(Goal.atMost(what + ", p99", 2, " ms", OptionalDouble.of(p99(what, read))));
    }

    private double p99(String what, Runnable read) {
        for (int i = 0; i < WARM_READS; i++) {
            read.run();
        }
        var nanos = new long[READS];
        for (int i = 0; i < READS; i++) {
            long begun = System.nanoTime();
            read.run();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        double p99 = nanos[READS * 99 / 100] / 1e6;
        var line = String.format(
                Locale.ROOT, "%s: p50 %.2f ms, p99 %.2f ms", what, nanos[READS / 2] / 1e6, p99);
        say.accept("large: " + line);
        times.add(line);
        return p99;
    }
}
