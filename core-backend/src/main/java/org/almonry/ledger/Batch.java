package org.almonry.ledger;

import org.almonry.audit.AuditEntry;
import org.almonry.events.DomainEvent;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One attempt to judge a batch: requests in their order on what is committed, each on top
/// of those before it.
///
/// Nothing outside changes until the commit; an attempt that fails is dropped.
final class Batch implements Bookkeeper.Books {
    /// A request that is in the books from an earlier batch.
    record Known(byte[] digest, long firstId, int transactions) {}

    /// A transaction to be written: its move and whose it is.
    record Row(Bookkeeper.Move move, PostRequest request) {}

    /// A request to be written, with the range of its transactions.
    record Accepted(Ticket ticket, long firstId, int transactions) {}

    private final Map<Long, Coin> committedCoins;
    private final Map<String, String> committedStates;
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private final Map<UUID, Known> requests;
    private final Map<Ticket, PostResult> results = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<ProcessChange> changes = new ArrayList<>();
    private final List<DomainEvent> events = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final long firstId;

    /// @param firstId the id of the first transaction of the batch
    Batch(
            Map<Long, Coin> committedCoins,
            Map<String, String> committedStates,
            Map<UUID, Known> known,
            long firstId) {
        this.committedCoins = committedCoins;
        this.committedStates = committedStates;
        this.requests = new HashMap<>(known);
        this.firstId = firstId;
    }

    void judge(Ticket ticket) {
        var request = ticket.request();
        var before = requests.get(request.requestId());
        if (before != null) {
            results.put(ticket, repeated(ticket, before));
            return;
        }
        switch (Bookkeeper.judge(request, this)) {
            case Bookkeeper.Judgement.Refused it ->
                results.put(ticket, new PostResult.Rejected(it.rejection(), it.text()));
            case Bookkeeper.Judgement.Accepted it -> accept(ticket, it);
        }
    }

    private void accept(Ticket ticket, Bookkeeper.Judgement.Accepted judgement) {
        var request = ticket.request();
        long first = firstId + rows.size();
        int count = judgement.moves().size();
        coins.putAll(judgement.coins());
        states.putAll(judgement.states());
        for (var move : judgement.moves()) {
            rows.add(new Row(move, request));
        }
        changes.addAll(request.processes());
        events.addAll(request.events());
        audit.addAll(request.audit());
        accepted.add(new Accepted(ticket, first, count));
        requests.put(request.requestId(), new Known(ticket.digest(), first, count));
        results.put(ticket, new PostResult.Posted(ids(first, count)));
    }

    private static PostResult repeated(Ticket ticket, Known before) {
        if (!java.security.MessageDigest.isEqual(ticket.digest(), before.digest())) {
            return new PostResult.Conflict(ticket.id());
        }
        return new PostResult.Replayed(ids(before.firstId(), before.transactions()));
    }

    private static List<Long> ids(long first, int count) {
        var ids = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            ids.add(first + i);
        }
        return ids;
    }

    @Override
    public @Nullable Coin coin(long id) {
        var changed = coins.get(id);
        return changed == null ? committedCoins.get(id) : changed;
    }

    @Override
    public @Nullable String processState(String id) {
        var changed = states.get(id);
        return changed == null ? committedStates.get(id) : changed;
    }

    boolean hasRejections() {
        return results.values().stream().anyMatch(PostResult.Rejected.class::isInstance);
    }

    /// Whether there is nothing to write: all were rejected or repeated.
    boolean isEmpty() {
        return accepted.isEmpty();
    }

    long firstId() {
        return firstId;
    }

    /// The coins that it moved, as they are after it.
    Map<Long, Coin> coins() {
        return coins;
    }

    List<Row> rows() {
        return rows;
    }

    List<Accepted> accepted() {
        return accepted;
    }

    List<ProcessChange> changes() {
        return changes;
    }

    List<DomainEvent> events() {
        return events;
    }

    List<AuditEntry> audit() {
        return audit;
    }

    /// Answers everybody; only after the commit.
    void answer() {
        results.forEach(Ticket::answer);
    }
}
