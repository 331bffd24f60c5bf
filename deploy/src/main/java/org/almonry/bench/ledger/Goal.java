package org.almonry.bench.ledger;

import java.util.Locale;
import java.util.OptionalDouble;

/// A measured ratio beside its floor and its goal.
///
/// @param isLimit the figure is to stay below the floor instead of above
record Goal(
        String what,
        double floor,
        OptionalDouble goal,
        OptionalDouble measured,
        boolean isLimit,
        String unit) {

    static Goal atLeast(String what, double floor, double goal, OptionalDouble measured) {
        return new Goal(what, floor, OptionalDouble.of(goal), measured, false, "");
    }

    static Goal atLeast(String what, double floor, OptionalDouble measured) {
        return new Goal(what, floor, OptionalDouble.empty(), measured, false, "");
    }

    static Goal atMost(String what, double floor, String unit, OptionalDouble measured) {
        return new Goal(what, floor, OptionalDouble.empty(), measured, true, unit);
    }

    /// As a row of a table: what, floor, goal, measured, verdict.
    String row() {
        return "| %s | %s%s | %s | %s | %s |"
                .formatted(
                        what,
                        isLimit ? "≤ " : "≥ ",
                        text(floor),
                        goal.isPresent() ? text(goal.getAsDouble()) : "",
                        measured.isPresent() ? text(measured.getAsDouble()) : "",
                        verdict());
    }

    String verdict() {
        if (measured.isEmpty()) {
            return "not run";
        }
        double value = measured.getAsDouble();
        if (isLimit ? value > floor : value < floor) {
            return "**miss**";
        }
        return goal.isPresent() && value >= goal.getAsDouble() ? "pass, goal reached" : "pass";
    }

    /// Three digits that count.
    private String text(double value) {
        int digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value) + unit;
    }
}
