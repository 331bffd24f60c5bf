package org.almonry.process;

import org.almonry.jobs.Jobs;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/// Scheduled work on business requests.
public final class RequestJobs {
    /// A step that a crash left open stands so long at most, and [Settling#REPAIR_AFTER].
    private static final Duration REPAIR_EVERY = Duration.ofMinutes(1);

    /// At night, and clear of the hour that is missing or there twice when the clocks change.
    private static final LocalTime FEES_AT = LocalTime.of(3, 30);

    private RequestJobs() {}

    /// The zone is the organisation's.
    public static void register(Jobs jobs, BusinessRequests requests, ZoneId zone) {
        jobs.recurring("process.repair", REPAIR_EVERY, requests::repair);
        var fees = requests.contractFees();
        jobs.daily("process.contract-fees", FEES_AT, zone, fees::run);
    }
}
