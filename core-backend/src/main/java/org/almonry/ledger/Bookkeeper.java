package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges requests: operations and the state of coins and processes in, moves and new
/// states or a [Rejection] out.
///
/// Pure: it knows no database, no clock and no queue, and changes nothing that it is given.
final class Bookkeeper {
    /// What is known when a request is judged.
    interface Books {
        @Nullable
        Coin coin(long id);

        @Nullable
        String processState(String id);
    }

    /// One transaction, with both coins as they are after it.
    record Move(TransactionType type, Coin source, Coin destination, long minor) {}

    /// What came of judging a request.
    sealed interface Judgement {
        /// All of it fits; coins and states are as they are after the whole request.
        record Accepted(List<Move> moves, Map<Long, Coin> coins, Map<String, String> states)
                implements Judgement {}

        /// One part does not fit, so nothing of it happens.
        record Refused(Rejection rejection, String text) implements Judgement {}
    }

    private final Books books;
    private final Map<Long, Coin> coins = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    private Bookkeeper(Books books) {
        this.books = requireNonNull(books, "books is null");
    }

    static Judgement judge(PostRequest request, Books books) {
        return new Bookkeeper(books).judge(request);
    }

    private Judgement judge(PostRequest request) {
        var moves = new ArrayList<Move>(request.operations().size());
        for (var operation : request.operations()) {
            var rejection = check(operation);
            if (rejection != null) {
                return new Judgement.Refused(rejection, explain(rejection, operation));
            }
            moves.add(move(operation));
        }
        for (var change : request.processes()) {
            if (!advance(change)) {
                return new Judgement.Refused(
                        Rejection.STALE_PROCESS,
                        "Process %s has changed meanwhile.".formatted(change.id()));
            }
        }
        return new Judgement.Accepted(moves, coins, states);
    }

    /// The first reason against an operation, in the order of [Rejection].
    private @Nullable Rejection check(Operation operation) {
        long minor = operation.minor();
        if (minor <= 0) {
            return Rejection.AMOUNT_NOT_POSITIVE;
        }
        if (operation.source() == operation.destination()) {
            return Rejection.SAME_COIN;
        }
        var source = coin(operation.source());
        var destination = coin(operation.destination());
        if (source == null || destination == null) {
            return Rejection.COIN_UNKNOWN;
        }
        if (source.closed() || destination.closed()) {
            return Rejection.COIN_CLOSED;
        }
        if (source.issuerId() != destination.issuerId()) {
            return Rejection.ISSUER_MISMATCH;
        }
        if (!source.currency().equals(destination.currency())) {
            return Rejection.CURRENCY_MISMATCH;
        }
        if (!isAllowed(operation, source.kind(), destination.kind())) {
            return Rejection.TYPE_NOT_ALLOWED;
        }
        if (overflows(source, destination, minor)) {
            return Rejection.OVERFLOW;
        }
        if (!source.kind().mayOverdraw()
                && source.balance() - source.held() + source.creditLimit() < minor) {
            return Rejection.INSUFFICIENT_FUNDS;
        }
        return null;
    }

    private static boolean isAllowed(Operation operation, CoinKind source, CoinKind destination) {
        boolean fromIssuing = source == CoinKind.ISSUING;
        boolean toIssuing = destination == CoinKind.ISSUING;
        return switch (operation) {
            case Operation.Issue _ -> fromIssuing && !toIssuing;
            case Operation.Redeem _ -> !fromIssuing && toIssuing;
            case Operation.Transfer _ -> !fromIssuing && !toIssuing;
            case Operation.Commission _ -> !fromIssuing && destination == CoinKind.OVERHEAD;
        };
    }

    /// Whether a balance would leave the range of a long, or what is available of it would.
    private static boolean overflows(Coin source, Coin destination, long minor) {
        try {
            long less = Math.subtractExact(source.balance(), minor);
            Math.addExact(Math.subtractExact(less, source.held()), source.creditLimit());
            Math.addExact(Math.addExact(destination.balance(), minor), destination.creditLimit());
            return false;
        } catch (ArithmeticException e) {
            return true;
        }
    }

    private Move move(Operation operation) {
        var source = requireNonNull(coin(operation.source()));
        var destination = requireNonNull(coin(operation.destination()));
        var after = new Move(
                operation.type(),
                source.after(source.balance() - operation.minor()),
                destination.after(destination.balance() + operation.minor()),
                operation.minor());
        // L1: what left one coin arrived at the other. The database proves it again.
        if (source.balance() - after.source().balance()
                != after.destination().balance() - destination.balance()) {
            throw new IllegalStateException("a move does not balance");
        }
        coins.put(source.id(), after.source());
        coins.put(destination.id(), after.destination());
        return after;
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

    private static String explain(Rejection rejection, Operation operation) {
        var source = "coin_" + operation.source();
        var destination = "coin_" + operation.destination();
        return switch (rejection) {
            case AMOUNT_NOT_POSITIVE -> "The amount is not positive.";
            case SAME_COIN -> "Source and destination are both %s.".formatted(source);
            case COIN_UNKNOWN -> "%s or %s does not exist.".formatted(source, destination);
            case COIN_CLOSED -> "%s or %s is closed.".formatted(source, destination);
            case ISSUER_MISMATCH ->
                "%s and %s have different issuers.".formatted(source, destination);
            case CURRENCY_MISMATCH ->
                "%s and %s have different currencies.".formatted(source, destination);
            case TYPE_NOT_ALLOWED ->
                "A transaction of type %s from %s to %s is not allowed."
                        .formatted(operation.type().word(), source, destination);
            case OVERFLOW -> "The amount is too large for %s or %s.".formatted(source, destination);
            case INSUFFICIENT_FUNDS -> "%s has less than this amount available.".formatted(source);
            case STALE_PROCESS -> "A process has changed meanwhile.";
        };
    }
}
