package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.EXPLAINED;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds out what a single deleted row of a batch said, from the gaps that it left: in the
/// sequences and balances of its coins, and in its request. The sealed root says whether
/// that is right.
final class LostRow {
    private static final int TYPES = 14;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Tables tables;
    private final Hints hints;
    private final Findings findings;

    LostRow(Tables tables, Hints hints, Findings findings) {
        this.tables = tables;
        this.hints = hints;
        this.findings = findings;
    }

    boolean explain(Hashing.Mismatch mismatch) {
        var batch = mismatch.batch();
        if (mismatch.leaves().size() != batch.transactions() - 1) {
            return false;
        }
        int place = 0;
        while (place < mismatch.leaves().size()
                && Leaves.value(mismatch.leaves().get(place).getFirst()) == batch.first() + place) {
            place++;
        }
        long id = batch.first() + place;
        var tries = new ArrayList<List<byte[]>>();
        for (var source : hints.gaps()) {
            tries.addAll(rows(mismatch, id, source, null));
            for (var destination : hints.gaps()) {
                if (source != destination) {
                    tries.addAll(rows(mismatch, id, source, destination));
                }
            }
        }
        var leaves = new ArrayList<>(mismatch.leaves());
        leaves.add(place, List.of());
        var tree = new Tree(leaves);
        for (var each : tries) {
            if (tree.isRoot(place, each, batch.root())) {
                tell(id, each);
                return true;
            }
        }
        return false;
    }

    private List<List<byte[]>> rows(
            Hashing.Mismatch mismatch, long id, Hints.Gap source, Hints.@Nullable Gap destination) {
        var result = new ArrayList<List<byte[]>>();
        if (destination != null && source.change() != -destination.change()) {
            return result;
        }
        var paying = tables.coin(source.coin());
        var receiving = destination == null ? Coin.NONE : tables.coin(destination.coin());
        var request = request(mismatch, id);
        var process = new byte[0];
        var day = Leaves.bytes(Math.floorDiv(mismatch.batch().recordedAt(), MICROS_PER_DAY));
        // What a request did has one process and one day.
        for (var other : mismatch.leaves()) {
            if (Arrays.equals(request, other.get(Field.REQUEST_ID.place()))) {
                process = other.get(Field.PROCESS_ID.place());
                day = other.get(Field.EFFECTIVE_ON.place());
            }
        }
        for (int type = 1; type <= TYPES; type++) {
            var row = new Row();
            row.id = id;
            row.type = type;
            row.sourceId = paying.id;
            row.sourceSeq = source.seq();
            row.sourceAfter = source.after();
            row.destinationId = destination == null ? Row.NONE : receiving.id;
            row.destinationSeq = destination == null ? Row.NONE : destination.seq();
            row.destinationAfter = destination == null ? Row.NONE : destination.after();
            row.amount = -source.change();
            row.heldChange = Row.NONE;
            row.holdId = Row.NONE;
            row.corrects = Row.NONE;
            row.expiresAt = Row.NONE;
            row.effectiveOn = Leaves.value(day);
            row.recordedAt = mismatch.batch().recordedAt();
            var leaves = new Leaves();
            row.seal(leaves, paying, receiving);
            var fields = new ArrayList<>(leaves.fields(0));
            fields.set(Field.REQUEST_ID.place(), request);
            fields.set(Field.PROCESS_ID.place(), process);
            result.add(fields);
        }
        return result;
    }

    private static byte[] request(Hashing.Mismatch mismatch, long id) {
        for (var request : mismatch.requestLeaves()) {
            long first = Leaves.value(request.get(2));
            if (id >= first && id < first + Leaves.value(request.get(3))) {
                return request.getFirst();
            }
        }
        return new byte[0];
    }

    private void tell(long id, List<byte[]> fields) {
        var text = new StringBuilder("was deleted; it said");
        for (var field : Field.values()) {
            if (fields.get(field.place()).length > 0 && field != Field.ID) {
                text.append(' ')
                        .append(field.label())
                        .append(' ')
                        .append(field.show(fields.get(field.place())));
            }
        }
        findings.add(EXPLAINED, "transaction " + id, text.toString());
    }
}
