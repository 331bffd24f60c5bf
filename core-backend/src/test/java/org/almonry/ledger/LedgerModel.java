package org.almonry.ledger;

import static org.almonry.ledger.Rejection.ALREADY_CORRECTED;
import static org.almonry.ledger.Rejection.AMOUNT_NOT_POSITIVE;
import static org.almonry.ledger.Rejection.BALANCE_DIFFERS;
import static org.almonry.ledger.Rejection.COIN_EXISTS;
import static org.almonry.ledger.Rejection.COIN_HAS_HOLDS;
import static org.almonry.ledger.Rejection.CORRECTION_DIFFERS;
import static org.almonry.ledger.Rejection.CYCLE;
import static org.almonry.ledger.Rejection.HOLD_EXPIRED;
import static org.almonry.ledger.Rejection.HOLD_SPENT;
import static org.almonry.ledger.Rejection.HOLD_TOO_SMALL;
import static org.almonry.ledger.Rejection.HOLD_UNKNOWN;
import static org.almonry.ledger.Rejection.INSUFFICIENT_FUNDS;
import static org.almonry.ledger.Rejection.OVERFLOW;
import static org.almonry.ledger.Rejection.PERIOD_CLOSED;
import static org.almonry.ledger.Rejection.STALE_PROCESS;
import static org.almonry.ledger.Rejection.TRANSACTION_UNKNOWN;
import static org.almonry.ledger.Rejection.TYPE_NOT_ALLOWED;

import org.almonry.ledger.process.ProcessChange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/// What the ledger should do, said again in the simplest way and with none of its code: all
/// reasons against an operation are gathered, and the first in the order of [Rejection] is
/// the answer. Exact by big numbers; slow, and meant for a handful of coins.
final class LedgerModel extends ModelCoins {
    private final ToLongFunction<NewCoin> idOfNew;

    /// @param idOfNew the id that the ledger gave a coin which was split off
    LedgerModel(ToLongFunction<NewCoin> idOfNew) {
        this.idOfNew = idOfNew;
    }

    LedgerModel copy() {
        var copy = new LedgerModel(idOfNew);
        coins.forEach((id, coin) -> copy.coins.put(id, coin.copy()));
        copy.holds.putAll(holds);
        copy.moves.putAll(moves);
        copy.done.putAll(done);
        copy.processes.putAll(processes);
        copy.closedTo.putAll(closedTo);
        copy.corrected.addAll(corrected);
        copy.last = last;
        copy.time = time;
        return copy;
    }

    /// Takes over what the other one has become.
    private void become(LedgerModel other) {
        coins = other.coins;
        holds = other.holds;
        moves = other.moves;
        done = other.done;
        processes = other.processes;
        corrected = other.corrected;
        last = other.last;
        time = other.time;
    }

    /// The result of a request; what it does happens, if it does.
    PostResult post(PostRequest request, Instant now) {
        var before = done.get(request.requestId());
        if (before != null) {
            return sameInput(before.request(), request)
                    ? new PostResult.Replayed(before.transactions())
                    : new PostResult.Conflict(request.requestId());
        }
        var trial = copy();
        trial.time = now.isBefore(time) ? time : now;
        var touched = new HashSet<Long>();
        var edges = new ArrayList<Moved>();
        for (var operation : request.operations()) {
            var reasons = trial.operate(operation, touched, edges);
            if (!reasons.isEmpty()) {
                return rejected(reasons);
            }
        }
        var reasons = EnumSet.noneOf(Rejection.class);
        if (trial.turnsBack(edges)) {
            reasons.add(CYCLE);
        }
        var day = request.effectiveOn();
        for (long id : touched) {
            var to = closedTo.get(trial.coins.get(id).name.issuerId());
            if (to != null && !day.isAfter(to)) {
                day = to.plusDays(1);
            }
        }
        if (!day.equals(request.effectiveOn()) && !request.bookForward()) {
            reasons.add(PERIOD_CLOSED);
        }
        for (var change : request.processes()) {
            var state = trial.processes.get(change.id());
            switch (change) {
                case ProcessChange.Open it -> {
                    if (state != null) {
                        reasons.add(STALE_PROCESS);
                    }
                    trial.processes.put(it.id(), it.state());
                }
                case ProcessChange.Advance it -> {
                    if (!it.expectedState().equals(state)) {
                        reasons.add(STALE_PROCESS);
                    }
                    trial.processes.put(it.id(), it.newState());
                }
            }
        }
        if (!reasons.isEmpty()) {
            return rejected(reasons);
        }
        var ids = new ArrayList<Long>();
        for (long id = last + 1; id <= trial.last; id++) {
            ids.add(id);
        }
        trial.done.put(request.requestId(), new Done(request, ids));
        become(trial);
        effectiveOn = day;
        return new PostResult.Posted(ids);
    }

