package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/// One attempt to judge a batch: requests in their order on what is committed, each on top
/// of those before it.
///
/// Nothing outside changes until the commit; an attempt that fails is dropped.
public final class Batch implements Bookkeeper.Books {
    /// A request that fits, with the place of its postings in the batch.
    public record Accepted(
            PostRequest request,
            byte[] digest,
            LocalDate effectiveOn,
            long firstId,
            List<Posting> postings) {}

    /// A coin to be opened, and its id.
    public record Opened(long id, NewCoin coin) {}

    private final Picture picture;
    private final long firstId;
    private final Instant at;
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Map<Long, Long> corrections = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private final Map<UUID, Picture.Known> requests = new HashMap<>();
    private final Map<Intake.Ticket, PostResult> results = new HashMap<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Opened> opened = new ArrayList<>();
    private int size;

    /// @param at when it is recorded
    Batch(Picture picture, long firstId, Instant at) {
        this.picture = picture;
        this.firstId = firstId;
        this.at = at;
    }

    void judge(Intake.Ticket ticket) {
        var request = ticket.request();
        var before = requests.getOrDefault(
                request.requestId(), picture.requests().get(request.requestId()));
        results.put(ticket, before == null ? decide(ticket) : repeated(ticket, before));
    }

    private PostResult decide(Intake.Ticket ticket) {
        return switch (Bookkeeper.judge(ticket.request(), this)) {
            case Judgement.Refused it -> new PostResult.Rejected(it.rejection(), it.text());
            case Judgement.Accepted it -> accept(ticket, it);
        };
    }

    private PostResult accept(Intake.Ticket ticket, Judgement.Accepted it) {
        var request = ticket.request();
        long first = nextId();
        it.opened().forEach(coin -> opened.add(new Opened(coinId(coin), coin)));
        coins.putAll(it.coins());
        states.putAll(it.states());
        for (var posting : it.postings()) {
            if (posting.hold() != null) {
                holds.put(posting.hold().id(), posting.hold());
            }
            corrections.put(posting.corrects(), first);
        }
        size += it.postings().size();
        accepted.add(
                new Accepted(request, ticket.digest(), it.effectiveOn(), first, it.postings()));
        var known = new Picture.Known(ticket.digest(), first, it.postings().size());
        requests.put(request.requestId(), known);
        return new PostResult.Posted(ids(known));
    }

    private static PostResult repeated(Intake.Ticket ticket, Picture.Known before) {
        return MessageDigest.isEqual(ticket.digest(), before.digest())
                ? new PostResult.Replayed(ids(before))
                : new PostResult.Conflict(ticket.request().requestId());
    }

    private static List<Long> ids(Picture.Known request) {
        long end = request.firstId() + request.transactions();
        return LongStream.range(request.firstId(), end).boxed().toList();
    }

    @Override
    public @Nullable Coin coin(long id) {
        var changed = coins.get(id);
        return changed == null ? picture.coins().get(id) : changed;
    }

    @Override
    public @Nullable Hold hold(long id) {
        var changed = holds.get(id);
        return changed == null ? picture.holds().get(id) : changed;
    }

    @Override
    public Picture.@Nullable Past past(long id) {
        var past = picture.pasts().get(id);
        return past != null && corrections.containsKey(id)
                ? new Picture.Past(past.source(), past.destination(), past.minor(), true)
                : past;
    }

    @Override
    public @Nullable String processState(String id) {
        var changed = states.get(id);
        return changed == null ? picture.states().get(id) : changed;
    }

    @Override
    public long coinId(NewCoin coin) {
        return requireNonNull(picture.coinIds().get(coin), "every opening has an id");
    }

    @Override
    public long nextId() {
        return firstId + size;
    }

    @Override
    public Instant at() {
        return at;
    }

    boolean hasRejections() {
        return results.values().stream().anyMatch(PostResult.Rejected.class::isInstance);
    }

    /// Answers everybody; only after the commit.
    void answer() {
        results.forEach(Intake.Ticket::answer);
    }

    public long firstId() {
        return firstId;
    }

    /// How many transactions it writes.
    public int size() {
        return size;
    }

    /// What is to be written; nothing if all were rejected or repeated.
    public List<Accepted> accepted() {
        return accepted;
    }

    public List<Opened> opened() {
        return opened;
    }

    /// The coins that it moved, as they are after it.
    public Map<Long, Coin> coins() {
        return coins;
    }

    Map<Long, Hold> holds() {
        return holds;
    }
}
