package org.almonry.giving;

import org.almonry.jobs.Jobs;

import java.time.Duration;

/// Scheduled work of giving.
public final class GivingJobs {
    private GivingJobs() {}

    /// Erases givers without a pledge.
    public static void register(Jobs jobs, Giving giving) {
        jobs.recurring("giving.sweep-givers", Duration.ofHours(6), giving::sweepGivers);
    }
}
