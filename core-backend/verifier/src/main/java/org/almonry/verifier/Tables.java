package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.COIN;
import static org.almonry.verifier.Finding.Kind.CORRECTION;
import static org.almonry.verifier.Finding.Kind.HOLD;
import static org.almonry.verifier.Finding.Kind.PERIOD;
import static org.almonry.verifier.Finding.Kind.ROWS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The tables that only repeat what the journal says, faster to read. They are no history;
/// here they are compared with it.
final class Tables implements AutoCloseable {
    static final String CORRECTIONS = "corrected_id,transaction_id";
    static final String PERIODS = "issuer_id,closed_to,closed_at,closed_by";
    static final String BACKDATED = "transaction_id,coin_id,effective_on,recorded_on,change_minor";

    record Period(long issuer, long closedTo, long closedAt) {}

    record HoldRow(
            long coinId,
            long intendedId,
            int type,
            long amount,
            long remaining,
            long captured,
            String state,
            long expiresAt,
            long openedAt,
            long resolvedAt) {}

    private final CoinMap coins = new CoinMap();
    final List<Coin> coinList = new ArrayList<>();
    final List<Period> periodList = new ArrayList<>();
    private final Map<Long, List<Period>> periods = new HashMap<>();
    private final TreeMap<Long, HoldRow> holds = new TreeMap<>();
    private final TreeMap<Long, Long> corrections = new TreeMap<>();
    private final Map<Long, Long> corrects = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private final CsvFile backdated;
    private boolean hasBackdated;

    Tables(Export export, Findings findings) {
        try (var file = export.open("coins.csv", Coin.HEADER)) {
            var before = Coin.NONE;
            while (file.next()) {
                var coin = new Coin(file, before);
                before = coin;
                if (coins.get(coin.id) != null) {
                    findings.add(ROWS, coin.place(), "is there twice");
                }
                coins.put(coin);
                coinList.add(coin);
            }
        }
        try (var file = export.open("holds.csv", Hold.HEADER)) {
            while (file.next()) {
                holds.put(file.number(0), hold(file));
            }
        }
        try (var file = export.open("corrections.csv", CORRECTIONS)) {
            while (file.next()) {
                corrections.put(file.number(0), file.number(1));
            }
        }
        try (var file = export.open("periods.csv", PERIODS)) {
            while (file.next()) {
                period(new Period(file.number(0), file.number(1), file.number(2)), findings);
            }
        }
        backdated = export.open("backdated.csv", BACKDATED);
        hasBackdated = backdated.next();
    }

    Coin coin(long id) {
        var coin = id == Row.NONE ? null : coins.get(id);
        return coin == null ? Coin.NONE : coin;
    }

    List<Period> periods(long issuer) {
        return periods.isEmpty() ? List.of() : periods.getOrDefault(issuer, List.of());
    }

    boolean isCorrected(long transaction) {
        return !corrections.isEmpty() && corrections.containsKey(transaction);
    }

    /// The transaction that corrects this one, by the table.
    long correctionOf(long transaction) {
        return corrections.getOrDefault(transaction, Row.NONE);
    }

    /// What this transaction corrects, by the table.
    Optional<Long> correctedBy(long transaction) {
        if (corrects.isEmpty()) {
            corrections.forEach((corrected, by) -> corrects.put(by, corrected));
        }
        return Optional.ofNullable(corrects.get(transaction));
    }

    void seenCorrection(long transaction) {
        seen.add(transaction);
    }

    /// What the table says of a hold may be what its transaction once said.
    void hintHold(Row row, Hints hints) {
        var stated = holds.get(row.id);
        if (stated == null) {
            return;
        }
        if (stated.expiresAt() != row.expiresAt) {
            hints.add(row.id, Field.EXPIRES_AT, stated.expiresAt());
        }
        if (stated.intendedId() != row.intendedId) {
            hints.add(row.id, Field.DESTINATION_ID, stated.intendedId());
        }
        if (stated.amount() != row.amount) {
            hints.add(row.id, Field.AMOUNT_MINOR, stated.amount());
            hints.add(row.id, Field.HELD_CHANGE, stated.amount());
        }
        if (stated.type() != row.type) {
            hints.add(row.id, Field.TYPE, stated.type());
        }
    }

