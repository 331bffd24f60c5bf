package org.almonry.ledger;

/// What a coin is for (K-031). The kind decides which transactions it takes part in.
public enum CoinKind {
    /// Of the whole installation.
    SYSTEM,
    /// The hoster's own money.
    HOSTER,
    /// Of a payment provider.
    PROVIDER,
    /// Money of a nonprofit, for no project in particular.
    NONPROFIT,
    /// Money of a project.
    PROJECT,
    /// Money of a member.
    MEMBER,
    /// Takes commissions.
    COMMISSION,
    /// Money under way from or to a provider.
    CLEARING,
    /// Passed through within one process, and empty after it (K-035).
    TRANSIT,
    /// Where value comes from and goes back to; below zero by what circulates (K-034).
    ISSUING,
    /// Money that arrived and is not booked yet; below zero where a debit came first.
    INCOMING,
    /// The hoster's share of gifts; takes commissions.
    OVERHEAD,
    /// Money put aside for a purpose.
    POT;

    /// Whether the balance may go below zero without a credit limit.
    public boolean mayOverdraw() {
        return this == ISSUING || this == INCOMING;
    }

    boolean takesCommission() {
        return this == COMMISSION || this == OVERHEAD;
    }
}
