package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import org.almonry.events.DomainEvent.FetchAlarm;
import org.almonry.events.DomainEvent.FetchFinished;
import org.almonry.events.DomainEvent.LedgerHalted;
import org.almonry.events.Outbox;
import org.almonry.mail.MailKind;
import org.almonry.mail.MailTexts;
import org.almonry.mail.Mails;
import org.almonry.mail.NewMail;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/// Mails to all platform admins about the daily work: what a fetch brought (C-020), that a
/// provider has been silent for too long (C-015), and that the ledger stopped itself
/// . One mail per admin and occasion.
public final class AdminNotices {
    private static final Duration REPORT_LATEST = Duration.ofDays(2);

    private final Users users;
    private final Mails mails;
    private final Clock clock;

    /// Notices to the admins among the users.
    public AdminNotices(Users users, Mails mails, Clock clock) {
        this.users = requireNonNull(users, "users is null");
        this.mails = requireNonNull(mails, "mails is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Listens to fetches.
    public void subscribeTo(Outbox outbox) {
        outbox.subscribe("identity.fetch-report", FetchFinished.class, stored -> {
            if (stored.event() instanceof FetchFinished run) {
                tell(MailKind.FETCH_REPORT, run.runId(), texts -> report(run, texts));
            }
        });
        outbox.subscribe("identity.fetch-alarm", FetchAlarm.class, stored -> {
            if (stored.event() instanceof FetchAlarm alarm) {
                tell(
                        MailKind.ALARM,
                        alarm.provider() + "|" + alarm.since(),
                        texts -> new Text(
                                texts.text("alarm.subject", alarm.provider()),
                                texts.text("alarm.body", alarm.provider(), alarm.since())));
            }
        });
        outbox.subscribe("identity.ledger-halted", LedgerHalted.class, stored -> {
            if (stored.event() instanceof LedgerHalted halt) {
                tell(MailKind.ALARM, "ledger|" + halt.at(), texts -> halted(halt, texts));
            }
        });
    }

    private static Text halted(LedgerHalted halt, MailTexts texts) {
        return new Text(
                texts.text("halted.subject"),
                texts.text("halted.body", halt.at(), String.join("\n", halt.faults())));
    }

    private static Text report(FetchFinished run, MailTexts texts) {
        if (!run.failure().isEmpty()) {
            return new Text(
                    texts.text("fetch-report.subject-failed", run.provider()),
                    texts.text(
                            "fetch-report.body-failed",
                            run.provider(),
                            run.failure(),
                            run.added()));
        }
        return new Text(
                texts.text("fetch-report.subject", run.provider(), run.added()),
                texts.text(
                        "fetch-report.body",
                        run.provider(),
                        run.added(),
                        run.booked(),
                        run.added() - run.booked()));
    }

    private void tell(MailKind kind, String occasion, Function<MailTexts, Text> writer) {
        for (User admin : users.admins()) {
            MailTexts texts = MailTexts.of(admin.language());
            Text text = writer.apply(texts);
            mails.queue(new NewMail(
                    kind,
                    kind.text() + "|" + occasion + "|" + admin.id(),
                    admin.email(),
                    texts.locale().getLanguage(),
                    text.subject(),
                    text.body(),
                    clock.instant().plus(REPORT_LATEST)));
        }
    }

    private record Text(String subject, String body) {}
}
