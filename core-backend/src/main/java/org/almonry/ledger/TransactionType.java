package org.almonry.ledger;

import java.util.Locale;

/// What a transaction does. The codes are stored and never change their meaning.
public enum TransactionType {
    ISSUE(1),
    REDEEM(2),
    TRANSFER(3),
    COMMISSION(4);

    private final int code;

    TransactionType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// As it is shown: "issue".
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TransactionType of(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no transaction type has the code " + code);
    }
}
