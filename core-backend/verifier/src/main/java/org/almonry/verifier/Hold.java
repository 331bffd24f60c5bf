package org.almonry.verifier;

/// A hold as the journal makes it, to be compared with the row that the table has.
final class Hold {
    static final String HEADER = "id,coin_id,destination_id,type,amount_minor,remaining_minor,"
            + "captured_minor,state,expires_at,opened_at,resolved_at";

    final long id;
    final long coinId;
    final long intendedId;
    final int type;
    final long amount;
    final long expiresAt;
    final long openedAt;
    long remaining;
    long captured;
    private long spentAt = Row.NONE;
    private boolean isCapturedThen;

    Hold(Row row) {
        id = row.id;
        coinId = row.sourceId;
        intendedId = row.intendedId;
        type = row.type;
        amount = row.amount;
        expiresAt = row.expiresAt;
        openedAt = row.recordedAt;
        remaining = row.amount;
    }

    void spend(Row row, boolean isCapture) {
        // What one batch did counts as one step.
        isCapturedThen = isCapture || (isCapturedThen && spentAt == row.recordedAt);
        spentAt = row.recordedAt;
        remaining += row.heldChange;
        if (isCapture) {
            captured += row.amount;
        }
    }

    String state() {
        if (remaining != 0) {
            return "OPEN";
        }
        if (isCapturedThen) {
            return "CAPTURED";
        }
        return expiresAt != Row.NONE && expiresAt <= spentAt ? "EXPIRED" : "REVERSED";
    }

    long resolvedAt() {
        return remaining == 0 ? spentAt : Row.NONE;
    }
}
