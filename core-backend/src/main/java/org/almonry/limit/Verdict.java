package org.almonry.limit;

import static java.util.Objects.requireNonNull;

/// What the limits say to a request.
public sealed interface Verdict {
    /// Nothing is exceeded.
    record Within() implements Verdict {}

    /// This one is exceeded; of several, the one with the gravest consequence.
    record Exceeded(Limit limit, Limit.Used used) implements Verdict {
        public Exceeded {
            requireNonNull(limit, "limit is null");
            requireNonNull(used, "used is null");
        }

        public Consequence consequence() {
            return limit.bound().consequence();
        }

        /// In words, for whoever asks why (K-W2).
        public String text() {
            var bound = limit.bound();
            var what = bound.measure() == Measure.NUMBER
                    ? bound.maximum() + " in number"
                    : new org.almonry.money.Money(bound.maximum(), limit.scope().currency())
                            .toString();
            return "more than %s per %s"
                    .formatted(what, bound.period().name().toLowerCase(java.util.Locale.ROOT));
        }
    }
}