    /// Compares the legs that took effect on another day than that of their record.
    void backdated(Row row, long recordedOn, Findings findings, Hints hints) {
        while (hasBackdated && backdated.number(0) < row.id) {
            stray(findings);
        }
        if (row.effectiveOn != recordedOn && row.hasDestination()) {
            long low = Math.min(row.sourceId, row.destinationId);
            long high = Math.max(row.sourceId, row.destinationId);
            leg(row, low, recordedOn, findings, hints);
            leg(row, high, recordedOn, findings, hints);
        }
        while (hasBackdated && backdated.number(0) == row.id) {
            hints.add(row.id, Field.EFFECTIVE_ON, backdated.number(2));
            stray(findings);
        }
    }

    private void leg(Row row, long coin, long recordedOn, Findings findings, Hints hints) {
        long change = coin == row.sourceId ? -row.amount : row.amount;
        var place = "transaction " + row.id;
        if (!hasBackdated || backdated.number(0) != row.id || backdated.number(1) != coin) {
            findings.add(
                    ROWS,
                    place,
                    ("takes effect on %s, was recorded on %s, and is not among the backdated ones"
                                    + " of coin %d: %+d are missing there")
                            .formatted(
                                    Field.day(row.effectiveOn),
                                    Field.day(recordedOn),
                                    coin,
                                    change));
            hints.add(row.id, Field.EFFECTIVE_ON, recordedOn);
            return;
        }
        if (backdated.number(2) != row.effectiveOn
                || backdated.number(3) != recordedOn
                || backdated.number(4) != change) {
            findings.add(
                    ROWS,
                    place,
                    "is backdated on coin %d with %s, %s, %+d instead of %s, %s, %+d"
                            .formatted(
                                    coin,
                                    Field.day(backdated.number(2)),
                                    Field.day(backdated.number(3)),
                                    backdated.number(4),
                                    Field.day(row.effectiveOn),
                                    Field.day(recordedOn),
                                    change));
            hints.add(row.id, Field.EFFECTIVE_ON, backdated.number(2));
            hints.add(row.id, Field.AMOUNT_MINOR, Math.abs(backdated.number(4)));
        }
        hasBackdated = backdated.next();
    }

    private void stray(Findings findings) {
        findings.add(
                ROWS,
                "transaction " + backdated.number(0),
                "is backdated on coin %d by %+d, but was not"
                        .formatted(backdated.number(1), backdated.number(4)));
        hasBackdated = backdated.next();
    }

    /// After the last transaction: what the tables have, and the journal has not.
    void compare(Books books, Findings findings, Hints hints) {
        while (hasBackdated) {
            stray(findings);
        }
        var sums = new TreeMap<String, Long>();
        for (var coin : coinList) {
            compare(coin, findings, hints);
            sums.merge(
                    "issuer " + coin.issuer + " in " + coin.currency,
                    coin.statedBalance,
                    Long::sum);
        }
        sums.forEach((book, sum) -> {
            if (sum != 0) {
                findings.add(COIN, book, "its coins sum to %+d instead of zero".formatted(sum));
            }
        });
        corrections.forEach((corrected, by) -> {
            if (!seen.contains(corrected)) {
                findings.add(
                        CORRECTION,
                        "transaction " + corrected,
                        "is said to be corrected by transaction " + by
                                + ", which does not correct it");
            }
        });
        compareHolds(books, findings, hints);
    }

    private static void compare(Coin coin, Findings findings, Hints hints) {
        if (coin.statedSeq > coin.seq) {
            findings.add(
                    ROWS,
                    coin.place(),
                    "lacks its entries %d to %d at the end; they changed it by %s"
                            .formatted(
                                    coin.seq + 1,
                                    coin.statedSeq,
                                    coin.money(coin.statedBalance - coin.balance)));
            if (coin.statedSeq == coin.seq + 1) {
                hints.addGap(new Hints.Gap(
                        coin.id,
                        coin.statedSeq,
                        coin.statedBalance - coin.balance,
                        coin.statedBalance));
            }
        } else if (coin.statedSeq < coin.seq) {
            findings.add(
                    COIN,
                    coin.place(),
                    "has %d entries, its row says %d".formatted(coin.seq, coin.statedSeq));
        }
        if (coin.statedBalance != coin.balance) {
            findings.add(
                    COIN,
                    coin.place(),
                    "its row says balance %d, its last entry says %d: a difference of %s"
                            .formatted(
                                    coin.statedBalance,
                                    coin.balance,
                                    coin.money(coin.statedBalance - coin.balance)));
        }
        if (coin.sum != coin.balance) {
            findings.add(
                    COIN,
                    coin.place(),
                    "its entries sum to %d, the last one says %d: a difference of %s"
                            .formatted(
                                    coin.sum, coin.balance, coin.money(coin.balance - coin.sum)));
        }
        if (coin.statedHeld != coin.held) {
            findings.add(
                    COIN,
                    coin.place(),
                    "its row says held %d, its entries say %d: a difference of %s"
                            .formatted(
                                    coin.statedHeld,
                                    coin.held,
                                    coin.money(coin.statedHeld - coin.held)));
        }
        if (!coin.mayOverdraw() && coin.statedBalance - coin.statedHeld + coin.creditLimit < 0) {
            findings.add(
                    COIN,
                    coin.place(),
                    "is overdrawn by "
                            + coin.money(coin.statedBalance - coin.statedHeld + coin.creditLimit));
        }
    }

