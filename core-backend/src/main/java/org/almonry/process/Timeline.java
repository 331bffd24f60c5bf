package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.Coin;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.read.Words;
import org.almonry.money.Money;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Everything that happened under a process, in order: its states, transactions, events and
/// audit rows.
final class Timeline {
    /// One thing that happened. The order of the kinds is that in which one commit writes
    /// them.
    record Item(Instant at, Kind kind, String text, String ref, String actor) {
        Item {
            requireNonNull(at, "at is null");
            requireNonNull(kind, "kind is null");
        }
    }

    enum Kind {
        STATE,
        TRANSACTION,
        EVENT,
        AUDIT
    }

    private final BusinessProcesses processes;
    private final Outbox outbox;
    private final AuditLog audit;

    Timeline(BusinessProcesses processes, Outbox outbox, AuditLog audit) {
        this.processes = requireNonNull(processes, "processes is null");
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    List<Item> of(BusinessProcess process, List<Transaction> transactions, Map<Long, Coin> coins) {
        var items = new ArrayList<Item>();
        for (var step : processes.steps(process.id())) {
            boolean isFirst = step.fromState().isEmpty();
            var text = isFirst
                    ? "opened as " + step.toState()
                    : step.fromState() + " to " + step.toState();
            items.add(new Item(
                    step.at(),
                    Kind.STATE,
                    step.detail().isEmpty() ? text : text + ": " + step.detail(),
                    process.id(),
                    isFirst ? process.openedBy() : ""));
        }
        for (var each : transactions) {
            items.add(new Item(
                    each.recordedAt(),
                    Kind.TRANSACTION,
                    text(each, coins),
                    "txn_" + each.id(),
                    ""));
        }
        for (var each : outbox.about(process.id())) {
            items.add(new Item(each.at(), Kind.EVENT, each.event().type(), process.id(), ""));
        }
        addAudit(items, process.id());
        if (!process.subject().isEmpty()) {
            addAudit(items, process.subject());
        }
        items.sort(Comparator.comparing(Item::at).thenComparing(Item::kind));
        return items;
    }

    private void addAudit(List<Item> items, String subject) {
        for (var row :
                audit.page(subject, "", Long.MAX_VALUE, AuditLog.PAGE_MAX).reversed()) {
            var entry = row.entry();
            var text = entry.action() + ": " + entry.outcome();
            items.add(new Item(
                    row.at(),
                    Kind.AUDIT,
                    entry.detail().isEmpty() ? text : text + ", " + entry.detail(),
                    entry.subject(),
                    entry.actor()));
        }
    }

    private static String text(Transaction transaction, Map<Long, Coin> coins) {
        var source = requireNonNull(coins.get(transaction.source()));
        var amount = new Money(transaction.minor(), source.currency());
        var word = Words.of(transaction.type());
        var destination = coins.get(transaction.destination());
        return destination == null
                ? "%s %s on %s".formatted(word, amount, source.name())
                : "%s %s from %s to %s".formatted(word, amount, source.name(), destination.name());
    }
}
