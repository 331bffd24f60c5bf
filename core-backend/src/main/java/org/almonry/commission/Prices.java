package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// What holds for a kind of process in a currency on a day. Booking, the calculate call and
/// every picture of prices come from here, so they cannot differ (K-056).
public record Prices(List<Line> lines) {
    public Prices {
        lines = List.copyOf(lines);
    }

    /// A profile and its rule.
    ///
    /// @param rule null: it costs nothing by this profile
    public record Line(Profile profile, @Nullable Rule rule) {
        public Line {
            requireNonNull(profile, "profile is null");
        }
    }

    /// What an amount costs. Fails with INVALID_ARGUMENT where the receiver's part is more than
    /// the amount, or a sum is beyond all numbers.
    public Calculation on(Money amount) {
        try {
            return calculate(amount);
        } catch (IllegalArgumentException | ArithmeticException e) {
            var failure = Failure.invalid(
                    "amount", "the commission is more than the amount, or too large");
            failure.initCause(e);
            throw failure;
        }
    }

    /// The same; empty where it fails.
    public Optional<Calculation> find(Money amount) {
        try {
            return Optional.of(calculate(amount));
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            return Optional.empty();
        }
    }

    /// The profiles, the system's first.
    public List<Profile> profiles() {
        return lines.stream().map(Line::profile).toList();
    }

    /// The amounts from which on another range holds, or none, in order.
    public List<Long> edges() {
        return lines.stream()
                .map(Line::rule)
                .flatMap(rule ->
                        rule == null ? List.<Range>of().stream() : rule.terms().ranges().stream())
                .flatMapToLong(range -> LongStream.of(range.minMinor(), range.belowMinor()))
                .filter(edge -> edge > 0 && edge < Range.OPEN)
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private Calculation calculate(Money amount) {
        var parts = new ArrayList<Calculation.Part>();
        for (var line : lines) {
            var rule = line.rule();
            if (rule != null) {
                var profile = line.profile();
                parts.add(rule.on(amount.minor(), profile.level(), profile.earner()));
            }
        }
        return new Calculation(amount, parts);
    }
}
