package org.almonry.mail;

import org.almonry.jobs.Jobs;

import java.time.Duration;

/// Scheduled work of mail.
public final class MailJobs {
    /// Somebody waits for the sign-in mail with the browser open.
    private static final Duration SEND_EVERY = Duration.ofSeconds(2);

    /// What has expired is useless at once; that it disappears is housekeeping.
    private static final Duration ERASE_EVERY = Duration.ofHours(1);

    private MailJobs() {}

    /// Sends what waits, and forgets addresses whose time is over.
    public static void register(Jobs jobs, Mails mails, Smtp smtp) {
        jobs.recurring("mail.send", SEND_EVERY, () -> mails.sendDue(smtp));
        jobs.recurring("mail.erase", ERASE_EVERY, mails::eraseOld);
    }
}
