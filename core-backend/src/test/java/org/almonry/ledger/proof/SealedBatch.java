package org.almonry.ledger.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/// One batch of [SealedBooks]: rows that are sealed and posted as the writer does it.
final class SealedBatch {
    private static final String POST = """
            select ledger.post_batch(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    record Row(
            int request,
            int type,
            SealedBooks.Purse source,
            SealedBooks.Purse destination,
            long amount,
            long sourceSeq,
            long sourceAfter,
            long destinationSeq,
            long destinationAfter,
            long heldChange,
            long hold,
            long corrects,
            Instant expiresAt,
            long intended) {}

    private final List<Row> rows;
    private final List<Integer> counts;

    /// @param counts how many rows each request has
    SealedBatch(List<Row> rows, List<Integer> counts) {
        this.rows = rows;
        this.counts = counts;
    }

    /// Seals and posts it, and answers its chain.
    byte[] write(
            Connection connection,
            Random random,
            Instant now,
            long number,
            long last,
            byte[] chainBefore)
            throws SQLException {
        int requests = counts.size();
        var ids = new UUID[requests];
        var digests = new byte[requests][];
        var firsts = new Long[requests];
        var processes = new UUID[requests];
        var days = new Integer[requests];
        var leaves = new ArrayList<RequestLeaf>();
        long first = last + 1;
        for (int i = 0; i < requests; i++) {
            ids[i] = new UUID(now.toEpochMilli() << 16 | 0x7000, random.nextLong());
            digests[i] = new byte[Merkle.HASH];
            random.nextBytes(digests[i]);
            firsts[i] = first;
            processes[i] = random.nextInt(3) == 0 ? null : new UUID(9, random.nextLong());
            // A few are booked late, by some days.
            int late = random.nextInt(10) == 0 ? random.nextInt(9) : 0;
            days[i] = (int) LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - late;
            leaves.add(new RequestLeaf(ids[i], digests[i], first, counts.get(i)));
            first += counts.get(i);
        }
        var hashes = new ArrayList<byte[]>();
        var writer = new LeafWriter();
        for (int i = 0; i < rows.size(); i++) {
            int request = rows.get(i).request() - 1;
            hashes.add(leaf(
                    writer,
                    last + 1 + i,
                    rows.get(i),
                    ids[request],
                    processes[request],
                    days[request],
                    now));
        }
        var seal = new BatchSeal(
                (short) 0,
                number,
                0,
                last + 1,
                rows.size(),
                requests,
                now,
                Merkle.root(hashes),
                RequestLeaf.root(leaves),
                chainBefore);
        try (var statement = connection.prepareStatement(POST)) {
            statement.setLong(1, 0);
            statement.setLong(2, number);
            statement.setLong(3, last + 1);
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            statement.setBytes(5, seal.root());
            statement.setBytes(6, seal.requestRoot());
            statement.setBytes(7, seal.chain());
            array(statement, 8, "uuid", ids);
            array(statement, 9, "bytea", digests);
            array(statement, 10, "int8", firsts);
            array(statement, 11, "int4", counts.toArray());
            array(statement, 12, "uuid", processes);
            array(statement, 13, "int4", days);
            array(statement, 14, "int4", each(Row::request));
            array(statement, 15, "int4", each(Row::type));
            array(statement, 16, "int8", each(row -> row.source().id));
            array(
                    statement,
                    17,
                    "int8",
                    each(row -> row.destination() == null ? row.intended() : row.destination().id));
            array(statement, 18, "int8", each(Row::amount));
            array(statement, 19, "int8", each(Row::sourceSeq));
            array(statement, 20, "int8", each(Row::sourceAfter));
            array(statement, 21, "int8", each(Row::destinationSeq));
            array(statement, 22, "int8", each(Row::destinationAfter));
            array(statement, 23, "int8", each(Row::heldChange));
            array(statement, 24, "int8", each(Row::hold));
            array(statement, 25, "int8", each(Row::corrects));
            array(
                    statement,
                    26,
                    "timestamptz",
                    each(row -> row.expiresAt() == null
                            ? null
                            : OffsetDateTime.ofInstant(row.expiresAt(), ZoneOffset.UTC)));
            statement.execute();
        }
        return seal.chain();
    }

    private Object[] each(Function<Row, Object> part) {
        return rows.stream().map(part).toArray();
    }

    private static void array(PreparedStatement statement, int place, String type, Object[] values)
            throws SQLException {
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }

    private static byte[] leaf(
            LeafWriter writer, long id, Row row, UUID request, UUID process, int day, Instant now) {
        var source = row.source();
        var destination = row.destination();
        writer.begin();
        writer.number(id);
        writer.uuid(request);
        writer.uuid(process);
        writer.number(row.type());
        writer.number(source.book.issuer);
        writer.text(source.book.currency);
        writer.number(source.book.scale);
        writer.number(source.id);
        writer.text(source.kind);
        writer.text(source.owner);
        writer.number(row.sourceSeq());
        writer.number(row.sourceAfter());
        if (destination == null) {
            writer.numberUnlessZero(row.intended());
            for (int i = 0; i < 4; i++) {
                writer.absent();
            }
        } else {
            writer.number(destination.id);
            writer.text(destination.kind);
            writer.text(destination.owner);
            writer.number(row.destinationSeq());
            writer.number(row.destinationAfter());
        }
        writer.number(row.amount());
        writer.numberUnlessZero(row.heldChange());
        writer.numberUnlessZero(row.hold());
        writer.numberUnlessZero(row.corrects());
        writer.instant(row.expiresAt());
        writer.number(day);
        writer.instant(now);
        return writer.end();
    }
}
