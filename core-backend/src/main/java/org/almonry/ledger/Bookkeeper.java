package org.almonry.ledger;

import static org.almonry.ledger.TransactionType.AUTHORIZATION;
import static org.almonry.ledger.TransactionType.COMMISSION_AUTHORIZATION;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.process.ProcessChange;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Judges requests: operations and the state of coins, holds and processes in, postings and
/// new states or a [Rejection] out.
///
/// Pure: it knows no database, no clock and no queue, and changes nothing that it is given.
final class Bookkeeper {
    /// What is known when a request is judged.
    interface Books {
        @Nullable
        Coin coin(long id);

        @Nullable
        Hold hold(long id);

        /// The transaction of this id, if it may be corrected.
        Picture.@Nullable Past past(long id);

        @Nullable
        String processState(String id);

        /// The id that this coin has or would have.
        long coinId(NewCoin coin);

        /// The id of the request's first transaction.
        long nextId();

        /// When the request is recorded.
        Instant at();
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
        if (postings.size() > 1 && Posting.leadBack(postings)) {
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
            case Operation.Move it -> move(it.type(), it.source(), it.destination(), it.minor(), 0);
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

    private @Nullable Rejection move(
            TransactionType type, long from, long to, long minor, long corrects) {
        var rejection = check(type, from, to, minor);
        if (rejection == null) {
            rejection = funds(from, to, minor);
        }
        if (rejection == null) {
            post(type, from, to, minor, 0, null, corrects);
        }
        return rejection;
    }

    private @Nullable Rejection correct(Operation.Correction it) {
        var of = it.of();
        var rejection = check(of.type(), of.source(), of.destination(), of.minor());
        if (rejection != null) {
            return rejection;
        }
        var past = books.past(it.corrects());
        if (past == null) {
            return Rejection.TRANSACTION_UNKNOWN;
        }
        if (of.source() != past.destination()
                || of.destination() != past.source()
                || of.minor() != past.minor()) {
            return Rejection.CORRECTION_DIFFERS;
        }
        if (past.isCorrected() || !corrected.add(it.corrects())) {
            return Rejection.ALREADY_CORRECTED;
        }
        return move(of.type(), of.source(), of.destination(), of.minor(), it.corrects());
    }

    private @Nullable Rejection split(Operation.Split it) {
        long id = books.coinId(it.into());
        boolean exists = coin(id) != null;
        if (!exists) {
            var source = coin(it.source());
            var closedTo = source == null ? null : source.closedTo();
            coins.put(id, Coin.opened(id, it.into(), closedTo));
            opened.add(it.into());
        }
        if (exists && check(TransactionType.SPLIT, it.source(), id, it.minor()) == null) {
            return Rejection.COIN_EXISTS;
        }
        return move(TransactionType.SPLIT, it.source(), id, it.minor(), 0);
    }

    private @Nullable Rejection merge(Operation.Merge it) {
        // Nothing to move is no reason against a merge, so some amount is judged here.
        var rejection = check(TransactionType.MERGE, it.source(), it.destination(), 1);
        if (rejection != null) {
            return rejection;
        }
        var source = requireNonNull(coin(it.source()));
        if (source.held() > 0) {
            return Rejection.COIN_HAS_HOLDS;
        }
        long all = source.balance();
        if (all < 0) {
            return Rejection.INSUFFICIENT_FUNDS;
        }
        if (requireNonNull(coin(it.destination())).isFullFor(all)) {
            return Rejection.OVERFLOW;
        }
        post(TransactionType.MERGE, it.source(), it.destination(), all, 0, null, 0);
        return null;
    }

    private @Nullable Rejection balance(Operation.Balance it) {
        var rejection = check(it.source());
        if (rejection != null) {
            return rejection;
        }
        if (requireNonNull(coin(it.source())).balance() != it.expected()) {
            return Rejection.BALANCE_DIFFERS;
        }
        post(TransactionType.BALANCE, it.source(), 0, 0, 0, null, 0);
        return null;
    }

    private @Nullable Rejection reserve(
            TransactionType type, long from, long to, long minor, @Nullable Instant expiresAt) {
        var rejection = minor <= 0
                ? Rejection.AMOUNT_NOT_POSITIVE
                : to == 0 ? check(from) : check(type, from, to, minor);
        if (rejection != null) {
            return rejection;
        }
        // A commission is never reserved for nobody in particular.
        boolean vague = to == 0 && type == COMMISSION_AUTHORIZATION;
        if (vague || requireNonNull(coin(from)).kind() == CoinKind.ISSUING) {
            return Rejection.TYPE_NOT_ALLOWED;
        }
        long id = books.nextId() + postings.size();
        var end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        var hold = new Hold(id, type, from, to, minor, minor, Hold.State.OPEN, end);
        if (hold.isExpired(books.at())) {
            return Rejection.HOLD_EXPIRED;
        }
        boolean tooMuch = requireNonNull(coin(from)).held() > Long.MAX_VALUE - minor;
        rejection = tooMuch ? Rejection.OVERFLOW : funds(from, to, minor);
        if (rejection != null) {
            return rejection;
        }
        post(type, from, 0, minor, minor, hold, 0);
        return null;
    }

    private @Nullable Rejection capture(Operation.Capture it) {
        var hold = hold(it.holdId());
        if (it.minor() <= 0 || hold == null) {
            return it.minor() <= 0 ? Rejection.AMOUNT_NOT_POSITIVE : Rejection.HOLD_UNKNOWN;
        }
        long to = it.destination() == 0 ? hold.destination() : it.destination();
        var type = hold.type() == COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_CAPTURE
                : TransactionType.CAPTURE;
        var rejection = check(type, hold.coin(), to, it.minor());
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
        if (requireNonNull(coin(to)).isFullFor(it.minor())) {
            return Rejection.OVERFLOW;
        }
        long released = it.keepRest() ? it.minor() : hold.remaining();
        var after = hold.less(released, Hold.State.CAPTURED);
        post(type, hold.coin(), to, it.minor(), -released, after, 0);
        return null;
    }

    private @Nullable Rejection reverse(Operation.Reverse it) {
        var hold = hold(it.holdId());
        if (hold == null) {
            return Rejection.HOLD_UNKNOWN;
        }
        var rejection = check(hold.coin());
        if (rejection != null) {
            return rejection;
        }
        if (hold.state() != Hold.State.OPEN) {
            return Rejection.HOLD_SPENT;
        }
        var type = hold.type() == COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_REVERSAL
                : TransactionType.REVERSAL;
        var state = hold.isExpired(books.at()) ? Hold.State.EXPIRED : Hold.State.REVERSED;
        long rest = hold.remaining();
        post(type, hold.coin(), 0, rest, -rest, hold.less(rest, state), 0);
        return null;
    }

    /// The first reason against value of this type going from one coin to the other.
    private @Nullable Rejection check(TransactionType type, long from, long to, long minor) {
        if (minor <= 0) {
            return Rejection.AMOUNT_NOT_POSITIVE;
        }
        if (from == to) {
            return Rejection.SAME_COIN;
        }
        var source = coin(from);
        var destination = coin(to);
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
        return type.fits(source.kind(), destination.kind()) ? null : Rejection.TYPE_NOT_ALLOWED;
    }

    /// The first reason against a transaction on one coin alone.
    private @Nullable Rejection check(long id) {
        var coin = coin(id);
        if (coin == null) {
            return Rejection.COIN_UNKNOWN;
        }
        if (coin.closed()) {
            return Rejection.COIN_CLOSED;
        }
        return coin.frozen() ? Rejection.COIN_FROZEN : null;
    }

    /// The first reason why so much cannot leave what is available of a coin (L5): only coins
    /// of issuers and of what came in may be overdrawn.
    ///
    /// @param to 0: nowhere yet
    private @Nullable Rejection funds(long from, long to, long minor) {
        var coin = requireNonNull(coin(from));
        if (coin.balance() - coin.held() < Long.MIN_VALUE + minor
                || (to != 0 && requireNonNull(coin(to)).isFullFor(minor))) {
            return Rejection.OVERFLOW;
        }
        boolean isShort = !coin.kind().mayOverdraw() && coin.available() < minor;
        return isShort ? Rejection.INSUFFICIENT_FUNDS : null;
    }

    /// @param to 0: the balance stays, and so does every other coin
    private void post(
            TransactionType type,
            long from,
            long to,
            long minor,
            long heldChange,
            @Nullable Hold hold,
            long corrects) {
        var source = requireNonNull(coin(from));
        var destination = to == 0 ? null : requireNonNull(coin(to));
        long moved = destination == null ? 0 : minor;
        var sourceAfter = source.after(
                source.balance() - moved,
                source.held() + heldChange,
                type == TransactionType.MERGE);
        coins.put(from, sourceAfter);
        Coin destinationAfter = null;
        if (destination != null) {
            destinationAfter =
                    destination.after(destination.balance() + moved, destination.held(), false);
            coins.put(to, destinationAfter);
            // L1: what left one coin arrived at the other. The database proves it again.
            if (source.balance() - sourceAfter.balance()
                    != destinationAfter.balance() - destination.balance()) {
                throw new IllegalStateException("a posting does not balance");
            }
        }
        if (hold != null) {
            holds.put(hold.id(), hold);
        }
        postings.add(new Posting(
                type, sourceAfter, destinationAfter, minor, heldChange, hold, corrects));
    }

    /// Whether the process is as the change expects; then it is as the change makes it.
    private boolean advance(ProcessChange change) {
        var state = states.containsKey(change.id())
                ? states.get(change.id())
                : books.processState(change.id());
        states.put(change.id(), change.newState());
        return Objects.equals(state, change.expectedState());
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
