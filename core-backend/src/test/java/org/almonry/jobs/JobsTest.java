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
}
