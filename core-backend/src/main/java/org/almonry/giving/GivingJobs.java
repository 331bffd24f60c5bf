package org.almonry.giving;

import java.time.Duration;
import org.almonry.jobs.Jobs;

/// Scheduled work of giving.
public final class GivingJobs {
    private GivingJobs() {}

    /// Erases givers without a pledge.
    public static void register(Jobs jobs, Giving giving) {
        jobs.recurring("giving.sweep-givers", Duration.ofHours(6), giving::sweepGivers);
    }
}
