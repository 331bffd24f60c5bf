package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent;
import org.almonry.events.Outbox;
import org.almonry.jobs.Jobs;
import org.almonry.providers.FetchesStatements;
import org.almonry.providers.Provider;
import org.almonry.providers.Providers;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Fetches statements: every day (C-010), when a person asks (C-012), and again after a
/// failure (C-015). One run per provider at a time; whoever asks meanwhile joins it.
public final class Fetcher implements AutoCloseable {
    /// Runs on one page of a list.
    public static final int PAGE_MAX = 200;

    /// So long without success is an alarm (C-015).
    private static final Duration ALARM_AFTER = Duration.ofHours(24);

    private static final Duration TICK = Duration.ofSeconds(15);
    private static final Duration SETTLE_EVERY = Duration.ofMinutes(5);

    /// How long a watcher sleeps at most before it looks whether anybody still listens.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /// A run that is cut off by the end of the process is repeated after the start.
    private static final Duration END_WAIT = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final FetchStore store;
    private final Providers providers;
    private final Importer importer;
    private final Outbox outbox;
    private final IdSource ids;
    private final Clock clock;
    private final Settings settings;
    private final LiveRuns live = new LiveRuns();
    private final FetchWork work;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// How this instance fetches.
    ///
    /// @param spool folder for files on their way into the books
    /// @param daily when the daily run is, in the zone
    public record Settings(Path spool, LocalTime daily, ZoneId zone) {
        /// Refuses missing parts.
        public Settings {
            requireNonNull(spool, "spool is null");
            requireNonNull(daily, "daily is null");
            requireNonNull(zone, "zone is null");
        }
    }

    /// How a provider stands.
    ///
    /// @param lastRun null before the first
    /// @param lastSuccessAt null if never
    /// @param alarm whether there was no success for over 24 hours
    /// @param nextRunAt null when it cannot be fetched from
    public record Standing(
            Provider provider,
            @Nullable FetchRun lastRun,
            @Nullable Instant lastSuccessAt,
            boolean alarm,
            @Nullable Instant nextRunAt) {}

    /// Wires the fetcher.
    public Fetcher(
            Jdbi accounting,
            Providers providers,
            Importer importer,
            Outbox outbox,
            IdSource ids,
            Clock clock,
            Settings settings) {
        this.jdbi = accounting;
        this.store = new FetchStore(accounting);
        this.providers = providers;
        this.importer = importer;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.work = new FetchWork(
                accounting, store, importer, outbox, live, settings.spool().resolve("runs"), clock);
    }

    /// Repairs what the last end of the process cut off: lines that were stored and not
    /// posted, runs that were under way. Before the jobs start.
    public void recover() {
        importer.settleAll(clock.instant());
        for (var run : store.allActive()) {
            Instant now = clock.instant();
            FetchWork.store(
                    jdbi,
                    outbox,
                    run.in(new FetchState.Failed(
                            now, "The core stopped during the run; it is tried again.", now)));
        }
    }

    /// Registers the daily run, the retries with the alarm, and the settling.
    public void registerWith(Jobs jobs) {
        jobs.daily(
                "accounting.fetch-daily",
                settings.daily(),
                settings.zone(),
                () -> start("", FetchRun.Trigger.SCHEDULE));
        jobs.recurring("accounting.fetch-tick", TICK, this::tick);
        jobs.recurring(
                "accounting.settle",
                SETTLE_EVERY,
                () -> importer.settleAll(clock.instant().minus(SETTLE_EVERY)));
    }

    /// Starts a run of one provider, or of all that can be fetched from when the name is
    /// empty. Where a run is under way, gives that one.
    public List<FetchRun> start(String provider, FetchRun.Trigger trigger) {
        var runs = new ArrayList<FetchRun>();
        for (var each : fetching(provider)) {
            runs.add(start(each, trigger));
        }
        return runs;
    }

