package org.almonry.gateway.admin;

import org.almonry.ledger.v1.MetadataItem;
import org.almonry.ledger.v1.Transaction;

import java.util.List;

/// A transaction with what is attached to it.
public record TransactionPage(Transaction transaction, List<MetadataItem> notes) {
    public TransactionPage {
        notes = List.copyOf(notes);
    }
}
