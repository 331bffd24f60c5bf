package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One line of a price list (K-053): what a kind of process costs in a currency between two
/// dates, by ranges of amounts. A rule with overlapping ranges cannot be made; an amount
/// outside of all ranges costs nothing.
///
/// @param id rule_…
public record Rule(String id, Scope scope, boolean isActive, Terms terms) {
    /// More conditions than this are not a price list but a formula of its own.
    public static final int RANGES_MAX = 50;

    public Rule {
        requireNonNull(id, "id is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(terms, "terms is null");
    }

    /// Where a rule applies.
    ///
    /// @param processKind the word of the kind, such as CLIENT_TRANSFER
    /// @param until the first day on which it no longer applies; null: it does not end
    public record Scope(
            String profileId,
            String processKind,
            Currency currency,
            LocalDate from,
            @Nullable LocalDate until) {
        public Scope {
            requireNonNull(profileId, "profileId is null");
            requireNonNull(processKind, "processKind is null");
            requireNonNull(currency, "currency is null");
            requireNonNull(from, "from is null");
            if (until != null && !until.isAfter(from)) {
                throw new IllegalArgumentException("a rule ends after it starts");
            }
        }

        boolean contains(LocalDate day) {
            return !day.isBefore(from) && (until == null || day.isBefore(until));
        }

        /// Whether both could apply to the same process.
        boolean overlaps(Scope other) {
            return profileId.equals(other.profileId)
                    && processKind.equals(other.processKind)
                    && currency.equals(other.currency)
                    && (other.until == null || from.isBefore(other.until))
                    && (until == null || other.from.isBefore(until));
        }
    }

    /// What it costs and who pays.
    public record Terms(Direction direction, RoundingRule rounding, List<Range> ranges) {
        public Terms {
            requireNonNull(direction, "direction is null");
            requireNonNull(rounding, "rounding is null");
            ranges = ranges.stream()
                    .sorted(Comparator.comparingLong(Range::minMinor))
                    .toList();
            if (ranges.isEmpty() || ranges.size() > RANGES_MAX) {
                throw new IllegalArgumentException("a rule has 1 to " + RANGES_MAX + " ranges");
            }
            for (int i = 1; i < ranges.size(); i++) {
                if (ranges.get(i).minMinor() < ranges.get(i - 1).belowMinor()) {
                    throw new IllegalArgumentException("the ranges of a rule overlap");
                }
            }
        }

        Optional<Range> range(long minor) {
            return ranges.stream().filter(range -> range.contains(minor)).findFirst();
        }

        /// Whether an amount in it means something in one currency only.
        public boolean namesAmounts() {
            return ranges.stream().anyMatch(Range::namesAmounts);
        }
    }

    /// What an amount costs by this rule.
    Calculation.Part on(long minor, Level level, String earner) {
        long commission = terms.range(minor)
                .map(range -> range.formula().of(minor, terms.rounding()))
                .orElse(0L);
        return new Calculation.Part(
                level,
                earner,
                terms.direction().sender(commission),
                terms.direction().receiver(commission));
    }
}
