package org.almonry.ledger;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/// Judges requests, each on top of those before it: operations and the picture of the books
/// in, postings and the changed picture out, or a [Rejection].
///
/// It knows no database, no clock and no queue. What it refuses leaves no trace, and the
/// first reason that it comes to is the answer: they stand in the documented order.
final class Bookkeeper {
    private final Picture books;
    private final Batch batch;
    /// What the request in hand comes to.
    private List<Posting> postings = List.of();
    /// What is being judged, for the words of a rejection.
    private Object subject = "";

    Bookkeeper(Picture books, Batch batch) {
        this.books = books;
        this.batch = batch;
    }

    PostResult judge(Intake.Ticket ticket) {
        var request = ticket.request();
        var before = books.requests.get(request.requestId());
        if (before != null) {
            return MessageDigest.isEqual(before.digest(), ticket.digest())
                    ? new PostResult.Replayed(before.transactionIds())
                    : new PostResult.Conflict(request.requestId());
        }
        int mark = books.undoLog.size();
        try {
            postings = new ArrayList<>();
            for (var operation : request.operations()) {
                subject = operation;
                post(operation);
            }
            subject = request.requestId();
            refuseIf(postings.size() > 1 && Posting.leadBack(postings), Rejection.CYCLE);
            var day = request.effectiveOn();
            for (var posting : postings) {
                // Both coins are of one issuer, whose books may be closed.
                var closedTo = posting.source().closedTo();
                day = closedTo == null || day.isAfter(closedTo) ? day : closedTo.plusDays(1);
            }
            subject = day;
            boolean isClosed = !day.equals(request.effectiveOn());
            refuseIf(isClosed && !request.bookForward(), Rejection.PERIOD_CLOSED);
            for (var change : request.processes()) {
                subject = change.id();
                var state = books.processStates.get(change.id());
                refuseIf(!Objects.equals(state, change.expectedState()), Rejection.STALE_PROCESS);
                books.put(books.processStates, change.id(), change.newState());
            }
            long first = batch.nextId();
            var ids = LongStream.range(first, first + postings.size()).boxed().toList();
            var digest = ticket.digest();
            books.put(books.requests, request.requestId(), new Journal.Known(digest, ids));
            batch.accepted().add(new Batch.Accepted(request, digest, day, first, postings));
            return new PostResult.Posted(ids);
        } catch (Refusal e) {
            books.undo(mark);
            return new PostResult.Rejected(e.rejection, e.rejection.text() + ": " + subject);
        }
    }

    private void post(Operation operation) {
        switch (operation) {
            case Operation.Move it -> {
                check(it.type(), it.source(), it.destination(), it.minor());
                move(it.type(), it.source(), it.destination(), it.minor(), 0);
            }
            case Operation.Correction it -> correct(it.of(), it.corrects());
            case Operation.Split it -> split(it);
            case Operation.Merge it -> merge(it.source(), it.destination());
            case Operation.Balance it -> {
                var coin = check(it.source());
                refuseIf(coin.balance() != it.expected(), Rejection.BALANCE_DIFFERS);
                var after = coin.after(0, 0, false);
                post(new Posting(TransactionType.BALANCE, after, null, 0, 0, null, 0));
            }
            case Operation.Authorize it ->
                reserve(it, TransactionType.AUTHORIZATION, it.minor(), it.expiresAt());
            case Operation.AuthorizeCommission it ->
                reserve(it, TransactionType.COMMISSION_AUTHORIZATION, it.minor(), it.expiresAt());
            case Operation.Hold it -> reserve(it, TransactionType.HOLD, it.minor(), null);
            case Operation.Capture it -> capture(it);
            case Operation.Reverse it -> reverse(it);
        }
    }

    private void correct(Operation.Move of, long corrects) {
        check(of.type(), of.source(), of.destination(), of.minor());
        var past = orRefuse(books.pasts.get(corrects), Rejection.TRANSACTION_UNKNOWN);
        boolean isOpposite = of.source() == past.destination()
                && of.destination() == past.source()
                && of.minor() == past.minor();
        refuseIf(!isOpposite, Rejection.CORRECTION_DIFFERS);
        refuseIf(past.isCorrected(), Rejection.ALREADY_CORRECTED);
        var undone = new Journal.Past(past.source(), past.destination(), past.minor(), true);
        books.put(books.pasts, corrects, undone);
        move(of.type(), of.source(), of.destination(), of.minor(), corrects);
    }

