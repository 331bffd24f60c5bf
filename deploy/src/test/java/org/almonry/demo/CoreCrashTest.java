package org.almonry.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.GetOverviewRequest;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.accounting.v1.Provider;
import org.almonry.accounting.v1.StartFetchRequest;
import org.almonry.bench.CamtFile;
import org.almonry.directory.v1.GetProjectRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The core is killed in the middle of fetching and booking, as by a power cut; afterwards
/// the books agree with the bank, nothing is lost and nothing is there twice (C-015, C-017,
/// C-019).
class CoreCrashTest {

    private static final int ENTRIES = 4_000;
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(120);

    /// A demo of its own: other tests must not lose their core.
    private static final DemoLayout LAYOUT = new DemoLayout(
            Path.of("..").toAbsolutePath().normalize(),
            Path.of("target", "crash").toAbsolutePath(),
            18_180);

    private static Demo demo;

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void booksAgreeWithTheBankAfterTheCoreWasKilled() throws Exception {
        demo = Demo.start(LAYOUT, line -> {});
        try (var admin = DemoAdmin.signIn(LAYOUT)) {
            var account = provider(admin).getAccounts(0);
            var code = admin.directory()
                    .getProject(GetProjectRequest.newBuilder()
                            .setProject("otter-rescue")
                            .build())
                    .getProject()
                    .getCode();
            CamtFile.write(
                    LAYOUT.folder().resolve("drop").resolve("crash.xml"),
                    account.getIdentification(),
                    List.of(code),
                    ENTRIES,
                    LocalDate.of(2026, 11, 20));
            // Three deaths at different depths: while storing, while issuing, while
            // booking.
            for (int waitMs : List.of(700, 300, 1_500)) {
                admin.accounting()
                        .startFetch(StartFetchRequest.newBuilder()
                                .setIdempotencyKey("crash-" + waitMs)
                                .setProvider("bank")
                                .build());
                LockSupport.parkNanos(Duration.ofMillis(waitMs).toNanos());
                demo.crashCore(() -> null);
            }
        }
        try (var admin = DemoAdmin.signIn(LAYOUT)) {
            FetchRun run = admin.fetch("bank");
            assertEquals(FetchState.FETCH_STATE_SUCCEEDED, run.getState(), run.toString());
            assertTrue(awaitSettled(admin), "lines still wait");
            var account = provider(admin).getAccounts(0);
            assertEquals(0, account.getDrift().getMinor(), account.toString());
            assertEquals(CamtFile.sum(ENTRIES), account.getLedger().getMinor());
            assertEquals(
                    CamtFile.sum(ENTRIES),
                    admin.directory()
                            .getProject(GetProjectRequest.newBuilder()
                                    .setProject("otter-rescue")
                                    .build())
                            .getProject()
                            .getReceived()
                            .getMinor());
            var books = admin.verifyLedger();
            assertTrue(books.getRight(), books.toString());
        }
        try (var left = Files.list(LAYOUT.folder().resolve("drop"))) {
            assertTrue(left.noneMatch(p -> p.toString().endsWith(".xml")), "the file still waits");
        }
    }

    private static boolean awaitSettled(DemoAdmin admin) {
        long end = System.nanoTime() + SETTLE_PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var overview = admin.accounting().getOverview(GetOverviewRequest.getDefaultInstance());
            if (overview.getWaiting() == 0) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        return false;
    }

    private static Provider provider(DemoAdmin admin) {
        return admin
                .accounting()
                .listProviders(ListProvidersRequest.getDefaultInstance())
                .getProvidersList()
                .stream()
                .filter(p -> p.getName().equals("bank"))
                .findFirst()
                .orElseThrow();
    }
}
