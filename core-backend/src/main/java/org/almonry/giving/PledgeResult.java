package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.util.List;

/// What came of asking for a pledge.
public sealed interface PledgeResult {
    /// Made now, or before under the same key.
    record Made(Pledge pledge) implements PledgeResult {
        /// Refuses missing parts.
        public Made {
            requireNonNull(pledge, "pledge is null");
        }
    }

    /// Too little or too much.
    record AmountOutOfRange(Money least, Money greatest) implements PledgeResult {
        /// Refuses missing parts.
        public AmountOutOfRange {
            requireNonNull(least, "least is null");
            requireNonNull(greatest, "greatest is null");
        }
    }

    /// The project of this short name takes nothing (any more).
    record ProjectNotOpen(String project) implements PledgeResult {
        /// Refuses missing parts.
        public ProjectNotOpen {
            requireNonNull(project, "project is null");
        }
    }

    /// No account takes this currency; these are taken.
    record CurrencyNotTaken(List<String> taken) implements PledgeResult {
        /// Copies the list.
        public CurrencyNotTaken {
            taken = List.copyOf(taken);
        }
    }
}
