package org.almonry.ledger.read;

import org.almonry.ledger.TransactionType;

import java.util.Locale;

/// How the terms of the ledger are shown.
public final class Words {
    private Words() {}

    /// A type of transaction: "commission capture".
    public static String of(TransactionType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
