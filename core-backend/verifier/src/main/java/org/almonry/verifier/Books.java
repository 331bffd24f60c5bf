package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.COIN;
import static org.almonry.verifier.Finding.Kind.CORRECTION;
import static org.almonry.verifier.Finding.Kind.PERIOD;
import static org.almonry.verifier.Finding.Kind.ROWS;
import static org.almonry.verifier.Finding.Kind.TRANSACTION;

import java.util.Arrays;

/// Keeps the books again, from the transactions alone, and says where a row does not
/// follow.
final class Books {
    private static final int ISSUE = 1;
    private static final int REDEEM = 2;
    private static final int COMMISSION = 4;
    private static final int SPLIT = 5;
    private static final int MERGE = 6;
    private static final int BALANCE = 7;
    private static final int AUTHORIZATION = 8;
    private static final int COMMISSION_AUTHORIZATION = 9;
    private static final int CAPTURE = 10;
    private static final int COMMISSION_CAPTURE = 11;
    private static final int REVERSAL = 12;
    private static final int COMMISSION_REVERSAL = 13;
    private static final int ADMINISTRATIVE_HOLD = 14;

    /// A batch that was under way when the period was closed may be recorded a little
    /// later.
    private static final long CLOSING_MICROS = 60_000_000;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    final Tables tables;
    final LongMap<Hold> holds = new LongMap<>();
    private final LongMap<long[]> corrected = new LongMap<>();
    private final Findings findings;
    private final Hints hints;

    Books(Tables tables, Findings findings, Hints hints) {
        this.tables = tables;
        this.findings = findings;
        this.hints = hints;
    }

    /// Judges the next transaction and books it. If its balances do not follow, the books
    /// go on from what it says, so that one fault is told once.
    void post(Row row, Coin source, Coin destination) {
        boolean isWhole =
                source != Coin.NONE && (destination != Coin.NONE || !row.hasDestination());
        if (!isWhole) {
            long missing = source == Coin.NONE ? row.sourceId : row.destinationId;
            wrong(row, "moves coin " + missing + ", which does not exist");
        } else {
            if (!isFormed(row, source, destination)) {
                wrong(
                        row,
                        "does not have the form of its type " + row.type + " on coins of kind "
                                + source.kind
                                + (row.hasDestination() ? " and " + destination.kind : ""));
            }
            if (row.hasDestination() && !Arrays.equals(source.sealedBook, destination.sealedBook)) {
                wrong(row, "moves between two issuers or currencies");
            }
        }
        if (source != Coin.NONE) {
            long held = row.heldChange == Row.NONE ? 0 : row.heldChange;
            leg(
                    row,
                    source,
                    row.hasDestination() ? -row.amount : 0,
                    row.sourceSeq,
                    row.sourceAfter);
            source.held += held;
            if (source.held < 0) {
                findings.add(
                        COIN,
                        source.place(),
                        "holds less than nothing after transaction " + row.id + ": "
                                + source.money(source.held));
            }
            period(row, source);
        }
        if (row.hasDestination() && destination != Coin.NONE) {
            leg(row, destination, row.amount, row.destinationSeq, row.destinationAfter);
        }
        hold(row, source);
        correction(row);
        tables.backdated(row, Math.floorDiv(row.recordedAt, MICROS_PER_DAY), findings, hints);
    }

