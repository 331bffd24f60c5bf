package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import static org.almonry.ledger.TransactionType.AUTHORIZATION;
import static org.almonry.ledger.TransactionType.COMMISSION_AUTHORIZATION;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges requests: operations and the state of coins, holds and processes in, postings and
/// new states or a [Rejection] out.
///
/// Pure: it knows no database, no clock and no queue, and changes nothing that it is given.
final class Bookkeeper {
    /// What is known when a request is judged.
    interface Books {
        @Nullable Coin coin(long id);

        @Nullable Hold hold(long id);

        /// The transaction of this id, if it may be corrected.
        Picture.@Nullable Past past(long id);

        @Nullable String processState(String id);

        /// The id that this coin has or would have.
        long coinId(NewCoin coin);

        /// The id of the request's first transaction.
        long nextId();

        /// When the request is recorded.
        Instant at();
    }

    /// What came of judging a request.
    sealed interface Judgement {
        /// All of it fits; the states are those after the whole request.
        record Accepted(
                List<Posting> postings,
                Map<Long, Coin> coins,
                List<NewCoin> opened,
                Map<String, String> states,
                LocalDate effectiveOn)
                implements Judgement {}

        /// One part does not fit, so nothing of it happens.
        record Refused(Rejection rejection, String text) implements Judgement {}
    }

    private final Books books;
    private final List<Posting> postings = new ArrayList<>();
    private final List<NewCoin> opened = new ArrayList<>();
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Set<Long> corrected = new HashSet<>();
    private final Map<String, String> states = new HashMap<>();

    private Bookkeeper(Books books) {
        this.books = requireNonNull(books, "books is null");
    }

    static Judgement judge(PostRequest request, Books books) {
        return new Bookkeeper(books).judge(request);
    }

    private Judgement judge(PostRequest request) {
        for (var operation : request.operations()) {
            var rejection = post(operation);
            if (rejection != null) {
                return refused(rejection, operation.toString());
            }
        }
        if (postings.size() > 1 && hasCycle()) {
            return refused(Rejection.CYCLE, request.processId());
        }
        var day = request.effectiveOn();
        for (var coin : coins.values()) {
            if (coin.closedTo() != null && !day.isAfter(coin.closedTo())) {
                if (!request.bookForward()) {
                    return refused(Rejection.PERIOD_CLOSED, "closed to " + coin.closedTo());
                }
                day = coin.closedTo().plusDays(1);
            }
        }
        for (var change : request.processes()) {
            if (!advance(change)) {
                return refused(Rejection.STALE_PROCESS, change.id());
            }
        }
        return new Judgement.Accepted(postings, coins, opened, states, day);
    }

    private static Judgement refused(Rejection rejection, @Nullable String where) {
        var why = rejection.text();
        var text = Character.toUpperCase(why.charAt(0)) + why.substring(1);
        return new Judgement.Refused(rejection, where == null ? text + "." : text + ": " + where);
    }

    /// Posts one operation, or says the first reason against it.
    private @Nullable Rejection post(Operation operation) {
        return switch (operation) {
            case Operation.Move it -> move(it, 0);
            case Operation.Correction it -> correct(it);
            case Operation.Split it -> split(it);
            case Operation.Merge it -> merge(it);
            case Operation.Balance it -> balance(it);
            case Operation.Authorize it ->
                reserve(AUTHORIZATION, it.source(), it.destination(), it.minor(), it.expiresAt());
            case Operation.AuthorizeCommission it -> {
                var type = COMMISSION_AUTHORIZATION;
                yield reserve(type, it.source(), it.destination(), it.minor(), it.expiresAt());
            }
            case Operation.Hold it ->
                reserve(TransactionType.HOLD, it.source(), 0, it.minor(), null);
            case Operation.Capture it -> capture(it);
            case Operation.Reverse it -> reverse(it);
        };
    }

    private @Nullable Rejection move(Operation.Move it, long corrects) {
        var source = coin(it.source());
        var destination = coin(it.destination());
        var rejection = check(it.type(), source, destination, it.minor());
        if (rejection == null && isShort(requireNonNull(source), it.minor())) {
            rejection = Rejection.INSUFFICIENT_FUNDS;
        }
        if (rejection == null) {
            transfer(it.type(), it.source(), it.destination(), it.minor(), corrects);
        }
        return rejection;
    }

    private @Nullable Rejection correct(Operation.Correction it) {
        var past = books.past(it.corrects());
        if (past == null) {
            return Rejection.TRANSACTION_UNKNOWN;
        }
        var of = it.of();
        if (of.source() != past.destination()
                || of.destination() != past.source()
                || of.minor() != past.minor()) {
            return Rejection.CORRECTION_DIFFERS;
        }
        if (past.isCorrected() || !corrected.add(it.corrects())) {
            return Rejection.ALREADY_CORRECTED;
        }
        return move(of, it.corrects());
    }