    private void split(Operation.Split it) {
        long id = orRefuse(books.coinIds.get(it.into().key()), Rejection.COIN_UNKNOWN);
        boolean exists = books.coins.containsKey(id);
        if (!exists) {
            var source = books.coins.get(it.source());
            var closedTo = source == null ? null : source.closedTo();
            books.put(books.coins, id, Coin.opened(id, it.into(), closedTo));
        }
        check(TransactionType.SPLIT, it.source(), id, it.minor());
        refuseIf(exists, Rejection.COIN_EXISTS);
        move(TransactionType.SPLIT, it.source(), id, it.minor(), 0);
    }

    private void merge(long from, long to) {
        // Nothing to move is no reason against a merge, so some amount is judged here.
        check(TransactionType.MERGE, from, to, 1);
        var source = coin(from);
        var destination = coin(to);
        long all = source.balance();
        refuseIf(source.held() > 0, Rejection.COIN_HAS_HOLDS);
        refuseIf(all < 0, Rejection.INSUFFICIENT_FUNDS);
        refuseIf(destination.isFullFor(all), Rejection.OVERFLOW);
        var closed = source.after(-all, 0, true);
        var filled = destination.after(all, 0, false);
        post(new Posting(TransactionType.MERGE, closed, filled, all, 0, null, 0));
    }

    private void reserve(
            Operation it, TransactionType type, long minor, @Nullable Instant expiresAt) {
        refuseIf(minor <= 0, Rejection.AMOUNT_NOT_POSITIVE);
        long to = it.destination();
        if (to == 0) {
            refuseIf(check(it.source()).kind() == CoinKind.ISSUING, Rejection.TYPE_NOT_ALLOWED);
            // A commission is never reserved for nobody in particular.
            refuseIf(type == TransactionType.COMMISSION_AUTHORIZATION, Rejection.TYPE_NOT_ALLOWED);
        } else {
            check(type, it.source(), to, minor);
        }
        var coin = coin(it.source());
        long id = batch.nextId() + postings.size();
        var end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        var hold = new Hold(id, type, coin.id(), to, minor, minor, Hold.State.OPEN, end);
        refuseIf(hold.isExpired(batch.at()), Rejection.HOLD_EXPIRED);
        refuseIf(coin.held() > Long.MAX_VALUE - minor, Rejection.OVERFLOW);
        checkFunds(coin, to == 0 ? null : coin(to), minor);
        post(new Posting(type, coin.after(0, minor, false), null, minor, minor, hold, 0));
    }

    private void capture(Operation.Capture it) {
        refuseIf(it.minor() <= 0, Rejection.AMOUNT_NOT_POSITIVE);
        var hold = orRefuse(books.holds.get(it.holdId()), Rejection.HOLD_UNKNOWN);
        long to = it.destination() == 0 ? hold.destination() : it.destination();
        var type = hold.type() == TransactionType.COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_CAPTURE
                : TransactionType.CAPTURE;
        check(type, hold.coin(), to, it.minor());
        boolean isMeantFor = hold.destination() == 0 || hold.destination() == to;
        refuseIf(hold.type() == TransactionType.HOLD || !isMeantFor, Rejection.TYPE_NOT_ALLOWED);
        refuseIf(hold.state() != Hold.State.OPEN, Rejection.HOLD_SPENT);
        refuseIf(hold.isExpired(batch.at()), Rejection.HOLD_EXPIRED);
        refuseIf(hold.remaining() < it.minor(), Rejection.HOLD_TOO_SMALL);
        refuseIf(coin(to).isFullFor(it.minor()), Rejection.OVERFLOW);
        long released = it.keepRest() ? it.minor() : hold.remaining();
        var source = coin(hold.coin()).after(-it.minor(), -released, false);
        var destination = coin(to).after(it.minor(), 0, false);
        var after = hold.less(released, Hold.State.CAPTURED);
        post(new Posting(type, source, destination, it.minor(), -released, after, 0));
    }

