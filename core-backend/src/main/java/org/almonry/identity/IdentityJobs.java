package org.almonry.identity;

import org.almonry.jobs.Jobs;

import java.time.Duration;

/// Scheduled work of identity.
public final class IdentityJobs {
    private static final Duration EVERY = Duration.ofHours(1);

    private IdentityJobs() {}

    /// Forgets links and sessions whose time is over.
    public static void register(Jobs jobs, SignIn signIn, Sessions sessions) {
        jobs.recurring("identity.purge-links", EVERY, signIn::purge);
        jobs.recurring("identity.purge-sessions", EVERY, sessions::purge);
    }
}
