package org.almonry.ledger;

/// One thing that is asked of the ledger; each becomes one transaction with two legs, or is
/// rejected.
///
/// Coins are named by id, amounts are in the minor unit of the coins' currency.
public sealed interface Operation {
    long source();

    long destination();

    long minor();

    TransactionType type();

    /// Creates value in a coin, against an issuing coin (K-010).
    record Issue(long issuing, long coin, long minor) implements Operation {
        @Override
        public long source() {
            return issuing;
        }

        @Override
        public long destination() {
            return coin;
        }

        @Override
        public TransactionType type() {
            return TransactionType.ISSUE;
        }
    }

    /// Takes value out of a coin, back to an issuing coin (K-014).
    record Redeem(long coin, long issuing, long minor) implements Operation {
        @Override
        public long source() {
            return coin;
        }

        @Override
        public long destination() {
            return issuing;
        }

        @Override
        public TransactionType type() {
            return TransactionType.REDEEM;
        }
    }

    /// Moves value from one coin to another (K-011).
    record Transfer(long from, long to, long minor) implements Operation {
        @Override
        public long source() {
            return from;
        }

        @Override
        public long destination() {
            return to;
        }

        @Override
        public TransactionType type() {
            return TransactionType.TRANSFER;
        }
    }

    /// Moves a share into an overhead coin, and into no other (K-016).
    record Commission(long from, long to, long minor) implements Operation {
        @Override
        public long source() {
            return from;
        }

        @Override
        public long destination() {
            return to;
        }

        @Override
        public TransactionType type() {
            return TransactionType.COMMISSION;
        }
    }
}
