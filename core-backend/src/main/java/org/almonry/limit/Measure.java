package org.almonry.limit;

/// What a limit counts.
public enum Measure {
    /// The sum of the amounts, in minor units.
    AMOUNT,
    /// How many.
    NUMBER
}
