package org.almonry.gateway.admin;

import org.almonry.gateway.View;
import org.almonry.ledger.v1.Transaction;

/// What a transaction did, in one sentence of the reader's language.
public final class Words {

    private Words() {}

    /// The sentence; a type that this gateway does not know yet is named as the core names
    /// it.
    public static String of(View view, Transaction transaction) {
        String type = transaction.getType();
        String key = "words." + type;
        String amount = view.money(transaction.getAmount());
        String source = transaction.getSource().getName();
        if (transaction.hasDestination()) {
            String destination = transaction.getDestination().getName();
            String text = view.t(
                    "transaction.words",
                    "amount",
                    amount,
                    "source",
                    source,
                    "destination",
                    destination);
            return view.type(type) + ": " + text;
        }
        return switch (type) {
            case "authorization",
                    "commission_authorization",
                    "hold",
                    "reversal",
                    "commission_reversal" -> view.t(key, "amount", amount, "source", source);
            case "balance" ->
                view.t(key, "balance", view.money(transaction.getSourceAfter()), "source", source);
            default -> view.type(type) + ": " + amount + ", " + source;
        };
    }
}
