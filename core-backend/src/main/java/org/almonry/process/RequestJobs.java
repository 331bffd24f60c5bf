package org.almonry.process;

import org.almonry.jobs.Jobs;

import java.time.Duration;

/// Scheduled work on business requests.
public final class RequestJobs {
    /// A step that a crash left open stands so long at most, and [Settling#REPAIR_AFTER].
    private static final Duration REPAIR_EVERY = Duration.ofMinutes(1);

    private RequestJobs() {}

    public static void register(Jobs jobs, BusinessRequests requests) {
        jobs.recurring("process.repair", REPAIR_EVERY, requests::repair);
    }
}
