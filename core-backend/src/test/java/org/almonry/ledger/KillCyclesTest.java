package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.core.Bootstrap;
import org.almonry.core.DatabaseConfig;
import org.almonry.core.Databases;
import org.almonry.ledger.postgres.Journals;
import org.almonry.money.Currency;
import org.almonry.testing.Measured;
import org.almonry.testing.Scale;
import org.almonry.wire.Secret;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

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

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;
    private List<String> command;
    private Process restarted;
    private CoreProcesses cores;

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
        long bank = register.openCoin(new NewCoin(issuer, eur, CoinKind.ISSUING, "bank", "bank"))
                .id();
        long wallet = register.openCoin(new NewCoin(issuer, eur, CoinKind.MEMBER, "ada", "ada"))
                .id();
        var books = List.of(
                url("accounting"), url("identity"), String.valueOf(bank), String.valueOf(wallet));
        cores = new CoreProcesses(folder, books, BACK_WITHIN.multipliedBy(2));
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
    void nothingAcknowledgedIsLostOrDoubled() throws Exception {
        var random = new Random(SEED);
        var core = cores.start();
        core.awaitAnswer(0);
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
                core = cores.start();
            }
            core.awaitAnswer(core.answers());
            var took = Duration.ofNanos(System.nanoTime() - start);
            slowest.merge(
                    DEATHS.get(cycle % 3),
                    took,
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        core.kill();
        long batches = check();
        Measured.tell(
                "kills",
                CYCLES + " deaths, " + cores.acknowledged().size() + " acknowledged in " + batches
                        + " batches, back within " + slowest);
        assertTrue(
                slowest.values().stream().allMatch(each -> each.compareTo(BACK_WITHIN) < 0),
                () -> "back only after a long time: " + slowest);
    }

    /// Two cores: the owner stops for five seconds in the middle of its work; the other takes
    /// over; the first, when it goes on, has nothing to say, until the other ends.
    @Test
    void aPausedOwnerStepsDown() throws Exception {
        var first = cores.start();
        first.awaitAnswer(0);
        var second = cores.start();
        for (int round = 0; round < PAUSES; round++) {
            Thread.sleep(1_000);
            long before = second.answers();
            first.signal("STOP");
            second.awaitAnswer(before);
            Thread.sleep(5_000);
            first.signal("CONT");
            Thread.sleep(1_000);
            // Whatever it had read of answers before the pause, it gives no new ones now.
            long stale = first.answers();
            Thread.sleep(1_000);
            assertEquals(stale, first.answers(), "a replaced owner goes on");
            var next = first;
            first = second;
            second = next;
        }
        first.kill();
        second.awaitAnswer(second.answers());
        second.kill();
        Measured.tell("batches", String.valueOf(check()));
    }

    private long check() throws InterruptedException {
        Thread.sleep(300);
        assertTrue(cores.acknowledged().size() > KilledCore.CALLERS);
        return cores.acknowledged().check(accounting());
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