    private FetchRun start(FetchesStatements provider, FetchRun.Trigger trigger) {
        var last = last(provider.name());
        int failures =
                last.filter(run -> run.state() instanceof FetchState.Failed).isPresent()
                        ? last.get().failures() + 1
                        : 0;
        var run = new FetchRun(
                ids.next("run"),
                provider.name(),
                new FetchState.Queued(),
                trigger,
                0,
                ImportCounts.NONE,
                List.of(),
                failures,
                clock.instant());
        var opened = store.openOrJoin(run);
        if (opened.id().equals(run.id())) {
            live.put(run);
            var context = Caller.context(new Caller.System("fetch"));
            threads.execute(context.wrap(() -> work.run(provider, run)));
        }
        return opened;
    }

    /// A run as it is now.
    public Optional<FetchRun> run(String id) {
        return live.get(id).or(() -> store.find(id));
    }

    /// Runs, newest first.
    ///
    /// @param provider empty for all
    /// @param before id of the last run of the page before, empty for the first page
    public List<FetchRun> runs(String provider, String before, int size) {
        return store.page(provider, before, Math.min(size, PAGE_MAX)).stream()
                .map(run -> live.get(run.id()).orElse(run))
                .toList();
    }

    /// Tells a run's standing at once and after each change, until it ends or nobody
    /// listens.
    public void watch(String runId, Consumer<FetchRun> watcher, BooleanSupplier cancelled) {
        FetchRun seen = null;
        while (!cancelled.getAsBoolean()) {
            var run = run(runId)
                    .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such run."));
            if (!run.equals(seen)) {
                watcher.accept(run);
                seen = run;
            }
            if (run.isFinished()) {
                return;
            }
            try {
                live.await(run, LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// All configured providers with their latest run.
    public List<Standing> standings() {
        return providers.all().stream().map(this::standing).toList();
    }

    private Standing standing(Provider provider) {
        var last = last(provider.name()).flatMap(run -> run(run.id()));
        var success = store.lastSuccess(provider.name());
        boolean fetches = provider instanceof FetchesStatements;
        Instant next = fetches ? nextRun(last.orElse(null)) : null;
        return new Standing(
                provider,
                last.orElse(null),
                success.orElse(null),
                overdueSince(provider.name()).isPresent(),
                next);
    }

    private Instant nextRun(@Nullable FetchRun last) {
        var now = ZonedDateTime.ofInstant(clock.instant(), settings.zone());
        var daily = now.with(settings.daily());
        var next = (daily.isAfter(now) ? daily : daily.plusDays(1)).toInstant();
        if (last != null
                && last.state() instanceof FetchState.Failed failed
                && failed.nextRetryAt() != null
                && failed.nextRetryAt().isBefore(next)) {
            return failed.nextRetryAt();
        }
        return next;
    }

    /// Starts retries that are due, and raises alarms.
    void tick() {
        for (var provider : fetching("")) {
            var last = last(provider.name());
            if (last.isPresent()
                    && last.get().state() instanceof FetchState.Failed failed
                    && failed.nextRetryAt() != null
                    && !failed.nextRetryAt().isAfter(clock.instant())) {
                start(provider, FetchRun.Trigger.RETRY);
            }
            overdueSince(provider.name()).ifPresent(since -> raise(provider.name(), since));
        }
    }

    private void raise(String provider, Instant since) {
        jdbi.useTransaction(handle -> {
            if (FetchStore.raise(handle, provider, since, clock.instant())) {
                outbox.append(handle, new DomainEvent.FetchAlarm(provider, since));
            }
        });
    }

    /// Since when there was no success, if that is too long.
    private Optional<Instant> overdueSince(String provider) {
        return store.lastSuccess(provider)
                .or(() -> store.firstStart(provider))
                .filter(since -> since.plus(ALARM_AFTER).isBefore(clock.instant()));
    }

    private Optional<FetchRun> last(String provider) {
        return store.page(provider, "", 1).stream().findFirst();
    }

    private List<FetchesStatements> fetching(String name) {
        var found = new ArrayList<FetchesStatements>();
        for (var provider : providers.all()) {
            if (provider instanceof FetchesStatements fetches
                    && (name.isEmpty() || provider.name().equals(name))) {
                found.add(fetches);
            }
        }
        if (found.isEmpty() && !name.isEmpty()) {
            throw new Failure(Reason.NOT_FOUND, "There is no such provider to fetch from.");
        }
        return found;
    }

    /// Lets runs end, but not for long: what is cut off is repeated after the next start.
    @Override
    public void close() {
        try {
            live.awaitNone(END_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
