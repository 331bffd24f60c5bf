package org.almonry.ledger.check;

import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Jdbi;

/// Verifies the books.
public final class LedgerCheck {
    private final Jdbi accounting;

    public LedgerCheck(Jdbi accounting) {
        this.accounting = requireNonNull(accounting, "accounting is null");
    }

    /// Recomputes every balance from the transactions, on one snapshot and without holding
    /// up the writer.
    public Verification verify() {
        return accounting.withHandle(VerificationStore::verify);
    }
}
