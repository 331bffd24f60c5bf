package org.almonry.jobs;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class JobsTest {
    /// As the table is when the power fails in the middle of a run.
    private static final String LEFT_RUNNING = """
            insert into jobs.scheduled_tasks
                   (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,
                    version)
            values (?, ?, now() - interval '1 minute', true, 'core', now() - interval '10 seconds', 1)
            """;

    /// C-010: what is scheduled runs, again and again, also after a run that failed.
    @Test
    void aJobRunsAgainAfterAFailure() throws InterruptedException {
        var runs = new CountDownLatch(3);
        try (var database = TestDatabase.fresh();
                var jobs = new Jobs(database.databases().accountingSource(), Clock.systemUTC())) {
            jobs.recurring("test.often", Duration.ofMillis(100), () -> {
                runs.countDown();
                if (runs.getCount() == 2) {
                    throw new IllegalStateException("this run fails");
                }
            });
            jobs.daily("test.daily", LocalTime.of(3, 0), ZoneId.of("Europe/Berlin"), () -> {});
            assertThrows(
                    IllegalArgumentException.class,
                    () -> jobs.recurring("test.often", Duration.ofSeconds(1), () -> {}));
            jobs.start();
            assertTrue(
                    runs.await(30, TimeUnit.SECONDS),
                    "the job ran too rarely: " + runs.getCount() + " to go");
        }
    }

    /// C-010: a job that was running when its core was killed runs again within seconds.
    @Test
    void aJobOfADeadCoreRunsAgainSoon() throws InterruptedException {
        var ran = new CountDownLatch(1);
        try (var database = TestDatabase.fresh();
                var jobs = new Jobs(database.databases().accountingSource(), Clock.systemUTC())) {
            database.superuserJdbi()
                    .useHandle(handle -> handle.execute(LEFT_RUNNING, "test.left", "recurring"));
            jobs.recurring("test.left", Duration.ofMillis(100), ran::countDown);
            jobs.start();
            assertTrue(ran.await(30, TimeUnit.SECONDS), "the job was never taken up again");
        }
    }
}
