package org.almonry.commission;

import static java.util.Objects.requireNonNull;

/// How a commission follows from an amount (K-050). Percent are whole millionths: 2 % are
/// 20,000; finer price lists than a ten-thousandth of a percent do not exist.
public sealed interface Formula {
    /// The whole: 100 %.
    int WHOLE = 1_000_000;

    int MILLIONTHS_SCALE = 6;

    /// The commission on an amount that is not negative. Throws [ArithmeticException] where the
    /// sum leaves the range of a long.
    default long of(long minor, RoundingRule rounding) {
        requireNonNull(rounding, "rounding is null");
        if (minor < 0) {
            throw new IllegalArgumentException("a commission on a negative amount");
        }
        return switch (this) {
            case Zero _ -> 0;
            case Percent it -> rounding.millionths(minor, it.millionths());
            case Fixed it -> it.minor();
            case Greater it -> Math.max(rounding.millionths(minor, it.millionths()), it.minor());
            case Lesser it -> Math.min(rounding.millionths(minor, it.millionths()), it.minor());
            case FixedAndPercent it ->
                Math.addExact(rounding.millionths(minor, it.millionths()), it.minor());
        };
    }

    /// Whether it names an amount, which means something in one currency only.
    default boolean hasAmount() {
        return switch (this) {
            case Zero _, Percent _ -> false;
            case Fixed _, Greater _, Lesser _, FixedAndPercent _ -> true;
        };
    }

    /// Nothing, said on purpose.
    record Zero() implements Formula {}

    /// A share of the amount.
    record Percent(int millionths) implements Formula {
        public Percent {
            checkShare(millionths);
        }
    }

    /// The same for every amount.
    record Fixed(long minor) implements Formula {
        public Fixed {
            checkMinor(minor);
        }
    }

    /// The larger of share and amount: at least so much.
    record Greater(int millionths, long minor) implements Formula {
        public Greater {
            checkShare(millionths);
            checkMinor(minor);
        }
    }

    /// The smaller of share and amount: at most so much.
    record Lesser(int millionths, long minor) implements Formula {
        public Lesser {
            checkShare(millionths);
            checkMinor(minor);
        }
    }

    /// Both, added.
    record FixedAndPercent(int millionths, long minor) implements Formula {
        public FixedAndPercent {
            checkShare(millionths);
            checkMinor(minor);
        }
    }

    private static void checkShare(int millionths) {
        if (millionths < 0 || millionths > WHOLE) {
            throw new IllegalArgumentException("a share is from 0 to " + WHOLE + " millionths");
        }
    }

    private static void checkMinor(long minor) {
        if (minor < 0) {
            throw new IllegalArgumentException("a fixed commission is not negative");
        }
    }
}
