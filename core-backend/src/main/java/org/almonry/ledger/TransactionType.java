package org.almonry.ledger;

/// What a transaction does (K-010 to K-023). Codes are stored, and keep their meaning.
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

    public static TransactionType of(int code) {
        return values()[code - 1];
    }

    /// Whether value of this type may go between coins of these kinds. Only issuing coins
    /// create value and take it back; a commission goes to a coin for commissions (K-016).
    boolean fits(CoinKind source, CoinKind destination) {
        boolean issues = source == CoinKind.ISSUING;
        boolean takesBack = destination == CoinKind.ISSUING;
        return switch (this) {
            case ISSUE -> issues && !takesBack;
            case REDEEM -> !issues && takesBack;
            case COMMISSION, COMMISSION_AUTHORIZATION, COMMISSION_CAPTURE ->
                !issues && destination.takesCommission();
            default -> !issues && !takesBack;
        };
    }
}