    private @Nullable Rejection split(Operation.Split it) {
        var source = coin(it.source());
        long id = books.coinId(it.into());
        if (coin(id) != null) {
            return Rejection.COIN_EXISTS;
        }
        var closedTo = source == null ? null : source.closedTo();
        var into = Coin.opened(id, it.into(), closedTo);
        var rejection = check(TransactionType.SPLIT, source, into, it.minor());
        if (rejection == null && isShort(requireNonNull(source), it.minor())) {
            rejection = Rejection.INSUFFICIENT_FUNDS;
        }
        if (rejection == null) {
            coins.put(id, into);
            opened.add(it.into());
            transfer(TransactionType.SPLIT, it.source(), id, it.minor(), 0);
        }
        return rejection;
    }

    private @Nullable Rejection merge(Operation.Merge it) {
        var source = coin(it.source());
        var destination = coin(it.destination());
        long all = source == null ? 0 : source.balance();
        // Nothing to move is no reason against a merge, so the amount is not judged here.
        var rejection = check(TransactionType.MERGE, source, destination, Math.max(all, 1));
        if (rejection != null) {
            return rejection;
        }
        if (requireNonNull(source).held() > 0) {
            return Rejection.COIN_HAS_HOLDS;
        }
        if (all < 0) {
            return Rejection.INSUFFICIENT_FUNDS;
        }
        transfer(TransactionType.MERGE, it.source(), it.destination(), all, 0);
        return null;
    }

    private @Nullable Rejection balance(Operation.Balance it) {
        var coin = coin(it.source());
        var rejection = checkOne(coin);
        if (rejection == null && requireNonNull(coin).balance() != it.expected()) {
            rejection = Rejection.BALANCE_DIFFERS;
        }
        if (rejection == null) {
            keep(TransactionType.BALANCE, requireNonNull(coin), 0, 0, null);
        }
        return rejection;
    }

    private @Nullable Rejection reserve(
            TransactionType type, long from, long to, long minor, @Nullable Instant expiresAt) {
        var source = coin(from);
        var destination = coin(to);
        var rejection = to == 0
                ? minor <= 0 ? Rejection.AMOUNT_NOT_POSITIVE : checkOne(source)
                : check(type, source, destination, minor);
        if (rejection != null) {
            return rejection;
        }
        if (requireNonNull(source).kind() == CoinKind.ISSUING) {
            return Rejection.TYPE_NOT_ALLOWED;
        }
        long id = books.nextId() + postings.size();
        var end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        var hold = new Hold(id, type, from, to, minor, minor, Hold.State.OPEN, end);
        if (hold.isExpired(books.at())) {
            return Rejection.HOLD_EXPIRED;
        }
        if (isShort(source, minor)) {
            return Rejection.INSUFFICIENT_FUNDS;
        }
        keep(type, source, minor, minor, hold);
        return null;
    }

    private @Nullable Rejection capture(Operation.Capture it) {
        var hold = hold(it.holdId());
        if (hold == null) {
            return it.minor() <= 0 ? Rejection.AMOUNT_NOT_POSITIVE : Rejection.HOLD_UNKNOWN;
        }
        long to = it.destination() == 0 ? hold.destination() : it.destination();
        var type = hold.type() == COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_CAPTURE
                : TransactionType.CAPTURE;
        var source = coin(hold.coin());
        var rejection = check(type, source, coin(to), it.minor());
        if (rejection != null) {
            return rejection;
        }
        if (hold.type() == TransactionType.HOLD
                || (hold.destination() != 0 && hold.destination() != to)) {
            return Rejection.TYPE_NOT_ALLOWED;
        }
        if (hold.state() != Hold.State.OPEN) {
            return Rejection.HOLD_SPENT;
        }
        if (hold.isExpired(books.at())) {
            return Rejection.HOLD_EXPIRED;
        }
        if (hold.remaining() < it.minor()) {
            return Rejection.HOLD_TOO_SMALL;
        }
        long released = it.keepRest() ? it.minor() : hold.remaining();
        var after = hold.less(released, Hold.State.CAPTURED);
        post(type, requireNonNull(source), coin(to), it.minor(), -released, after, 0);
        return null;
    }

    private @Nullable Rejection reverse(Operation.Reverse it) {
        var hold = hold(it.holdId());
        if (hold == null) {
            return Rejection.HOLD_UNKNOWN;
        }
        var source = coin(hold.coin());
        var rejection = checkOne(source);
        if (rejection != null) {
            return rejection;
        }
        if (hold.state() != Hold.State.OPEN) {
            return Rejection.HOLD_SPENT;
        }
        var type = hold.type() == COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_REVERSAL
                : TransactionType.REVERSAL;
        var state =
                hold.isExpired(books.at()) ? Hold.State.EXPIRED : Hold.State.REVERSED;
        long rest = hold.remaining();
        keep(type, requireNonNull(source), rest, -rest, hold.less(rest, state));
        return null;
    }

