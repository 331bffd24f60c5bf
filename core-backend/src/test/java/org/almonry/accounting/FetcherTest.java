package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.events.DomainEvent;
import org.almonry.providers.Account;
import org.almonry.providers.ProviderHttp;
import org.almonry.providers.Providers;
import org.almonry.providers.bank.BankProvider;
import org.almonry.providers.sandbox.SandboxProvider;
import org.almonry.testing.SetClock;
import org.almonry.testing.StatementServer;
import org.almonry.testing.StatementServer.Fault;
import org.almonry.wire.Failure;
import org.almonry.wire.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// C-010, C-012, C-015, C-020: fetching over real HTTPS, with everything that goes wrong.
class FetcherTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock("2026-03-10T04:00:00Z");
    private ImportWorld world;
    private Account account;
    private StatementServer bank;
    private Fetcher fetcher;

    @BeforeEach
    void open() {
        world = new ImportWorld(clock);
        account = world.account(ImportWorld.IBAN, "EUR");
        bank = new StatementServer(folder);
        fetcher = fetcher(bank.trust());
    }

    @AfterEach
    void close() {
        bank.close();
        fetcher.close();
        world.close();
    }

    private Fetcher fetcher(Path trust) {
        var http = new ProviderHttp(bank.url(), trust, Secret.of("token"), TIMEOUT);
        var sandbox = new SandboxProvider("demo-bank", List.of(ImportWorld.IBAN), http);
        var drop = new BankProvider("bank", folder.resolve("drop"), null, Clock.systemUTC());
        return new Fetcher(
                world.database.accounting(),
                new Providers(List.of(sandbox, drop)),
                world.importer,
                world.outbox,
                world.ids,
                clock,
                new Fetcher.Settings(
                        folder.resolve("spool"), LocalTime.of(5, 30), ZoneId.of("UTC")));
    }

    private static String page(int number, long opening, long... amounts) {
        var lines = new ArrayList<CamtFile.Line>();
        for (long amount : amounts) {
            lines.add(new CamtFile.Line(DAY.plusDays(number), amount, "Ada", "n" + number, ""));
        }
        return new CamtFile()
                .add(CamtFile.Statement.of(ImportWorld.IBAN, "s" + number, opening, lines))
                .text();
    }

    private FetchRun start() {
        return fetcher.start("demo-bank", FetchRun.Trigger.PERSON).getFirst();
    }

    private FetchRun finished(FetchRun run) {
        var seen = new ArrayList<FetchRun>();
        fetcher.watch(run.id(), seen::add, () -> false);
        return seen.getLast();
    }

    private FetchState.Failed failed(FetchRun run) {
        return assertInstanceOf(FetchState.Failed.class, finished(run).state());
    }

    @Test
    void aRunFetchesAllPagesAndTheNextOneOnlyWhatIsNew() {
        bank.add(page(0, 0, 10_00, 20_00));
        bank.add(page(1, 30_00, 5_00));
        var run = finished(start());
        assertInstanceOf(FetchState.Succeeded.class, run.state());
        assertEquals(new ImportCounts(3, 3, 0, 0), run.counts());
        assertEquals(2, run.pages());
        assertEquals(35_00, world.held(account));
        bank.add(page(2, 35_00, 1_00));
        assertEquals(new ImportCounts(1, 1, 0, 0), finished(start()).counts());
        assertEquals(36_00, world.held(account));
    }

    @Test
    void aSecondClickJoinsTheRunThatIsUnderWay() {
        var gate = bank.hold();
        var first = start();
        var second = start();
        assertEquals(first.id(), second.id());
        gate.countDown();
        finished(first);
        assertEquals(1, fetcher.runs("demo-bank", "", 10).size());
    }

    @Test
    void whoWatchesSeesItWorkAndEnd() {
        bank.add(page(0, 0, 10_00));
        var gate = bank.hold();
        var run = start();
        var seen = new ArrayList<FetchRun>();
        fetcher.watch(
                run.id(),
                standing -> {
                    seen.add(standing);
                    gate.countDown();
                },
                () -> false);
        assertFalse(seen.getFirst().isFinished());
        assertTrue(seen.getLast().isFinished());
        assertEquals(1, seen.getLast().counts().added());
        assertThrows(Failure.class, () -> fetcher.watch("run_none", seen::add, () -> false));
    }

    @Test
    void aProviderThatIsDownIsTriedAgainWithGrowingPauses() {
        bank.add(page(0, 0, 10_00));
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 3; i++) {
            bank.fail(Fault.UNAVAILABLE);
            var failed = failed(start());
            assertTrue(failed.cause().contains("503"), failed.cause());
            Instant retry = failed.nextRetryAt();
            pauses.add(Duration.between(clock.instant(), retry));
            clock.advance(pauses.getLast());
        }
        assertEquals(
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30)),
                pauses);
        fetcher.tick();
        var run = finished(fetcher.runs("demo-bank", "", 1).getFirst());
        assertEquals(FetchRun.Trigger.RETRY, run.trigger());
        assertInstanceOf(FetchState.Succeeded.class, run.state());
        assertEquals(10_00, world.held(account));
    }

    @Test
    void aSlowProviderEndsTheRunAndLosesNothing() {
        bank.add(page(0, 0, 10_00));
        bank.fail(Fault.SILENCE);
        assertTrue(failed(start()).cause().contains("did not answer"));
        assertEquals(0, world.held(account));
        assertEquals(1, finished(start()).counts().added());
    }

    @Test
    void halfAPageIsNotImportedAndComesWholeTheNextTime() {
        bank.add(page(0, 0, 10_00));
        bank.add(page(1, 10_00, 5_00));
        bank.fail(Fault.HALF_A_PAGE);
        failed(start());
        assertEquals(0, world.held(account));
        bank.fail(Fault.HALF_A_DOCUMENT);
        failed(start());
        assertEquals(0, world.held(account));
        assertEquals(new ImportCounts(2, 2, 0, 0), finished(start()).counts());
        assertEquals(15_00, world.held(account));
    }

    @Test
    void aForeignCertificateIsRefused() throws IOException {
        bank.add(page(0, 0, 10_00));
        Path other;
        try (var impostor = new StatementServer(Files.createDirectory(folder.resolve("other")))) {
            other = impostor.trust();
        }
        try (var strict = fetcher(other)) {
            var run = strict.start("demo-bank", FetchRun.Trigger.PERSON).getFirst();
            strict.watch(run.id(), seen -> {}, () -> false);
            var state = strict.run(run.id()).orElseThrow().state();
            var failed = assertInstanceOf(FetchState.Failed.class, state);
            assertTrue(failed.cause().contains("certificate"), failed.cause());
        }
        assertEquals(0, bank.listings());
    }

    @Test
    void aRunThatACrashCutOffIsCalledFailedAndRepeated() {
        bank.add(page(0, 0, 10_00));
        var store = new FetchStore(world.database.accounting());
        var orphan = store.openOrJoin(new FetchRun(
                world.ids.next("run"),
                "demo-bank",
                new FetchState.Queued(),
                FetchRun.Trigger.SCHEDULE,
                0,
                ImportCounts.NONE,
                List.of(),
                0,
                clock.instant()));
        fetcher.recover();
        assertInstanceOf(
                FetchState.Failed.class, fetcher.run(orphan.id()).orElseThrow().state());
        fetcher.tick();
        var run = finished(fetcher.runs("demo-bank", "", 1).getFirst());
        assertEquals(FetchRun.Trigger.RETRY, run.trigger());
        assertEquals(10_00, world.held(account));
    }

    @Test
    void aDayWithoutSuccessIsOneAlarm() {
        var told = new ArrayList<DomainEvent>();
        world.outbox.subscribe(
                "test.alarm", DomainEvent.FetchAlarm.class, event -> told.add(event.event()));
        finished(start());
        clock.advance(Duration.ofHours(23));
        fetcher.tick();
        world.outbox.deliver();
        assertEquals(List.of(), told);
        clock.advance(Duration.ofHours(2));
        fetcher.tick();
        fetcher.tick();
        world.outbox.deliver();
        assertEquals(1, told.size());
        assertTrue(fetcher.standings().getFirst().alarm());
        finished(start());
        assertFalse(fetcher.standings().getFirst().alarm());
    }

    @Test
    void eachRunIsReported() {
        var told = new ArrayList<DomainEvent>();
        world.outbox.subscribe(
                "test.report", DomainEvent.FetchFinished.class, event -> told.add(event.event()));
        bank.add(page(0, 0, 10_00));
        var good = finished(start());
        bank.fail(Fault.UNAVAILABLE);
        failed(start());
        world.outbox.deliver();
        assertEquals(2, told.size());
        assertEquals(
                new DomainEvent.FetchFinished(good.id(), "demo-bank", 1, 0, ""), told.getFirst());
        assertFalse(((DomainEvent.FetchFinished) told.getLast()).failure().isEmpty());
    }

    @Test
    void allProvidersAreFetchedAndABadFileBlocksNoOther() throws IOException {
        var drop = Files.createDirectories(folder.resolve("drop"));
        drop(drop, "a-bad.xml", "<Document>");
        drop(drop, "b-good.xml", page(0, 0, 10_00));
        var runs = fetcher.start("", FetchRun.Trigger.SCHEDULE);
        assertEquals(2, runs.size());
        var run = finished(runs.stream()
                .filter(each -> each.provider().equals("bank"))
                .findFirst()
                .orElseThrow());
        assertTrue(failed(run).cause().contains("a-bad.xml is refused"));
        assertEquals(1, run.counts().added());
        assertTrue(Files.exists(drop.resolve("refused").resolve("a-bad.xml")));
        assertTrue(Files.exists(drop.resolve("processed").resolve("b-good.xml")));
        finished(runs.getFirst());
    }

    private static void drop(Path folder, String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void theNextRunIsTheDailyOneOrTheRetry() {
        assertEquals(
                Instant.parse("2026-03-10T05:30:00Z"),
                fetcher.standings().getFirst().nextRunAt());
        bank.fail(Fault.UNAVAILABLE);
        failed(start());
        assertEquals(
                Instant.parse("2026-03-10T04:01:00Z"),
                fetcher.standings().getFirst().nextRunAt());
        assertThrows(Failure.class, () -> fetcher.start("no-such-bank", FetchRun.Trigger.PERSON));
    }
}
