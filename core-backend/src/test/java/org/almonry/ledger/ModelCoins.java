package org.almonry.ledger;

import static org.almonry.ledger.Rejection.AMOUNT_NOT_POSITIVE;
import static org.almonry.ledger.Rejection.COIN_CLOSED;
import static org.almonry.ledger.Rejection.COIN_FROZEN;
import static org.almonry.ledger.Rejection.COIN_UNKNOWN;
import static org.almonry.ledger.Rejection.CURRENCY_MISMATCH;
import static org.almonry.ledger.Rejection.INSUFFICIENT_FUNDS;
import static org.almonry.ledger.Rejection.ISSUER_MISMATCH;
import static org.almonry.ledger.Rejection.OVERFLOW;
import static org.almonry.ledger.Rejection.SAME_COIN;
import static org.almonry.ledger.Rejection.TYPE_NOT_ALLOWED;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The coins of a model, and the reasons against value going between them.
abstract class ModelCoins {
    /// A coin.
    static final class Purse {
        NewCoin name;
        long balance;
        long held;
        long limit;
        long sequence;
        boolean closed;
        boolean frozen;

        Purse copy() {
            var copy = new Purse();
            copy.name = name;
            copy.balance = balance;
            copy.held = held;
            copy.limit = limit;
            copy.sequence = sequence;
            copy.closed = closed;
            copy.frozen = frozen;
            return copy;
        }

        boolean is(CoinKind kind) {
            return name.kind() == kind;
        }
    }

    /// An amount set aside; `open` is what is left of it.
    record Held(
            boolean isCommission,
            boolean isOrder,
            long coin,
            long destination,
            long open,
            String state,
            Instant end) {}

    /// A transaction between two coins.
    record Moved(long source, long destination, long minor) {}

    /// What was posted under an id.
    record Done(PostRequest request, List<Long> transactions) {}

    Map<Long, Purse> coins = new LinkedHashMap<>();
    Map<Long, Held> holds = new LinkedHashMap<>();
    Map<Long, Moved> moves = new LinkedHashMap<>();
    Map<UUID, Done> done = new HashMap<>();
    Map<String, String> processes = new HashMap<>();
    Map<Long, LocalDate> closedTo = new HashMap<>();
    Set<Long> corrected = new HashSet<>();
    long last;
    Instant time = Instant.EPOCH;
    LocalDate effectiveOn = LocalDate.EPOCH;

    final EnumSet<Rejection> alone(long id) {
        var reasons = EnumSet.noneOf(Rejection.class);
        var coin = coins.get(id);
        add(reasons, COIN_UNKNOWN, coin == null);
        add(reasons, COIN_CLOSED, coin != null && coin.closed);
        add(reasons, COIN_FROZEN, coin != null && coin.frozen);
        return reasons;
    }

    final EnumSet<Rejection> between(long from, long to, String role) {
        var reasons = alone(from);
        reasons.addAll(alone(to));
        add(reasons, SAME_COIN, from == to);
        var source = coins.get(from);
        var destination = coins.get(to);
        if (source != null && destination != null) {
            var one = source.name;
            var other = destination.name;
            add(reasons, ISSUER_MISMATCH, one.issuerId() != other.issuerId());
            add(reasons, CURRENCY_MISMATCH, !one.currency().equals(other.currency()));
            boolean out = source.is(CoinKind.ISSUING);
            boolean back = destination.is(CoinKind.ISSUING);
            boolean fees = destination.is(CoinKind.COMMISSION) || destination.is(CoinKind.OVERHEAD);
            boolean right = switch (role) {
                case "issue" -> out && !back;
                case "redeem" -> !out && back;
                case "commission" -> !out && fees;
                default -> !out && !back;
            };
            add(reasons, TYPE_NOT_ALLOWED, !right);
        }
        return reasons;
    }

    final void amount(EnumSet<Rejection> reasons, long from, long to, long minor) {
        add(reasons, AMOUNT_NOT_POSITIVE, minor <= 0);
        var source = coins.get(from);
        var destination = coins.get(to);
        if (source != null && minor > 0) {
            var free = big(source.balance).subtract(big(source.held));
            add(reasons, OVERFLOW, !fits(free.subtract(big(minor))));
            boolean bound = !source.is(CoinKind.ISSUING) && !source.is(CoinKind.INCOMING);
            var available = free.add(big(source.limit));
            add(reasons, INSUFFICIENT_FUNDS, bound && available.compareTo(big(minor)) < 0);
        }
        add(reasons, OVERFLOW, destination != null && minor > 0 && isFull(destination, minor));
    }

    static boolean isFull(Purse coin, long minor) {
        return !fits(big(coin.balance).add(big(minor)).add(big(coin.limit)));
    }

    static boolean fits(BigInteger number) {
        return number.bitLength() < Long.SIZE;
    }

    static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }

    static void add(EnumSet<Rejection> reasons, Rejection reason, boolean holds) {
        if (holds) {
            reasons.add(reason);
        }
    }

    /// Whether one can walk from a coin back to it, other than through an issuer.
    final boolean turnsBack(List<Moved> edges) {
        for (var start : edges) {
            var reached = new HashSet<Long>();
            var open = new ArrayList<Long>(List.of(start.source()));
            while (!open.isEmpty()) {
                long at = open.removeLast();
                for (var edge : edges) {
                    boolean isWay = edge.source() == at
                            && !coins.get(edge.destination()).is(CoinKind.ISSUING);
                    if (isWay && edge.destination() == start.source()) {
                        return true;
                    }
                    if (isWay && reached.add(edge.destination())) {
                        open.add(edge.destination());
                    }
                }
            }
        }
        return false;
    }
}
