package org.almonry.ledger.proof;

import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Fills a ledger with transactions of every type, batch by batch, as the writer does: the
/// same function of the database, seals by the same code. What happens follows from a seed.
///
/// It goes below the engine on purpose: proofs are about what is stored, and a million
/// entries take seconds this way.
final class SealedBooks {
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int COINS_PER_BOOK = 12;
    private static final int CHANCES = 100;

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
    private final List<SealedBatch.Row> rows = new ArrayList<>();
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
        rows.add(new SealedBatch.Row(
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
        rows.add(new SealedBatch.Row(
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
        batches++;
        chain = new SealedBatch(rows, counts).write(connection, random, now, batches, last, chain);
        last += rows.size();
    }
}