    private static PostResult rejected(EnumSet<Rejection> reasons) {
        return new PostResult.Rejected(reasons.iterator().next(), "");
    }

    private static boolean sameInput(PostRequest one, PostRequest other) {
        return one.operations().equals(other.operations())
                && one.effectiveOn().equals(other.effectiveOn())
                && one.processes().equals(other.processes())
                && String.valueOf(one.processId()).equals(String.valueOf(other.processId()))
                && one.bookForward() == other.bookForward();
    }

    private EnumSet<Rejection> operate(Operation operation, Set<Long> touched, List<Moved> edges) {
        return switch (operation) {
            case Operation.Move it -> move(it, 0, touched, edges);
            case Operation.Correction it -> move(it.of(), it.corrects(), touched, edges);
            case Operation.Split it -> split(it, touched, edges);
            case Operation.Merge it -> {
                var reasons = between(it.source(), it.destination(), "value");
                var source = coins.get(it.source());
                var destination = coins.get(it.destination());
                add(reasons, COIN_HAS_HOLDS, source != null && source.held > 0);
                add(reasons, INSUFFICIENT_FUNDS, source != null && source.balance < 0);
                add(
                        reasons,
                        OVERFLOW,
                        source != null
                                && destination != null
                                && source.balance > 0
                                && isFull(destination, source.balance));
                if (reasons.isEmpty()) {
                    carry(it.source(), it.destination(), source.balance, touched, edges);
                    source.closed = true;
                }
                yield reasons;
            }
            case Operation.Balance it -> {
                var reasons = alone(it.source());
                var coin = coins.get(it.source());
                add(reasons, BALANCE_DIFFERS, coin != null && coin.balance != it.expected());
                if (reasons.isEmpty()) {
                    mark(it.source(), touched);
                }
                yield reasons;
            }
            case Operation.Authorize it ->
                reserve(it.source(), it.destination(), it.minor(), it.expiresAt(), "A", touched);
            case Operation.AuthorizeCommission it ->
                reserve(it.source(), it.destination(), it.minor(), it.expiresAt(), "C", touched);
            case Operation.Hold it -> reserve(it.source(), 0, it.minor(), null, "H", touched);
            case Operation.Capture it -> capture(it, touched, edges);
            case Operation.Reverse it -> {
                var hold = holds.get(it.holdId());
                var reasons = hold == null ? EnumSet.of(HOLD_UNKNOWN) : alone(hold.coin());
                add(reasons, HOLD_SPENT, hold != null && !hold.state().equals("OPEN"));
                if (reasons.isEmpty()) {
                    coins.get(hold.coin()).held -= hold.open();
                    mark(hold.coin(), touched);
                    settle(it.holdId(), 0, isOver(hold) ? "EXPIRED" : "REVERSED");
                }
                yield reasons;
            }
        };
    }

    private EnumSet<Rejection> move(
            Operation.Move it, long corrects, Set<Long> touched, List<Moved> edges) {
        var role = switch (it) {
            case Operation.Issue _ -> "issue";
            case Operation.Redeem _ -> "redeem";
            case Operation.Transfer _ -> "value";
            case Operation.Commission _ -> "commission";
        };
        var reasons = between(it.source(), it.destination(), role);
        amount(reasons, it.source(), it.destination(), it.minor());
        if (corrects != 0) {
            var past = moves.get(corrects);
            add(reasons, TRANSACTION_UNKNOWN, past == null);
            add(
                    reasons,
                    CORRECTION_DIFFERS,
                    past != null
                            && !past.equals(new Moved(it.destination(), it.source(), it.minor())));
            add(reasons, ALREADY_CORRECTED, corrected.contains(corrects));
        }
        if (reasons.isEmpty()) {
            carry(it.source(), it.destination(), it.minor(), touched, edges);
            if (corrects != 0) {
                corrected.add(corrects);
            }
        }
        return reasons;
    }

