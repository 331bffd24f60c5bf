package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.core.Bootstrap;
import org.almonry.core.DatabaseConfig;
import org.almonry.core.Databases;
import org.almonry.ledger.postgres.Journals;
import org.almonry.money.Currency;
import org.almonry.testing.Scale;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Core and PostgreSQL die by kill -9 under load, alone and together; an owner is paused
/// while another core takes over. Afterwards what was acknowledged is there, once, and the
/// chain is whole.
///
/// Three deaths in `verify`, a hundred with `-Pfaults`, or `-Dalmonry.kills=N`.
class KillCyclesTest {
    private static final int CYCLES = Scale.of("almonry.kills", 3, 100);
    private static final int PAUSES = Scale.of("almonry.pauses", 1, 10);
    private static final long SEED = Long.getLong("almonry.seed", 20_260_301);

    /// The goal is ten seconds; in `verify` this machine does other things too.
    private static final Duration BACK_WITHIN = Duration.ofSeconds(Scale.FAULTS ? 10 : 30);

    private static final List<String> DEATHS = List.of("core", "PostgreSQL", "both");

    /// Numbers of requests that a core may use.
    private static final long RANGE = 10_000_000;

    /// A process that posts.
    private final class Core {
        final Process process;
        final AtomicLong answers = new AtomicLong();

        Core(List<Long> again) throws IOException {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledCore.class.getName(),
                    url("accounting"),
                    url("identity"),
                    String.valueOf(bank),
                    String.valueOf(wallet),
                    String.valueOf(RANGE * ++cores)));
            again.forEach(number -> command.add(String.valueOf(number)));
            process = new ProcessBuilder(command)
                    .redirectError(folder.resolve("core-" + cores + ".log").toFile())
                    .start();
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.endsWith(";")) {
                        continue;
                    }
                    var words = line.substring(0, line.length() - 1).split(" ");
                    if (words[0].equals("A")) {
                        long number = Long.parseLong(words[1]);
                        acknowledged.answer(number, Long.parseLong(words[2]));
                        open.remove(number);
                        answers.incrementAndGet();
                    } else {
                        open.add(Long.valueOf(words[1]));
                    }
                }
            } catch (IOException e) {
                // The process was killed.
            }
        }

        void signal(String name) throws Exception {
            var pid = String.valueOf(process.pid());
            assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    @TempDir
    private Path folder;

    private final Acknowledged acknowledged = new Acknowledged();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private EmbeddedPostgres postgres;
    private List<String> command;
    private Process restarted;
    private int cores;
    private long bank;
    private long wallet;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        Bootstrap.run(postgres.getPostgresDatabase());
        Databases.migrate(
                config("accounting", "accounting_migrator"),
                config("identity", "identity_migrator"));
        var register = Journals.ledger(accounting(), Clock.systemUTC());
        long issuer = register.openIssuer("hoster", "Hoster");
        var eur = Currency.of("EUR");
        bank = register.openCoin(new NewCoin(issuer, eur, CoinKind.ISSUING, "bank", "bank"))
                .id();
        wallet = register.openCoin(new NewCoin(issuer, eur, CoinKind.MEMBER, "ada", "ada"))
                .id();
        var info = ProcessHandle.of(postmaster()).orElseThrow().info();
        command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(info.command().orElseThrow());
        command.addAll(List.of(info.arguments().orElseThrow()));
    }

    @AfterEach
    void stop() throws Exception {
        if (restarted != null) {
            killPostgres();
        }
        postgres.close();
    }

    @Test
    void nothingAcknowledgedIsLostOrDoubled(TestReporter reporter) throws Exception {
        var random = new Random(SEED);
        var core = new Core(List.of());
        awaitAnswer(core, 0);
        var slowest = new TreeMap<String, Duration>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Thread.sleep(200 + random.nextInt(600));
            boolean killsCore = cycle % 3 != 1;
            boolean killsPostgres = cycle % 3 != 0;
            long start = System.nanoTime();
            if (killsCore) {
                core.kill();
            }
            if (killsPostgres) {
                killPostgres();
                startPostgres();
            }
            if (killsCore) {
                core = new Core(List.copyOf(open));
            }
            awaitAnswer(core, core.answers.get());
            var took = Duration.ofNanos(System.nanoTime() - start);
            slowest.merge(
                    DEATHS.get(cycle % 3),
                    took,
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        core.kill();
        long batches = check();
        reporter.publishEntry(
                "kills",
                CYCLES + " deaths, " + acknowledged.size() + " acknowledged in " + batches
                        + " batches, back within " + slowest);
        assertTrue(
                slowest.values().stream().allMatch(each -> each.compareTo(BACK_WITHIN) < 0),
                () -> "back only after a long time: " + slowest);
    }

    /// Two cores: the owner stops for five seconds in the middle of its work; the other takes
    /// over; the first, when it goes on, has nothing to say, until the other ends.
    @Test
    void aPausedOwnerStepsDown(TestReporter reporter) throws Exception {
        var first = new Core(List.of());
        awaitAnswer(first, 0);
        var second = new Core(List.of());
        for (int round = 0; round < PAUSES; round++) {
            Thread.sleep(1_000);
            long before = second.answers.get();
            first.signal("STOP");
            awaitAnswer(second, before);
            Thread.sleep(5_000);
            first.signal("CONT");
            Thread.sleep(1_000);
            // Whatever it had read of answers before the pause, it gives no new ones now.
            long stale = first.answers.get();
            Thread.sleep(1_000);
            assertEquals(stale, first.answers.get(), "a replaced owner goes on");
            var next = first;
            first = second;
            second = next;
        }
        first.kill();
        awaitAnswer(second, second.answers.get());
        second.kill();
        reporter.publishEntry("batches", String.valueOf(check()));
    }

    private void awaitAnswer(Core core, long before) throws InterruptedException {
        long end = System.nanoTime() + 2 * BACK_WITHIN.toNanos();
        while (core.answers.get() == before) {
            assertTrue(System.nanoTime() < end, "no answer from the core; see its log");
            assertTrue(core.process.isAlive(), "the core has ended by itself");
            Thread.sleep(5);
        }
    }

    private long check() throws InterruptedException {
        Thread.sleep(300);
        assertTrue(acknowledged.size() > KilledCore.CALLERS);
        return acknowledged.check(accounting());
    }

    private void killPostgres() throws Exception {
        var server = ProcessHandle.of(postmaster()).orElseThrow();
        var children = server.children().toList();
        server.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        server.onExit().get(10, TimeUnit.SECONDS);
        for (var child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private void startPostgres() throws IOException {
        restarted = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("postgres.log").toFile())
                .start();
    }

    private long postmaster() throws IOException {
        var file = folder.resolve("data").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private Jdbi accounting() {
        return Jdbi.create(url("accounting"), "accounting_app", "")
                .installPlugin(new PostgresPlugin());
    }

    private DatabaseConfig config(String database, String user) {
        return new DatabaseConfig(url(database), user, Secret.of("unused"), 1);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }
}
