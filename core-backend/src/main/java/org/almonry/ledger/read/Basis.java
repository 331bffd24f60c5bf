package org.almonry.ledger.read;

/// Which of a leg's two dates counts.
public enum Basis {
    /// When it was written (days in UTC).
    RECORDED,
    /// When it takes effect.
    EFFECTIVE
}
