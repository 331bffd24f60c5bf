package org.almonry.ledger;

import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.AuthorizeCommission;
import org.almonry.ledger.Operation.Balance;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Correction;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Merge;
import org.almonry.ledger.Operation.Move;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Reverse;
import org.almonry.ledger.Operation.Split;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.wire.Ids;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Makes requests up, good and bad, new and old, out of what a model knows.
final class SimulatedRequests {
    private static final long UNKNOWN = 900_000_000;
    private static final List<String> STATES = List.of("NEW", "BUSY", "DONE");

    private final Random random;
    private final List<PostRequest> past = new ArrayList<>();
    private final List<String> processes = new ArrayList<>();

    SimulatedRequests(Random random) {
        this.random = random;
        for (int i = 0; i < 3; i++) {
            processes.add(Ids.text("prc", uuid()));
        }
    }

    PostRequest next(LedgerModel model, Instant now) {
        boolean again = !past.isEmpty() && random.nextInt(8) == 0;
        var old = again ? past.get(random.nextInt(past.size())) : null;
        if (again && random.nextInt(4) > 0) {
            return old;
        }
        var operations = new ArrayList<Operation>();
        for (int i = random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0; i >= 0; i--) {
            operations.add(operation(model, now));
        }
        var changes = new ArrayList<ProcessChange>();
        if (random.nextInt(7) == 0) {
            changes.add(change());
        }
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var request = new PostRequest(
                again ? old.requestId() : uuid(),
                random.nextBoolean() ? processes.getFirst() : null,
                random.nextInt(5) == 0 ? day.minusDays(random.nextInt(8)) : day,
                operations,
                changes,
                List.of(),
                List.of(),
                random.nextBoolean());
        if (!again) {
            past.add(request);
        }
        return request;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private ProcessChange change() {
        var id = processes.get(random.nextInt(processes.size()));
        if (random.nextInt(3) == 0) {
            // A process of its own: what cannot be written must not hide another one.
            boolean poison = random.nextInt(3) == 0;
            var kind = poison ? FaultyJournal.POISON : "BOOKING";
            var own = poison ? Ids.text("prc", uuid()) : id;
            return new ProcessChange.Open(own, kind, "NEW", "", "{}", "job:test");
        }
        return new ProcessChange.Advance(id, state(), state(), "");
    }

    private String state() {
        return STATES.get(random.nextInt(STATES.size()));
    }

    private Operation operation(LedgerModel model, Instant now) {
        long source = coin(model);
        long other = coin(model);
        long minor = amount(model, source);
        return switch (random.nextInt(19)) {
            case 0, 1, 2 -> new Issue(of(model, CoinKind.ISSUING), other, minor);
            case 3 -> new Redeem(source, of(model, CoinKind.ISSUING), minor);
            case 4, 5, 6 -> new Transfer(source, other, minor);
            case 7 -> new Commission(source, of(model, CoinKind.OVERHEAD), minor);
            case 8 -> correction(model, source, other, minor);
            case 9 -> split(model, source, minor);
            case 10 -> random.nextInt(3) > 0 ? balance(model, source) : new Merge(source, other);
            case 11, 12 -> new Authorize(source, random.nextBoolean() ? other : 0, minor, end(now));
            case 13 ->
                new AuthorizeCommission(source, of(model, CoinKind.COMMISSION), minor, end(now));
            case 14 -> new Operation.Hold(source, minor);
            case 15 -> new Reverse(hold(model));
            default -> {
                long hold = hold(model);
                var held = model.holds.get(hold);
                boolean named = held != null && held.destination() == 0 || random.nextInt(9) == 0;
                yield new Capture(hold, named ? other : 0, part(held, minor), random.nextBoolean());
            }
        };
    }

    private Operation correction(LedgerModel model, long source, long other, long minor) {
        long id = pick(List.copyOf(model.moves.keySet()));
        var past = model.moves.get(id);
        if (past == null || random.nextInt(5) == 0) {
            return new Correction(new Transfer(source, other, minor), id);
        }
        long from = past.destination();
        long to = past.source();
        Move back = model.coins.get(to).is(CoinKind.ISSUING)
                ? new Redeem(from, to, past.minor())
                : model.coins.get(from).is(CoinKind.ISSUING)
                        ? new Issue(from, to, past.minor())
                        : new Transfer(from, to, past.minor());
        return new Correction(back, id);
    }

    private Operation split(LedgerModel model, long source, long minor) {
        var coin = model.coins.get(source);
        var like = coin == null ? model.coins.values().iterator().next().name : coin.name;
        var kind = random.nextInt(6) == 0 ? CoinKind.ISSUING : CoinKind.POT;
        var owner = "split " + random.nextInt(4);
        return new Split(
                source, new NewCoin(like.issuerId(), like.currency(), kind, owner, owner), minor);
    }

    private Operation balance(LedgerModel model, long coin) {
        var known = model.coins.get(coin);
        long off = random.nextInt(3) == 0 ? 1 : 0;
        return new Balance(coin, known == null ? 0 : known.balance + off);
    }

    private Instant end(Instant now) {
        return random.nextBoolean() ? null : now.plusSeconds(random.nextInt(120) - 10);
    }

    private long part(LedgerModel.Held held, long minor) {
        return held == null || held.open() == 0 || random.nextInt(4) == 0
                ? minor
                : random.nextBoolean() ? held.open() : 1 + random.nextLong(held.open());
    }

    private long amount(LedgerModel model, long source) {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return -random.nextInt(2);
        }
        if (kind == 1) {
            return Long.MAX_VALUE - random.nextInt(50);
        }
        if (kind == 2) {
            return Long.MAX_VALUE / 2 + random.nextInt(50);
        }
        var coin = model.coins.get(source);
        if (kind < 8 && coin != null && coin.balance > 0) {
            return coin.balance - Math.min(coin.held, coin.balance - 1);
        }
        return 1 + random.nextInt(kind < 20 ? 300 : 60);
    }

    private long hold(LedgerModel model) {
        return pick(List.copyOf(model.holds.keySet()));
    }

    private long coin(LedgerModel model) {
        return pick(List.copyOf(model.coins.keySet()));
    }

    /// One of them, seldom one that does not exist; the last ones more often.
    private long pick(List<Long> ids) {
        if (ids.isEmpty() || random.nextInt(30) == 0) {
            return UNKNOWN;
        }
        int from = random.nextInt(ids.size());
        return ids.get(from + random.nextInt(ids.size() - from));
    }

    private long of(LedgerModel model, CoinKind kind) {
        return random.nextInt(12) == 0
                ? coin(model)
                : model.coins.entrySet().stream()
                        .filter(each -> each.getValue().is(kind))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
    }
}
