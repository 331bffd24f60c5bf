package org.almonry.ledger.proof;

import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Fills a ledger with transactions of every type, batch by batch, as the writer does: the
/// same function of the database, seals by the same code. What happens follows from a seed.
///
/// It goes below the engine on purpose: proofs are about what is stored, and a million
/// entries take seconds this way.
final class SealedBooks {
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int COINS_PER_BOOK = 12;
    private static final int CHANCES = 100;

    private static final String POST = """
            select ledger.post_batch(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    static final class Purse {
        final long id;
        final Book book;
        final String kind;
        final String owner;
        long balance;
        long held;
        long seq;
        boolean isClosed;

        Purse(long id, Book book, String kind, String owner) {
            this.id = id;
            this.book = book;
            this.kind = kind;
            this.owner = owner;
        }

        long available() {
            return balance - held;
        }
    }

    /// The coins of one issuer and currency.
    static final class Book {
        final long issuer;
        final String currency;
        final int scale;
        final List<Purse> open = new ArrayList<>();
        Purse issuing;
        Purse overhead;

        Book(long issuer, String currency, int scale) {
            this.issuer = issuer;
            this.currency = currency;
            this.scale = scale;
        }
    }

    record Reserve(
            long id, Purse coin, int type, Purse intended, Instant expiresAt, long[] remaining) {}

    record Done(long id, Purse source, Purse destination, long amount) {}

    private record Row(
            int request,
            int type,
            Purse source,
            Purse destination,
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

    final List<Book> books = new ArrayList<>();
    private final Jdbi writer;
    private final Random random;
    private final List<Reserve> reserves = new ArrayList<>();
    private final List<Done> correctable = new ArrayList<>();
    private final Set<Long> touchedHolds = new HashSet<>();
    private final Set<Purse> closing = new HashSet<>();
    private final Map<Long, LocalDate> closedTo = new HashMap<>();
    private byte[] chain = BatchSeal.NO_CHAIN;
    private long batches;
    private long last;
    private long coinCount;
    private Instant now = START;
    private final List<Row> rows = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    SealedBooks(Jdbi writer, long seed) {
        this.writer = writer;
        this.random = new Random(seed);
        for (var issuer : List.of("river", "vibes")) {
            long id = writer.withHandle(handle -> handle.createQuery("""
                    insert into ledger.issuer (key, name, opened_at) values (:key, :key, :at) returning id
                    """)
                    .bind("key", issuer)
                    .bind("at", START)
                    .mapTo(Long.class)
                    .one());
            open(new Book(id, "EUR", 2));
            open(new Book(id, "JPY", 0));
        }
    }

    long batches() {
        return batches;
    }

    long transactions() {
        return last;
    }

    /// Posts until there are at least so many transactions.
    void fill(long transactions, int perBatch) throws SQLException {
        writer.useHandle(handle -> {
            handle.getConnection().setAutoCommit(true);
            while (last < transactions) {
                batch(handle.getConnection(), 1 + random.nextInt(perBatch));
                if (batches % 40 == 0) {
                    closePeriod();
                }
            }
        });
    }

    private void closePeriod() {
        var book = books.get(random.nextInt(books.size()));
        var to = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(20);
        if (to.isAfter(closedTo.getOrDefault(book.issuer, LocalDate.EPOCH))) {
            writer.useHandle(handle -> handle.execute(
                    "insert into ledger.period values (?, ?, ?, 'accountant')",
                    book.issuer,
                    to,
                    now.atOffset(ZoneOffset.UTC)));
            closedTo.put(book.issuer, to);
        }
    }

    private void open(Book book) {
        books.add(book);
        book.issuing = purse(book, "ISSUING");
        book.overhead = purse(book, "OVERHEAD");
        var kinds = List.of("PROJECT", "MEMBER", "NONPROFIT", "POT", "INCOMING", "CLEARING");
        for (int i = 0; i < COINS_PER_BOOK; i++) {
            book.open.add(purse(book, kinds.get(i % kinds.size())));
        }
    }

    private Purse purse(Book book, String kind) {
        coinCount++;
        var owner = "own_" + coinCount;
        long id = writer.withHandle(handle -> handle.createQuery("""
                insert into ledger.coin (issuer_id, currency, currency_scale, kind, name, owner, opened_at)
                values (:issuer, :currency, :scale, :kind, :name, :owner, :at) returning id
                """)
                .bind("issuer", book.issuer)
                .bind("currency", book.currency)
                .bind("scale", book.scale)
                .bind("kind", kind)
                .bind("name", "Coin, \"" + coinCount + "\"\nof ü")
                .bind("owner", owner)
                .bind("at", now)
                .mapTo(Long.class)
                .one());
        return new Purse(id, book, kind, owner);
    }

    private void batch(Connection connection, int requests) throws SQLException {
        now = now.plusSeconds(60).plusNanos(1_000L * random.nextInt(1_000_000));
        rows.clear();
        counts.clear();
        touchedHolds.clear();
        closing.clear();
        for (int i = 0; i < requests; i++) {
            int before = rows.size();
            // Few requests do nothing but open a process.
            int steps = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3);
            for (int step = 0; step < steps; step++) {
                step(i + 1);
            }
            counts.add(rows.size() - before);
        }
        write(connection);
        closing.forEach(each -> each.book.open.remove(each));
    }

    private void step(int request) {
        var book = books.get(random.nextInt(books.size()));
        int chance = random.nextInt(CHANCES);
        var one = any(book);
        var other = any(book);
        long some = one.available() > 0 ? 1 + random.nextLong(one.available()) : 0;
        if (closing.contains(one) || closing.contains(other)) {
            move(request, 1, book.issuing, book.overhead, 7);
        } else if (chance < 12) {
            move(request, 1, book.issuing, one, 1 + random.nextInt(50_000));
        } else if (some == 0) {
            move(request, 1, book.issuing, one, 10_000);
        } else if (chance < 50 && one != other) {
            move(request, 3, one, other, some);
        } else if (chance < 55) {
            move(request, 4, one, book.overhead, some);
        } else if (chance < 58) {
            move(request, 2, one, book.issuing, some);
        } else if (chance < 60) {
            one(request, 7, one, 0, 0, 0, null, 0);
        } else if (chance < 74) {
            reserve(request, one, List.of(8, 9, 14).get(random.nextInt(3)), some);
        } else if (chance < 92) {
            spend(request, book);
        } else if (chance < 97) {
            correct(request);
        } else if (chance < 98) {
            var split = purse(book, one.kind);
            book.open.add(split);
            move(request, 5, one, split, some);
        } else if (chance == 99 && book.open.size() > 6 && one != other && one.held == 0) {
            closing.add(one);
            one.isClosed = true;
            move(request, 6, one, other, one.balance);
        }
    }

    private Purse any(Book book) {
        return book.open.get(random.nextInt(book.open.size()));
    }

    private void move(int request, int type, Purse source, Purse destination, long amount) {
        move(request, type, source, destination, amount, 0, 0, 0);
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private void move(
            int request,
            int type,
            Purse source,
            Purse destination,
            long amount,
            long heldChange,
            long hold,
            long corrects) {
        source.balance -= amount;
        destination.balance += amount;
        source.held += heldChange;
        rows.add(new Row(
                request,
                type,
                source,
                destination,
                amount,
                ++source.seq,
                source.balance,
                ++destination.seq,
                destination.balance,
                heldChange,
                hold,
                corrects,
                null,
                0));
        if (type == 3 && corrects == 0 && random.nextInt(4) == 0) {
            correctable.add(new Done(last + rows.size(), source, destination, amount));
        }
    }

    private void one(
            int request,
            int type,
            Purse coin,
            long amount,
            long heldChange,
            long hold,
            Instant expiresAt,
            long intended) {
        coin.held += heldChange;
        rows.add(new Row(
                request,
                type,
                coin,
                null,
                amount,
                ++coin.seq,
                coin.balance,
                0,
                0,
                heldChange,
                hold,
                0,
                expiresAt,
                intended));
    }

    private void reserve(int request, Purse coin, int type, long amount) {
        var expiresAt = type != 14 && random.nextBoolean() ? now.plusSeconds(3_600) : null;
        long id = last + rows.size() + 1;
        var intended = type == 14 || random.nextBoolean()
                ? null
                : type == 9 ? coin.book.overhead : any(coin.book);
        if (intended == coin || closing.contains(intended)) {
            intended = null;
        }
        one(request, type, coin, amount, amount, id, expiresAt, intended == null ? 0 : intended.id);
        reserves.add(new Reserve(id, coin, type, intended, expiresAt, new long[] {amount}));
        touchedHolds.add(id);
    }

    private void spend(int request, Book book) {
        if (reserves.isEmpty()) {
            return;
        }
        int place = random.nextInt(reserves.size());
        var hold = reserves.get(place);
        if (hold.id() > last || !touchedHolds.add(hold.id())) {
            return;
        }
        long remaining = hold.remaining()[0];
        boolean isCommission = hold.type() == 9;
        boolean mayCapture = hold.type() != 14
                && (hold.expiresAt() == null || hold.expiresAt().isAfter(now));
        var destination = isCommission
                ? hold.coin().book.overhead
                : hold.intended() == null ? any(hold.coin().book) : hold.intended();
        if (mayCapture
                && random.nextInt(3) > 0
                && destination != hold.coin()
                && !destination.isClosed) {
            long amount = 1 + random.nextLong(remaining);
            long released = random.nextBoolean() ? remaining : amount;
            move(
                    request,
                    isCommission ? 11 : 10,
                    hold.coin(),
                    destination,
                    amount,
                    -released,
                    hold.id(),
                    0);
            hold.remaining()[0] -= released;
        } else {
            long released = 1 + random.nextLong(remaining);
            one(
                    request,
                    isCommission ? 13 : 12,
                    hold.coin(),
                    released,
                    -released,
                    hold.id(),
                    null,
                    0);
            hold.remaining()[0] -= released;
        }
        if (hold.remaining()[0] == 0) {
            reserves.remove(place);
        }
    }

    private void correct(int request) {
        if (correctable.isEmpty()) {
            return;
        }
        var done = correctable.get(random.nextInt(correctable.size()));
        if (done.id() > last
                || done.destination().isClosed
                || done.source().isClosed
                || done.destination().available() < done.amount()) {
            return;
        }
        correctable.remove(done);
        move(request, 3, done.destination(), done.source(), done.amount(), 0, 0, done.id());
    }

    private void write(Connection connection) throws SQLException {
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
                    days[request]));
        }
        batches++;
        var seal = new BatchSeal(
                (short) 0,
                batches,
                0,
                last + 1,
                rows.size(),
                requests,
                now,
                Merkle.root(hashes),
                RequestLeaf.root(leaves),
                chain);
        chain = seal.chain();
        try (var statement = connection.prepareStatement(POST)) {
            statement.setLong(1, 0);
            statement.setLong(2, batches);
            statement.setLong(3, last + 1);
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            statement.setBytes(5, seal.root());
            statement.setBytes(6, seal.requestRoot());
            statement.setBytes(7, chain);
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
        last += rows.size();
    }

    private Object[] each(Function<Row, Object> part) {
        return rows.stream().map(part).toArray();
    }

    private static void array(PreparedStatement statement, int place, String type, Object[] values)
            throws SQLException {
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }

    private byte[] leaf(LeafWriter writer, long id, Row row, UUID request, UUID process, int day) {
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
