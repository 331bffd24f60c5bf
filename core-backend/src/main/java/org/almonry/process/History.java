package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.util.List;
import java.util.Optional;

/// A page of processes as history shows them, with the totals of all that the filter lets
/// through (K-045).
///
/// @param next the cursor of the next page, empty when this is the last
public record History(List<Row> rows, List<Total> totals, String next) {
    public History {
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
        requireNonNull(next, "next is null");
    }

    /// One process; what it moves, if a request says so.
    public record Row(BusinessProcess process, Optional<Amounts> amounts) {
        public ProcessState state() {
            return ProcessState.of(process.state());
        }
    }

    /// What a request moves: amount, what the sender is charged, what the receiver is left with.
    public record Amounts(Money amount, Money taken, Money given) {
        public Money commission() {
            return taken.minus(given);
        }
    }

    /// The totals of one currency.
    public record Total(long count, Amounts amounts) {}
}
