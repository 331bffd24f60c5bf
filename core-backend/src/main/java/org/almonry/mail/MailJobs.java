package org.almonry.mail;

import org.almonry.jobs.Jobs;

import java.time.Duration;

/// Scheduled work of mail.
public final class MailJobs {
    /// People wait for sign-in links.
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);

    private MailJobs() {}

    /// Sends what waits, and forgets addresses whose time is over.
    public static void register(Jobs jobs, Mails mails, Smtp smtp) {
        jobs.recurring("mail.send", SEND_EVERY, () -> mails.sendDue(smtp));
        jobs.recurring("mail.erase", Duration.ofHours(6), mails::eraseOld);
    }
}
