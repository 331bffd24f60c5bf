package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.Ledger;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Gives back what was reserved, once its time is over.
///
/// The request id follows from the hold, and so does all that is in the request: what a
/// crash left in doubt is sent again, and the answer is the same. A hold is due by two
/// clocks, that of the core and that of the database, so one clock that jumps ahead takes
/// nobody's reservation.
public final class HoldExpiry {
    /// How often it looks.
    public static final Duration EVERY = Duration.ofSeconds(5);

    /// Holds given back in one commit.
    static final int AT_ONCE = 500;

    /// Holds looked at per run; the rest waits some seconds.
    static final int RUN_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(HoldExpiry.class);

    private final Jdbi accounting;
    private final Ledger ledger;
    private final Clock clock;

    public HoldExpiry(Jdbi accounting, Ledger ledger, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Gives back what is due; how many holds that were. Nothing while value movement is
    /// stopped.
    public int run() {
        var now = clock.instant();
        int expired = 0;
        var after = HoldExpiryStore.Due.FIRST;
        for (int looked = 0; looked < RUN_MAX; looked += AT_ONCE) {
            var from = after;
            var due = accounting.withHandle(
                    handle -> HoldExpiryStore.due(handle, now, from, AT_ONCE));
            if (due.isEmpty()) {
                break;
            }
            var results = ledger.postAll(due.stream().map(HoldExpiry::request).toList());
            for (int i = 0; i < results.size(); i++) {
                // Captured or given back in between: nothing is left to do.
                if (results.get(i) instanceof PostResult.Rejected it) {
                    LOG.info("hold_{} was not given back: {}", due.get(i).hold(), it.text());
                } else if (results.get(i).isInTheBooks()) {
                    expired++;
                }
            }
            after = due.getLast();
        }
        return expired;
    }

    private static PostRequest request(HoldExpiryStore.Due hold) {
        return new PostRequest(
                requestId(hold.requestId(), hold.hold()),
                hold.processId() == null ? null : Ids.text("prc", hold.processId()),
                hold.expiresAt().atZone(ZoneOffset.UTC).toLocalDate(),
                List.of(new Operation.Reverse(hold.hold())),
                List.of(),
                List.of(),
                List.of(),
                true);
    }

    /// The id under which a hold that a request made is given back.
    static UUID requestId(UUID reservation, long hold) {
        return Ids.derive(Ids.text("req", reservation), "expiry of hold_" + hold);
    }
}