    private void leg(Row row, Coin coin, long change, long seq, long after) {
        boolean isSource = row.sourceId == coin.id;
        if (seq != coin.seq + 1) {
            long between = after - change - coin.balance;
            if (seq > coin.seq + 1) {
                findings.add(
                        ROWS,
                        coin.place(),
                        "lacks its entries %d to %d before transaction %d; they changed it by %s"
                                .formatted(coin.seq + 1, seq - 1, row.id, coin.money(between)));
                if (seq == coin.seq + 2) {
                    hints.addGap(new Hints.Gap(coin.id, seq - 1, between, after - change));
                }
            } else {
                findings.add(
                        ROWS,
                        coin.place(),
                        "has entry %d again or late, in transaction %d; the one before was %d"
                                .formatted(seq, row.id, coin.seq));
            }
            hints.add(row.id, isSource ? Field.SOURCE_SEQ : Field.DESTINATION_SEQ, coin.seq + 1);
        } else if (after != coin.balance + change) {
            long implied = after - coin.balance;
            wrong(
                    row,
                    ("changes coin %d by %d by its amount, but by %d by the balances before (%d)"
                                    + " and after (%d): a difference of %s")
                            .formatted(
                                    coin.id,
                                    change,
                                    implied,
                                    coin.balance,
                                    after,
                                    coin.money(change - implied)));
            hints.add(row.id, Field.AMOUNT_MINOR, Math.abs(implied));
        }
        if (after != coin.balance + change) {
            hints.add(
                    row.id,
                    isSource ? Field.SOURCE_AFTER : Field.DESTINATION_AFTER,
                    coin.balance + change);
        }
        if (coin.closedAt != Row.NONE && row.recordedAt > coin.closedAt + CLOSING_MICROS) {
            findings.add(
                    COIN,
                    coin.place(),
                    "is closed since " + Field.moment(coin.closedAt) + ", but moved by transaction "
                            + row.id);
        }
        coin.balance = after;
        coin.seq = seq;
        coin.sum += change;
    }

    private static boolean isFormed(Row row, Coin source, Coin destination) {
        boolean isIssuing = source.isIssuing;
        boolean isTwo = row.hasDestination();
        if (isTwo != (row.destinationSeq != Row.NONE)
                || isTwo != (row.destinationAfter != Row.NONE)
                || (isTwo && row.sourceId == row.destinationId)
                || (row.expiresAt != Row.NONE
                        && row.type != AUTHORIZATION
                        && row.type != COMMISSION_AUTHORIZATION)
                || (row.intendedId != Row.NONE
                        && row.type != AUTHORIZATION
                        && row.type != COMMISSION_AUTHORIZATION)
                || (row.corrects != Row.NONE && row.type > COMMISSION)
                || row.amount < 0
                || (row.amount == 0 && row.type != MERGE && row.type != BALANCE)) {
            return false;
        }
        boolean isBack = isTwo && destination.isIssuing;
        boolean isPlain = isTwo && !isIssuing && !isBack;
        boolean fits = switch (row.type) {
            case ISSUE -> isTwo && isIssuing && !isBack;
            case REDEEM -> isTwo && !isIssuing && isBack;
            case COMMISSION, COMMISSION_CAPTURE ->
                isPlain
                        && (destination.kind.equals("COMMISSION")
                                || destination.kind.equals("OVERHEAD"));
            case SPLIT -> isPlain && row.destinationSeq == 1;
            case MERGE -> isPlain && row.sourceAfter == 0;
            case BALANCE -> !isTwo && row.amount == 0;
            case AUTHORIZATION,
                    COMMISSION_AUTHORIZATION,
                    REVERSAL,
                    COMMISSION_REVERSAL,
                    ADMINISTRATIVE_HOLD -> !isTwo && !isIssuing;
            default -> isPlain && row.type > 0 && row.type <= ADMINISTRATIVE_HOLD;
        };
        return fits && isHoldFormed(row);
    }

    private static boolean isHoldFormed(Row row) {
        return switch (row.type) {
            case AUTHORIZATION, COMMISSION_AUTHORIZATION, ADMINISTRATIVE_HOLD ->
                row.holdId == row.id && row.heldChange == row.amount;
            case CAPTURE, COMMISSION_CAPTURE ->
                row.holdId != Row.NONE
                        && row.holdId < row.id
                        && row.heldChange != Row.NONE
                        && row.heldChange <= -row.amount;
            case REVERSAL, COMMISSION_REVERSAL ->
                row.holdId != Row.NONE && row.holdId < row.id && row.heldChange == -row.amount;
            default -> row.holdId == Row.NONE && row.heldChange == Row.NONE;
        };
    }

