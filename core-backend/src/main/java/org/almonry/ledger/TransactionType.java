package org.almonry.ledger;

import java.util.Locale;

/// What a transaction does (K-010 to K-023). The codes are stored and never change their
/// meaning.
public enum TransactionType {
    ISSUE(1),
    REDEEM(2),
    TRANSFER(3),
    COMMISSION(4),
    SPLIT(5),
    MERGE(6),
    BALANCE(7),
    AUTHORIZATION(8),
    COMMISSION_AUTHORIZATION(9),
    CAPTURE(10),
    COMMISSION_CAPTURE(11),
    REVERSAL(12),
    COMMISSION_REVERSAL(13),
    HOLD(14);

    private final int code;

    TransactionType(int code) {
        this.code = code;
    }

    /// As it is stored.
    public int code() {
        return code;
    }

    /// As it is shown: "commission capture".
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The type of a stored code.
    public static TransactionType of(int code) {
        if (code < 1 || code > values().length) {
            throw new IllegalArgumentException("no transaction type has the code " + code);
        }
        return values()[code - 1];
    }

    /// Whether value of this type may go between coins of these kinds. Only issuing coins
    /// create value and take it back; a commission goes to a coin for commissions (K-016).
    boolean fits(CoinKind source, CoinKind destination) {
        boolean toIssuing = destination == CoinKind.ISSUING;
        if (this == ISSUE) {
            return source == CoinKind.ISSUING && !toIssuing;
        }
        return source != CoinKind.ISSUING
                && switch (this) {
                    case REDEEM -> toIssuing;
                    case COMMISSION, COMMISSION_AUTHORIZATION, COMMISSION_CAPTURE ->
                        destination.takesCommission();
                    default -> !toIssuing;
                };
    }
}