    private void reverse(Operation.Reverse it) {
        var hold = orRefuse(books.holds.get(it.holdId()), Rejection.HOLD_UNKNOWN);
        var coin = check(hold.coin());
        refuseIf(hold.state() != Hold.State.OPEN, Rejection.HOLD_SPENT);
        var type = hold.type() == TransactionType.COMMISSION_AUTHORIZATION
                ? TransactionType.COMMISSION_REVERSAL
                : TransactionType.REVERSAL;
        var state = hold.isExpired(batch.at()) ? Hold.State.EXPIRED : Hold.State.REVERSED;
        long rest = hold.remaining();
        var after = hold.less(rest, state);
        post(new Posting(type, coin.after(0, -rest, false), null, rest, -rest, after, 0));
    }

    /// Refuses value of this type that would go from one coin to the other.
    private void check(TransactionType type, long from, long to, long minor) {
        refuseIf(minor <= 0, Rejection.AMOUNT_NOT_POSITIVE);
        refuseIf(from == to, Rejection.SAME_COIN);
        var source = coin(from);
        var destination = coin(to);
        refuseIf(source.closed() || destination.closed(), Rejection.COIN_CLOSED);
        refuseIf(source.frozen() || destination.frozen(), Rejection.COIN_FROZEN);
        refuseIf(source.issuerId() != destination.issuerId(), Rejection.ISSUER_MISMATCH);
        refuseIf(!source.currency().equals(destination.currency()), Rejection.CURRENCY_MISMATCH);
        refuseIf(!type.fits(source.kind(), destination.kind()), Rejection.TYPE_NOT_ALLOWED);
    }

    /// Refuses a transaction on one coin alone.
    private Coin check(long id) {
        var coin = coin(id);
        refuseIf(coin.closed(), Rejection.COIN_CLOSED);
        refuseIf(coin.frozen(), Rejection.COIN_FROZEN);
        return coin;
    }

    /// L5: nothing is taken that is not there, unless the coin may be overdrawn.
    private static void checkFunds(Coin source, @Nullable Coin destination, long minor) {
        boolean isFull = destination != null && destination.isFullFor(minor);
        boolean isEmpty = source.balance() - source.held() < Long.MIN_VALUE + minor;
        refuseIf(isFull || isEmpty, Rejection.OVERFLOW);
        boolean isShort = !source.kind().mayOverdraw() && source.available() < minor;
        refuseIf(isShort, Rejection.INSUFFICIENT_FUNDS);
    }

    /// Moves value between coins that were checked, if there is enough.
    private void move(TransactionType type, long from, long to, long minor, long corrects) {
        checkFunds(coin(from), coin(to), minor);
        var source = coin(from).after(-minor, 0, false);
        var destination = coin(to).after(minor, 0, false);
        post(new Posting(type, source, destination, minor, 0, null, corrects));
    }

    private void post(Posting posting) {
        var source = posting.source();
        var destination = posting.destination();
        long sum = source.balance() - coin(source.id()).balance();
        books.put(books.coins, source.id(), source);
        if (destination != null) {
            sum += destination.balance() - coin(destination.id()).balance();
            books.put(books.coins, destination.id(), destination);
        }
        // L1: what left one coin arrived at the other. The database proves it again.
        if (sum != 0) {
            throw new IllegalStateException("a posting does not balance");
        }
        if (posting.hold() != null) {
            books.put(books.holds, posting.hold().id(), posting.hold());
        }
        postings.add(posting);
    }

    private Coin coin(long id) {
        return orRefuse(books.coins.get(id), Rejection.COIN_UNKNOWN);
    }

    private static <T> T orRefuse(@Nullable T known, Rejection rejection) {
        if (known == null) {
            throw new Refusal(rejection);
        }
        return known;
    }

    private static void refuseIf(boolean reason, Rejection rejection) {
        if (reason) {
            throw new Refusal(rejection);
        }
    }

    /// Ends the judging of a request. It never leaves this class, and needs no trace.
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Rejection rejection;

        Refusal(Rejection rejection) {
            super(null, null, false, false);
            this.rejection = rejection;
        }
    }
}