    private void compareHolds(Books books, Findings findings, Hints hints) {
        long[] known = {0};
        holds.forEach((id, stated) -> {
            var place = "hold " + id;
            var hold = books.holds.get(id);
            if (hold == null) {
                findings.add(
                        HOLD,
                        place,
                        "was opened by no transaction; its row holds %+d minor units on coin %d"
                                .formatted(stated.remaining(), stated.coinId()));
                return;
            }
            known[0]++;
            hints.addHold(
                    id, stated.remaining() - hold.remaining, stated.captured() - hold.captured);
            differs(findings, place, "coin_id", stated.coinId(), hold.coinId);
            differs(findings, place, "destination_id", stated.intendedId(), hold.intendedId);
            differs(findings, place, "type", stated.type(), hold.type);
            differs(findings, place, "amount_minor", stated.amount(), hold.amount);
            differs(findings, place, "remaining_minor", stated.remaining(), hold.remaining);
            differs(findings, place, "captured_minor", stated.captured(), hold.captured);
            differs(findings, place, "expires_at", stated.expiresAt(), hold.expiresAt);
            differs(findings, place, "opened_at", stated.openedAt(), hold.openedAt);
            differs(findings, place, "resolved_at", stated.resolvedAt(), hold.resolvedAt());
            if (!stated.state().equals(hold.state())) {
                findings.add(
                        HOLD,
                        place,
                        "its row says state %s, the journal says %s"
                                .formatted(stated.state(), hold.state()));
            }
        });
        if (known[0] < books.holds.size()) {
            books.holds.forEach(hold -> {
                if (!holds.containsKey(hold.id)) {
                    findings.add(
                            HOLD,
                            "hold " + hold.id,
                            "of transaction %d has no row; %+d minor units of coin %d are left of it"
                                    .formatted(hold.id, hold.remaining, hold.coinId));
                }
            });
        }
    }

    private static void differs(
            Findings findings, String place, String field, long stated, long right) {
        if (stated == right) {
            return;
        }
        boolean isMoment = field.endsWith("_at");
        findings.add(
                HOLD,
                place,
                "its row says %s %s, the journal says %s%s"
                        .formatted(
                                field,
                                show(isMoment, stated),
                                show(isMoment, right),
                                field.endsWith("_minor")
                                        ? ": a difference of %+d".formatted(stated - right)
                                        : ""));
    }

    private static String show(boolean isMoment, long value) {
        return isMoment ? Field.moment(value) : value == Row.NONE ? "none" : Long.toString(value);
    }

    private void period(Period period, Findings findings) {
        var known = periods.computeIfAbsent(period.issuer(), issuer -> new ArrayList<>());
        if (!known.isEmpty() && known.getLast().closedAt() > period.closedAt()) {
            findings.add(
                    PERIOD,
                    "issuer " + period.issuer(),
                    "closed its books up to %s at %s, after it had closed up to %s at %s"
                            .formatted(
                                    Field.day(known.getLast().closedTo()),
                                    Field.moment(known.getLast().closedAt()),
                                    Field.day(period.closedTo()),
                                    Field.moment(period.closedAt())));
        }
        known.add(period);
        periodList.add(period);
    }

    private static HoldRow hold(CsvFile file) {
        return new HoldRow(
                file.number(1),
                file.number(2, Row.NONE),
                file.small(3),
                file.number(4),
                file.number(5),
                file.number(6),
                file.text(7),
                file.number(8, Row.NONE),
                file.number(9),
                file.number(10, Row.NONE));
    }

    @Override
    public void close() {
        backdated.close();
    }
}
