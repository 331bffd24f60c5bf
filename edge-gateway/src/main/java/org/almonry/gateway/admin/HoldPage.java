package org.almonry.gateway.admin;

import org.almonry.ledger.v1.Hold;
import org.almonry.ledger.v1.Transaction;

import java.util.List;

/// A hold with the transactions that made, used or ended it.
public record HoldPage(Hold hold, List<Transaction> transactions, String next, String first) {
    public HoldPage {
        transactions = List.copyOf(transactions);
    }
}
