package org.almonry.verifier;

/// A transaction that was read, with its coins. The object is used again: what must stay is
/// copied.
final class Row {
    /// Stands for an absent number.
    static final long NONE = Long.MIN_VALUE;

    static final String HEADER = "id,request_id,process_id,type,source_id,source_seq,source_after,"
            + "destination_id,destination_seq,destination_after,amount_minor,held_change,hold_id,"
            + "corrects,expires_at,intended_id,effective_on,recorded_at";

    long id;
    long requestHigh;
    long requestLow;
    boolean hasProcess;
    long processHigh;
    long processLow;
    int type;
    long sourceId;
    long sourceSeq;
    long sourceAfter;
    long destinationId;
    long destinationSeq;
    long destinationAfter;
    long amount;
    long heldChange;
    long holdId;
    long corrects;
    long expiresAt;
    long intendedId;
    long effectiveOn;
    long recordedAt;

    /// Its coins, or [Coin#NONE].
    Coin source = Coin.NONE;

    Coin destination = Coin.NONE;

    void read(CsvFile file) {
        id = file.number(0);
        requestHigh = file.uuid(1, 0);
        requestLow = file.uuid(1, 1);
        hasProcess = !file.isAbsent(2);
        processHigh = hasProcess ? file.uuid(2, 0) : 0;
        processLow = hasProcess ? file.uuid(2, 1) : 0;
        type = file.small(3);
        sourceId = file.number(4);
        sourceSeq = file.number(5);
        sourceAfter = file.number(6);
        destinationId = file.number(7, NONE);
        destinationSeq = file.number(8, NONE);
        destinationAfter = file.number(9, NONE);
        amount = file.number(10);
        heldChange = file.number(11, NONE);
        holdId = file.number(12, NONE);
        corrects = file.number(13, NONE);
        expiresAt = file.number(14, NONE);
        intendedId = file.number(15, NONE);
        effectiveOn = file.number(16);
        recordedAt = file.number(17);
    }

    boolean hasDestination() {
        return destinationId != NONE;
    }

    /// The canonical bytes, in the order of the version.
    void seal(Leaves leaves, Coin source, Coin destination) {
        leaves.begin();
        leaves.number(id);
        leaves.uuid(requestHigh, requestLow);
        if (hasProcess) {
            leaves.uuid(processHigh, processLow);
        } else {
            leaves.absent();
        }
        leaves.number(type);
        leaves.raw(source.sealedBook);
        leaves.number(sourceId);
        leaves.raw(source.sealedOwner);
        leaves.number(sourceSeq);
        leaves.number(sourceAfter);
        // What is authorized moves to nobody yet, but whom it is meant for is sealed.
        leaves.number(hasDestination() ? destinationId : intendedId);
        leaves.raw(destination.sealedOwner);
        leaves.number(destinationSeq);
        leaves.number(destinationAfter);
        leaves.number(amount);
        leaves.number(heldChange);
        leaves.number(holdId);
        leaves.number(corrects);
        leaves.number(expiresAt);
        leaves.number(effectiveOn);
        leaves.number(recordedAt);
        leaves.end();
    }
}
