package org.almonry.gateway.admin;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;

import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Transaction;
import org.almonry.type.v1.Money;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// The search box and what it found, by the way in which it was found.
///
/// @param asked whether anything was searched for
public record FindPage(FormState form, boolean asked, List<Group> groups, List<Coin> coins) {
    public FindPage {
        groups = List.copyOf(groups);
        coins = List.copyOf(coins);
    }

    /// What one way of looking found.
    ///
    /// @param amount what was looked for, where it was an amount
    /// @param back how far back was looked; null: to the beginning
    /// @param more where it goes on, or empty
    public record Group(
            String way,
            Money amount,
            List<Transaction> transactions,
            @Nullable Timestamp back,
            String more) {
        static final String ID = "id";
        static final String AMOUNT = "amount";
        static final String REFERENCE = "reference";

        public Group {
            requireNonNull(way, "way is null");
            transactions = List.copyOf(transactions);
        }
    }
}
