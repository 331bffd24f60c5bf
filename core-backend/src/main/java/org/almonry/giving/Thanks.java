package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.Milestone;
import org.almonry.directory.Nonprofit;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.Projects;
import org.almonry.events.DomainEvent.GiftBooked;
import org.almonry.events.DomainEvent.Part;
import org.almonry.events.Outbox;
import org.almonry.identity.Supporter;
import org.almonry.identity.Supporters;
import org.almonry.mail.MailKind;
import org.almonry.mail.MailTexts;
import org.almonry.mail.Mails;
import org.almonry.mail.NewMail;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Thanks givers when their money was booked, if they left an address. One mail for the
/// same money and pledge: a booking that is corrected does not thank again.
public final class Thanks {
    /// Thanks that come later than this look like a fault.
    private static final Duration LATEST = Duration.ofDays(7);

    private final Giving giving;
    private final Supporters supporters;
    private final Nonprofits nonprofits;
    private final Projects projects;
    private final Mails mails;
    private final Clock clock;

    /// Thanks for pledges of `giving`.
    public Thanks(
            Giving giving,
            Supporters supporters,
            Nonprofits nonprofits,
            Projects projects,
            Mails mails,
            Clock clock) {
        this.giving = requireNonNull(giving, "giving is null");
        this.supporters = requireNonNull(supporters, "supporters is null");
        this.nonprofits = requireNonNull(nonprofits, "nonprofits is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.mails = requireNonNull(mails, "mails is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Listens to bookings.
    public void subscribeTo(Outbox outbox) {
        outbox.subscribe("giving.thanks", GiftBooked.class, stored -> {
            if (stored.event() instanceof GiftBooked gift && !gift.pledgeId().isEmpty()) {
                thank(gift);
            }
        });
    }

    private void thank(GiftBooked gift) {
        Optional<Pledge> pledge = giving.find(gift.pledgeId());
        Optional<Supporter> giver = pledge.map(Pledge::supporterRef)
                .filter(ref -> !ref.isEmpty())
                .flatMap(supporters::find)
                .filter(supporter -> !supporter.email().isEmpty());
        if (pledge.isPresent() && giver.isPresent()) {
            mails.queue(mail(gift, pledge.get(), giver.get()));
        }
    }

    private NewMail mail(GiftBooked gift, Pledge pledge, Supporter giver) {
        MailTexts texts = MailTexts.of(giver.language());
        Currency currency = Currency.of(gift.currency());
        long total = gift.parts().stream().mapToLong(Part::minor).reduce(0, Math::addExact);
        String parts = gift.parts().stream()
                .map(part -> texts.text(
                        "thank-you.part",
                        name(part),
                        amount(new Money(part.minor(), currency), texts.locale())))
                .collect(Collectors.joining("\n"));
        String greeting = giver.name().isBlank()
                ? texts.text("thank-you.greeting-nameless")
                : texts.text("thank-you.greeting", giver.name());
        List<String> lines = gift.incomingIds().stream().sorted().toList();
        return new NewMail(
                MailKind.THANK_YOU,
                "thank-you|" + gift.pledgeId() + "|" + String.join(",", lines),
                giver.email(),
                texts.locale().getLanguage(),
                texts.text("thank-you.subject"),
                texts.text(
                        "thank-you.body",
                        greeting,
                        amount(new Money(total, currency), texts.locale()),
                        parts,
                        nonprofits
                                .find(pledge.nonprofitId())
                                .map(Nonprofit::name)
                                .orElse("")),
                clock.instant().plus(LATEST));
    }

    private String name(Part part) {
        Optional<Project> project = projects.find(part.projectId());
        String name = project.map(Project::name).orElse("");
        return project.flatMap(found -> found.milestone(part.milestoneId()))
                .map(Milestone::name)
                .map(milestone -> name + ", " + milestone)
                .orElse(name);
    }

    private static String amount(Money money, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(money.currency().scale());
        format.setMaximumFractionDigits(money.currency().scale());
        return format.format(money.toDecimal()) + " " + money.currency().code();
    }
}
