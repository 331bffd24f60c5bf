package org.almonry.accounting;

import org.almonry.events.DomainEvent;
import org.almonry.events.Outbox;
import org.almonry.providers.Cursor;
import org.almonry.providers.FetchesStatements;
import org.almonry.providers.ProviderFailure;
import org.almonry.providers.StatementRefused;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Carries out one run: page by page, each imported before the cursor moves past it, so
/// that whatever happens repeats at most one page, and repeating adds nothing.
final class FetchWork {
    /// Pauses before the next try, by failures in a row.
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));

    /// A provider that always has one more page must not keep us for ever.
    private static final int PAGES_MAX = 10_000;

    /// Between two updates of the stored run; who watches sees every step at once.
    private static final Duration STORE_EVERY = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(FetchWork.class);

    private final Jdbi jdbi;
    private final FetchStore store;
    private final Importer importer;
    private final Outbox outbox;
    private final LiveRuns live;
    private final Path spool;
    private final Clock clock;

    FetchWork(
            Jdbi jdbi,
            FetchStore store,
            Importer importer,
            Outbox outbox,
            LiveRuns live,
            Path spool,
            Clock clock) {
        this.jdbi = jdbi;
        this.store = store;
        this.importer = importer;
        this.outbox = outbox;
        this.live = live;
        this.spool = spool;
        this.clock = clock;
    }

    /// What the run has come to, kept by the thread that works on it.
    private static final class Standing {
        private FetchRun run;
        private ImportCounts before = ImportCounts.NONE;
        private final List<String> breaks = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private int pages;
        private Instant stored = Instant.EPOCH;

        Standing(FetchRun run) {
            this.run = run;
        }
    }

    void run(FetchesStatements provider, FetchRun queued) {
        var standing = new Standing(queued.in(new FetchState.Running()));
        Path folder = spool.resolve(queued.id());
        try {
            publish(standing, true);
            Files.createDirectories(folder);
            fetchAll(provider, standing, folder);
            if (standing.refused.isEmpty()) {
                finish(standing, new FetchState.Succeeded(clock.instant()));
            } else {
                // The files are put aside and the rest is in; trying again would not help.
                fail(standing, String.join(" ", standing.refused), false);
            }
        } catch (ProviderFailure e) {
            LOG.info("run {} of {} failed: {}", queued.id(), queued.provider(), e.safeText());
            fail(standing, e.safeText(), e.retryable());
        } catch (IOException e) {
            LOG.error("run {} of {}: spool folder", queued.id(), queued.provider(), e);
            fail(standing, "The spool folder of the core cannot be written.", true);
        } catch (RuntimeException e) {
            // This is the top of the run's thread: a run must end, whatever went wrong.
            LOG.error("run {} of {} failed", queued.id(), queued.provider(), e);
            fail(standing, "A fault in the core; the log names run " + queued.id() + ".", true);
        } finally {
            clear(folder);
            live.remove(queued.id());
        }
    }

    private void fetchAll(FetchesStatements provider, Standing standing, Path folder)
            throws ProviderFailure, IOException {
        var cursor = store.cursor(provider.name()).map(Cursor::new).orElse(Cursor.START);
        while (standing.pages < PAGES_MAX) {
            Path pageFolder = Files.createDirectory(folder.resolve("page" + standing.pages));
            var page = provider.fetch(cursor, pageFolder);
            standing.pages++;
            publish(standing, false);
            for (Path file : page.files()) {
                importFile(provider, standing, file);
                Files.deleteIfExists(file);
            }
            if (!page.next().equals(cursor)) {
                store.moveCursor(provider.name(), page.nextCursor(), clock.instant());
            } else if (page.more() && page.files().isEmpty()) {
                throw new ProviderFailure(
                        true, "The provider says that there is more, but gives nothing.");
            }
            if (!page.more()) {
                return;
            }
            cursor = page.next();
        }
        throw new ProviderFailure(true, "The provider gave " + PAGES_MAX + " pages in one run.");
    }

    private void importFile(FetchesStatements provider, Standing standing, Path file)
            throws ProviderFailure {
        var before = standing.before;
        try {
            var report = importer.importFile(
                    file,
                    provider.csvMapping().orElse(null),
                    provider.name(),
                    counts -> progress(standing, before.plus(counts)));
            standing.before = before.plus(report.counts());
            report.breaks().stream()
                    .limit(Math.max(0, ImportReport.BREAKS_MAX - standing.breaks.size()))
                    .forEach(standing.breaks::add);
            progress(standing, standing.before);
            provider.imported(file);
        } catch (StatementRefused e) {
            String why = file.getFileName() + " is refused: " + e.getMessage() + ".";
            standing.refused.add(why);
            provider.refused(file, String.valueOf(e.getMessage()));
        }
    }

    private void progress(Standing standing, ImportCounts counts) {
        standing.run = standing.run.with(standing.pages, counts, standing.breaks);
        publish(standing, false);
    }

    private void publish(Standing standing, boolean atOnce) {
        standing.run = standing.run.with(standing.pages, standing.run.counts(), standing.breaks);
        live.put(standing.run);
        Instant now = clock.instant();
        if (atOnce || now.isAfter(standing.stored.plus(STORE_EVERY))) {
            standing.stored = now;
            store.update(standing.run);
        }
    }

    private void fail(Standing standing, String cause, boolean retryable) {
        Instant now = clock.instant();
        finish(standing, new FetchState.Failed(now, cause, retryAt(standing.run, now, retryable)));
    }

    static @Nullable Instant retryAt(FetchRun run, Instant now, boolean retryable) {
        return retryable ? now.plus(PAUSES.get(Math.min(run.failures(), PAUSES.size() - 1))) : null;
    }

    private void finish(Standing standing, FetchState state) {
        standing.run = standing.run
                .with(standing.pages, standing.run.counts(), standing.breaks)
                .in(state);
        store(jdbi, outbox, standing.run);
        live.put(standing.run);
    }

    /// Stores an end together with the event that tells of it (C-020).
    static void store(Jdbi jdbi, Outbox outbox, FetchRun run) {
        jdbi.useTransaction(handle -> {
            if (FetchStore.update(handle, run)) {
                String failure =
                        run.state() instanceof FetchState.Failed failed ? failed.cause() : "";
                outbox.append(
                        handle,
                        new DomainEvent.FetchFinished(
                                run.id(),
                                run.provider(),
                                run.counts().added(),
                                run.counts().booked(),
                                failure));
            }
        });
    }

    private static void clear(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("the spool folder {} cannot be cleared", folder, e);
        }
    }
}