    private EnumSet<Rejection> split(Operation.Split it, Set<Long> touched, List<Moved> edges) {
        long existing = coins.entrySet().stream()
                .filter(each -> isSame(each.getValue().name, it.into()))
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
        long id = existing != 0 ? existing : -1;
        if (existing == 0) {
            var fresh = new Purse();
            fresh.name = it.into();
            coins.put(id, fresh);
        }
        var reasons = between(it.source(), id, "value");
        amount(reasons, it.source(), id, it.minor());
        add(reasons, COIN_EXISTS, existing != 0);
        if (!reasons.isEmpty()) {
            coins.remove(-1L);
            return reasons;
        }
        long known = idOfNew.applyAsLong(it.into());
        // What comes later in the request may still be refused: then there is no such coin.
        long given = known != 0 ? known : -100 - coins.size();
        coins.put(given, coins.remove(-1L));
        carry(it.source(), given, it.minor(), touched, edges);
        return reasons;
    }

    private static boolean isSame(NewCoin one, NewCoin other) {
        return one.issuerId() == other.issuerId()
                && one.currency().code().equals(other.currency().code())
                && one.kind() == other.kind()
                && one.owner().equals(other.owner())
                && one.label().equals(other.label());
    }

    private EnumSet<Rejection> reserve(
            long from, long to, long minor, Instant end, String role, Set<Long> touched) {
        var reasons = to == 0
                ? alone(from)
                : between(from, to, role.equals("C") ? "commission" : "value");
        amount(reasons, from, to, minor);
        var coin = coins.get(from);
        add(reasons, TYPE_NOT_ALLOWED, to == 0 && role.equals("C"));
        add(reasons, TYPE_NOT_ALLOWED, coin != null && coin.is(CoinKind.ISSUING));
        add(reasons, HOLD_EXPIRED, end != null && !end.isAfter(time));
        add(reasons, OVERFLOW, coin != null && !fits(big(coin.held).add(big(minor))));
        if (reasons.isEmpty()) {
            coin.held += minor;
            mark(from, touched);
            holds.put(
                    last,
                    new Held(role.equals("C"), role.equals("H"), from, to, minor, "OPEN", end));
        }
        return reasons;
    }

    private EnumSet<Rejection> capture(Operation.Capture it, Set<Long> touched, List<Moved> edges) {
        var hold = holds.get(it.holdId());
        if (hold == null) {
            return EnumSet.of(it.minor() <= 0 ? AMOUNT_NOT_POSITIVE : HOLD_UNKNOWN);
        }
        long to = it.destination() == 0 ? hold.destination() : it.destination();
        var reasons = between(hold.coin(), to, hold.isCommission() ? "commission" : "value");
        add(reasons, AMOUNT_NOT_POSITIVE, it.minor() <= 0);
        add(reasons, TYPE_NOT_ALLOWED, hold.isOrder());
        add(reasons, TYPE_NOT_ALLOWED, hold.destination() != 0 && hold.destination() != to);
        add(reasons, HOLD_SPENT, !hold.state().equals("OPEN"));
        add(reasons, HOLD_EXPIRED, isOver(hold));
        add(reasons, HOLD_TOO_SMALL, it.minor() > hold.open());
        var destination = coins.get(to);
        add(reasons, OVERFLOW, destination != null && isFull(destination, it.minor()));
        if (reasons.isEmpty()) {
            long rest = it.keepRest() ? hold.open() - it.minor() : 0;
            coins.get(hold.coin()).held -= hold.open() - rest;
            carry(hold.coin(), to, it.minor(), touched, edges);
            settle(it.holdId(), rest, "CAPTURED");
        }
        return reasons;
    }

    private void settle(long id, long rest, String state) {
        var old = holds.get(id);
        holds.put(
                id,
                new Held(
                        old.isCommission(),
                        old.isOrder(),
                        old.coin(),
                        old.destination(),
                        rest,
                        rest > 0 ? "OPEN" : state,
                        old.end()));
    }

    private boolean isOver(Held hold) {
        return hold.end() != null && !hold.end().isAfter(time);
    }

    private void carry(long from, long to, long minor, Set<Long> touched, List<Moved> edges) {
        coins.get(from).balance -= minor;
        coins.get(to).balance += minor;
        mark(from, touched);
        coins.get(to).sequence++;
        touched.add(to);
        moves.put(last, new Moved(from, to, minor));
        edges.add(new Moved(from, to, minor));
    }

    private void mark(long coin, Set<Long> touched) {
        last++;
        coins.get(coin).sequence++;
        touched.add(coin);
    }
}
