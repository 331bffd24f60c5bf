package org.almonry.mail;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The mail queue: stores mail with whatever it belongs to, sends it later.
public final class Mails {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Mails.class);

    /// Waits before the second try and so on; the last one repeats.
    private static final Integer[] WAIT_SECONDS = {60, 300, 1_800, 7_200, 21_600};

    /// About two days of trying.
    private static final int ATTEMPTS_MAX = 12;

    /// Mails claimed at once: few enough to be sent before their next try comes.
    private static final int BATCH = 10;

    private static final Duration ADDRESS_KEPT = Duration.ofDays(30);

    private final MailStore store;
    private final IdSource ids;
    private final Clock clock;

    /// A queue in the identity database.
    public Mails(Jdbi identity, IdSource ids, Clock clock) {
        this.store = new MailStore(identity);
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Stores a mail, within the running transaction of the identity database if there is
    /// one; false when the occasion has its mail already.
    public boolean queue(NewMail mail) {
        return store.insert(ids.next("mai"), mail, clock.instant());
    }

    /// Mails newest first, below the id `before` unless that is empty.
    public List<Mail> page(String before, int size) {
        return store.page(before, Math.clamp(size, 1, PAGE_MAX));
    }

    /// Sends what is due; returns how many were sent. Safe to run more than once at a time.
    public int sendDue(Smtp smtp) {
        int sent = 0;
        List<MailStore.Due> due = store.claim(clock.instant(), WAIT_SECONDS, BATCH);
        while (!due.isEmpty()) {
            for (MailStore.Due mail : due) {
                sent += send(smtp, mail) ? 1 : 0;
            }
            due = store.claim(clock.instant(), WAIT_SECONDS, BATCH);
        }
        return sent;
    }

    /// Forgets addresses of mails whose time is over; returns how many.
    public int eraseOld() {
        return store.erase(clock.instant().minus(ADDRESS_KEPT));
    }

    private boolean send(Smtp smtp, MailStore.Due mail) {
        Instant now = clock.instant();
        if (now.isAfter(mail.expiresAt())) {
            store.failed(mail.id());
            return false;
        }
        try {
            smtp.send(mail);
        } catch (Smtp.NotSent e) {
            boolean last = e.isPermanent() || mail.attempts() >= ATTEMPTS_MAX;
            LOG.warn(
                    "mail {} was not sent at attempt {}{}: {}",
                    mail.id(),
                    mail.attempts(),
                    last ? ", given up" : "",
                    e.getMessage());
            if (last) {
                store.failed(mail.id());
            }
            return false;
        }
        store.sent(mail.id(), clock.instant());
        return true;
    }
}
