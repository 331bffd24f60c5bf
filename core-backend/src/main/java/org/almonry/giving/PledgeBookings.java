package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.events.DomainEvent.GiftBooked;
import org.almonry.events.DomainEvent.GiftUndone;
import org.almonry.events.DomainEvent.Part;
import org.almonry.events.Outbox;
import org.almonry.events.StoredEvent;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Jdbi;

import java.util.List;

/// What was booked for each pledge, told by the outbox. Each event makes one row however
/// often it comes, and an undoing counts whether it comes before or after its booking.
public final class PledgeBookings {
    private final GivingStore store;

    /// Bookings in an accounting database.
    public PledgeBookings(Jdbi accounting) {
        this.store = new GivingStore(requireNonNull(accounting, "accounting is null"));
    }

    /// Listens to bookings from now on, and to all before.
    public void subscribeTo(Outbox outbox) {
        outbox.subscribe("giving.pledge-booked", GiftBooked.class, this::onBooked);
        outbox.subscribe("giving.pledge-undone", GiftUndone.class, this::onUndone);
    }

    /// What is booked for a pledge now, per currency; empty while it waits.
    public List<Money> of(String pledgeId) {
        return store.booked(pledgeId);
    }

    private void onBooked(StoredEvent stored) {
        if (stored.event() instanceof GiftBooked gift && !gift.pledgeId().isEmpty()) {
            long minor = gift.parts().stream().mapToLong(Part::minor).reduce(0, Math::addExact);
            store.insertBooking(
                    gift.processId(),
                    gift.pledgeId(),
                    new Money(minor, Currency.of(gift.currency())),
                    stored.at());
        }
    }

    private void onUndone(StoredEvent stored) {
        if (stored.event() instanceof GiftUndone gift && !gift.pledgeId().isEmpty()) {
            store.insertUndoing(gift.undoneProcessId(), gift.processId(), stored.at());
        }
    }
}
