package org.almonry.gateway.admin;

import org.almonry.gateway.View;
import org.almonry.ledger.v1.BusinessProcess;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.ledger.v1.Transaction;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A process as one timeline: states, money and everything else in the order in which it
/// happened. What moved money is told in the reader's language, from the transaction itself.
public record ProcessPage(
        BusinessProcess process,
        List<Row> rows,
        List<Transaction> transactions,
        List<BusinessProcess> related) {
    public ProcessPage {
        rows = List.copyOf(rows);
        transactions = List.copyOf(transactions);
        related = List.copyOf(related);
    }

    /// Whether somebody asked for it, so that there is a request to look at.
    public boolean hasRequest() {
        return LedgerPages.REQUESTED.contains(process.getKind());
    }

    /// Whether it can be asked to be taken back as a whole.
    public boolean canReverse() {
        return hasRequest()
                && !process.getKind().equals("REVERSAL")
                && process.getState().equals("PROCESSED");
    }

    /// One thing that happened.
    ///
    /// @param transaction null where it moved no money
    public record Row(
            TimelineItem item, String text, @Nullable Transaction transaction) {}

    ProcessPage(View view, GetProcessResponse found) {
        this(
                found.getProcess(),
                rows(view, found),
                found.getTransactionsList(),
                found.getRelatedList());
    }

    private static List<Row> rows(View view, GetProcessResponse found) {
        Map<String, Transaction> byId = new HashMap<>();
        found.getTransactionsList().forEach(each -> byId.put(each.getId(), each));
        return found.getTimelineList().stream()
                .map(item -> {
                    Transaction transaction = byId.get(item.getRef());
                    return transaction == null || !item.getKind().equals("transaction")
                            ? new Row(item, item.getText(), null)
                            : new Row(item, Words.of(view, transaction), transaction);
                })
                .toList();
    }
}
