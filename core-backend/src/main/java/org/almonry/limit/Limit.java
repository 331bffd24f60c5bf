package org.almonry.limit;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;

/// One limit of a profile.
///
/// @param id lim_…
public record Limit(String id, Scope scope, Bound bound, boolean isActive) {
    public Limit {
        requireNonNull(id, "id is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(bound, "bound is null");
    }

    /// Where it holds.
    ///
    /// @param processKind the word of the kind, such as CLIENT_TRANSFER
    public record Scope(String profileId, String processKind, Currency currency) {
        public Scope {
            requireNonNull(profileId, "profileId is null");
            requireNonNull(processKind, "processKind is null");
            requireNonNull(currency, "currency is null");
        }
    }

    /// How far it goes.
    ///
    /// @param maximum what is just allowed: minor units or a number
    public record Bound(Measure measure, Period period, long maximum, Consequence consequence) {
        public Bound {
            requireNonNull(measure, "measure is null");
            requireNonNull(period, "period is null");
            requireNonNull(consequence, "consequence is null");
            if (maximum < 0) {
                throw new IllegalArgumentException("a limit is not negative");
            }
        }

        /// Whether one more of this amount is too much on top of what was used in the window.
        boolean isExceeded(Used used, long minor) {
            return switch (measure) {
                // No sum of longs that the ledger took leaves its range, but a limit of
                // nonsense may come close: what overflows is too much.
                case AMOUNT ->
                    period == Period.TRANSACTION
                            ? minor > maximum
                            : minor > maximum - Math.min(used.minor(), maximum);
                case NUMBER ->
                    period == Period.TRANSACTION ? maximum < 1 : used.number() >= maximum;
            };
        }
    }

    /// What was used in a window.
    public record Used(long minor, long number) {
        static final Used NOTHING = new Used(0, 0);
    }
}
