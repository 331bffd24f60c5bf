package org.almonry.ledger;

/// What a coin is for. The kind decides which transactions it takes part in.
public enum CoinKind {
    /// Where value comes from and goes back to: the mirror of a bank account. Below zero by
    /// what circulates.
    ISSUING,
    /// Money that arrived and is not booked yet. A debit that the bank made first may take
    /// it below zero.
    INCOMING,
    /// Money of a project.
    PROJECT,
    /// The hoster's share.
    OVERHEAD,
    /// Money put aside for a purpose.
    POT;

    /// Whether the balance may go below zero without a credit limit.
    public boolean mayOverdraw() {
        return this == ISSUING || this == INCOMING;
    }
}