    private void hold(Row row, Coin source) {
        switch (row.type) {
            case AUTHORIZATION, COMMISSION_AUTHORIZATION, ADMINISTRATIVE_HOLD -> {
                tables.hintHold(row, hints);
                holds.put(row.id, new Hold(row));
                if (row.heldChange != row.amount && row.heldChange != Row.NONE) {
                    wrong(
                            row,
                            "holds %d of an amount of %d: a difference of %s"
                                    .formatted(
                                            row.heldChange,
                                            row.amount,
                                            source.money(row.heldChange - row.amount)));
                }
            }
            case CAPTURE, COMMISSION_CAPTURE, REVERSAL, COMMISSION_REVERSAL -> spend(row, source);
            default -> {}
        }
    }

    private void spend(Row row, Coin source) {
        var hold = row.holdId == Row.NONE ? null : holds.get(row.holdId);
        if (hold == null) {
            wrong(row, "spends hold " + row.holdId + ", which no transaction opened");
            return;
        }
        boolean isCapture = row.type == CAPTURE || row.type == COMMISSION_CAPTURE;
        boolean isCommission = row.type == COMMISSION_CAPTURE || row.type == COMMISSION_REVERSAL;
        if (hold.coinId != row.sourceId) {
            wrong(row, "spends hold " + hold.id + " of coin " + hold.coinId);
        }
        if (isCapture && hold.intendedId != Row.NONE && hold.intendedId != row.destinationId) {
            wrong(
                    row,
                    "captures to coin %d what was meant for coin %d"
                            .formatted(row.destinationId, hold.intendedId));
        }
        if (isCommission != (hold.type == COMMISSION_AUTHORIZATION)
                || (isCapture && hold.type == ADMINISTRATIVE_HOLD)) {
            wrong(row, "spends a hold of type " + hold.type);
        }
        if (isCapture && hold.expiresAt != Row.NONE && hold.expiresAt <= row.recordedAt) {
            wrong(row, "captures a hold that expired at " + Field.moment(hold.expiresAt));
        }
        if (row.heldChange == Row.NONE) {
            return;
        }
        hold.spend(row, isCapture);
        if (hold.remaining < 0) {
            wrong(
                    row,
                    "spends more of hold %d than is left: %s"
                            .formatted(hold.id, source.money(-hold.remaining)));
        }
    }

    private void correction(Row row) {
        if (tables.isCorrected(row.id)) {
            corrected.put(row.id, new long[] {row.sourceId, row.destinationId, row.amount});
        }
        if (row.corrects == Row.NONE) {
            return;
        }
        if (tables.correctionOf(row.corrects) != row.id) {
            findings.add(
                    CORRECTION,
                    "transaction " + row.id,
                    "corrects transaction " + row.corrects
                            + ", but the table of corrections does not say so");
            return;
        }
        tables.seenCorrection(row.corrects);
        var original = corrected.get(row.corrects);
        if (original == null
                || original[0] != row.destinationId
                || original[1] != row.sourceId
                || original[2] != row.amount) {
            findings.add(
                    CORRECTION,
                    "transaction " + row.id,
                    "is not the opposite of transaction " + row.corrects);
            if (original != null) {
                hints.add(row.id, Field.AMOUNT_MINOR, original[2]);
            }
        }
    }

    private void period(Row row, Coin source) {
        for (var period : tables.periods(source.issuer)) {
            if (period.closedAt() + CLOSING_MICROS < row.recordedAt
                    && period.closedTo() >= row.effectiveOn) {
                findings.add(
                        PERIOD,
                        "transaction " + row.id,
                        "takes effect on %s, but up to %s the books were closed at %s, before it was recorded"
                                .formatted(
                                        Field.day(row.effectiveOn),
                                        Field.day(period.closedTo()),
                                        Field.moment(period.closedAt())));
                return;
            }
        }
    }

    private void wrong(Row row, String text) {
        findings.add(TRANSACTION, "transaction " + row.id, text);
    }
}
