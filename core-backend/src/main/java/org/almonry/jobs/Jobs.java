package org.almonry.jobs;

import static java.util.Objects.requireNonNull;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;

import org.almonry.wire.Caller;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

/// The scheduled jobs of the core. Registered by name before the start, run by virtual
/// threads from rows that survive the process, each as the caller "job:<name>". A job that
/// throws is logged with its trace by the scheduler and runs again at its next time.
public final class Jobs implements AutoCloseable {
    /// How often due rows are looked for; the shortest interval of a job is not below it.
    private static final Duration POLL = Duration.ofSeconds(1);

    /// Jobs that run at the same time; each may hold a connection of the pool.
    private static final int PARALLEL_MAX = 8;

    /// What ran in a core that died runs again after four missed signs of life (the fewest
    /// that the scheduler takes), so a sign-in mail comes while somebody still waits for it.
    /// A core that was only slow may then run beside it: every job must bear that.
    private static final Duration SIGN_OF_LIFE_EVERY = Duration.ofSeconds(2);

    private static final int SIGNS_MISSED_MAX = 4;

    /// How long the end of the process waits for running jobs; what is cut off runs again.
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    private final DataSource accounting;
    private final Clock clock;
    private final Map<String, RecurringTask<Void>> tasks = new LinkedHashMap<>();
    private @Nullable Scheduler scheduler;

    public Jobs(DataSource accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Runs again and again, each time so long after the last run ended.
    public void recurring(String name, Duration every, Runnable work) {
        register(name, FixedDelay.of(every), work);
    }

    /// Runs once a day at a local time.
    public void daily(String name, LocalTime at, ZoneId zone, Runnable work) {
        register(name, new Daily(zone, at), work);
    }

    /// Starts to run what is registered.
    public synchronized void start() {
        if (scheduler != null) {
            throw new IllegalStateException("the jobs run already");
        }
        var started = Scheduler.create(accounting)
                .startTasks(List.copyOf(tasks.values()))
                .tableName("jobs.scheduled_tasks")
                .schedulerName(new SchedulerName.Fixed("core"))
                .clock(clock::instant)
                .pollingInterval(POLL)
                .heartbeatInterval(SIGN_OF_LIFE_EVERY)
                .missedHeartbeatsLimit(SIGNS_MISSED_MAX)
                .threads(PARALLEL_MAX)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .shutdownMaxWait(END_WAIT)
                .build();
        started.start();
        scheduler = started;
    }

    @Override
    public synchronized void close() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    private synchronized void register(String name, Schedule schedule, Runnable work) {
        if (scheduler != null) {
            throw new IllegalStateException("the jobs run already");
        }
        var caller = new Caller.System(name);
        var task = Tasks.recurring(name, schedule)
                .execute((instance, context) -> Caller.context(caller).run(work));
        if (tasks.putIfAbsent(name, task) != null) {
            throw new IllegalArgumentException("two jobs of the name " + name);
        }
    }
}