    /// The first reason against value of this type going from one coin to the other.
    private static @Nullable Rejection check(
            TransactionType type, @Nullable Coin source, @Nullable Coin destination, long minor) {
        if (minor <= 0) {
            return Rejection.AMOUNT_NOT_POSITIVE;
        }
        if (source != null && destination != null && source.id() == destination.id()) {
            return Rejection.SAME_COIN;
        }
        if (source == null || destination == null) {
            return Rejection.COIN_UNKNOWN;
        }
        if (source.closed() || destination.closed()) {
            return Rejection.COIN_CLOSED;
        }
        if (source.frozen() || destination.frozen()) {
            return Rejection.COIN_FROZEN;
        }
        if (source.issuerId() != destination.issuerId()) {
            return Rejection.ISSUER_MISMATCH;
        }
        if (!source.currency().equals(destination.currency())) {
            return Rejection.CURRENCY_MISMATCH;
        }
        if (!type.fits(source.kind(), destination.kind())) {
            return Rejection.TYPE_NOT_ALLOWED;
        }
        return overflows(source, destination, minor) ? Rejection.OVERFLOW : null;
    }

    private static @Nullable Rejection checkOne(@Nullable Coin coin) {
        if (coin == null) {
            return Rejection.COIN_UNKNOWN;
        }
        if (coin.closed()) {
            return Rejection.COIN_CLOSED;
        }
        return coin.frozen() ? Rejection.COIN_FROZEN : null;
    }

    /// Whether a balance would leave the range of a long, or what is available of it would.
    private static boolean overflows(Coin source, Coin destination, long minor) {
        try {
            Math.subtractExact(source.available(), minor);
            Math.subtractExact(source.balance(), minor);
            Math.addExact(Math.addExact(destination.balance(), minor), destination.creditLimit());
            return false;
        } catch (ArithmeticException e) {
            return true;
        }
    }

    /// L5: only coins of issuers and of what came in may be overdrawn.
    private static boolean isShort(Coin source, long minor) {
        return !source.kind().mayOverdraw() && source.available() < minor;
    }

    private void transfer(TransactionType type, long from, long to, long minor, long corrects) {
        post(type, requireNonNull(coin(from)), coin(to), minor, 0, null, corrects);
    }

    private void keep(
            TransactionType type, Coin coin, long minor, long heldChange, @Nullable Hold hold) {
        post(type, coin, null, minor, heldChange, hold, 0);
    }

    private void post(
            TransactionType type,
            Coin source,
            @Nullable Coin destination,
            long minor,
            long heldChange,
            @Nullable Hold hold,
            long corrects) {
        long less = destination == null ? source.balance() : source.balance() - minor;
        boolean closes = type == TransactionType.MERGE;
        var from = source.after(less, source.held() + heldChange, closes);
        coins.put(source.id(), from);
        var to = destination;
        if (to != null) {
            to = to.after(to.balance() + minor, to.held(), false);
            coins.put(to.id(), to);
            // L1: what left one coin arrived at the other. The database proves it again.
            if (source.balance() - from.balance() != to.balance() - destination.balance()) {
                throw new IllegalStateException("a posting does not balance");
            }
        }
        if (hold != null) {
            holds.put(hold.id(), hold);
        }
        postings.add(new Posting(type, from, to, minor, heldChange, hold, corrects));
    }

    /// Whether value could flow back to where it came from: coins that nothing leads to, or
    /// that lead nowhere, are taken away until none is left.
    private boolean hasCycle() {
        var edges = new ArrayList<Posting>();
        postings.stream().filter(each -> each.destination() != null).forEach(edges::add);
        int before = -1;
        while (before != edges.size()) {
            before = edges.size();
            var sources = new HashSet<Long>();
            edges.forEach(each -> sources.add(each.source().id()));
            edges.removeIf(each -> !sources.contains(requireNonNull(each.destination()).id()));
        }
        return before > 0;
    }

    /// Whether the process is as the change expects; then it is as the change makes it.
    private boolean advance(ProcessChange change) {
        var state = states.containsKey(change.id())
                ? states.get(change.id())
                : books.processState(change.id());
        return switch (change) {
            case ProcessChange.Open it -> {
                states.put(it.id(), it.state());
                yield state == null;
            }
            case ProcessChange.Advance it -> {
                states.put(it.id(), it.newState());
                yield it.expectedState().equals(state);
            }
        };
    }

    private @Nullable Coin coin(long id) {
        var changed = coins.get(id);
        return changed == null ? books.coin(id) : changed;
    }

    private @Nullable Hold hold(long id) {
        var changed = holds.get(id);
        return changed == null ? books.hold(id) : changed;
    }
}
