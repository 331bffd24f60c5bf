package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.REQUEST;
import static org.almonry.verifier.Finding.Kind.ROWS;
import static org.almonry.verifier.Finding.Kind.TRANSACTION;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.UUID;

/// Reads transactions and requests along with the batches that they belong to.
final class Journal implements AutoCloseable {
    private static final String REQUESTS =
            "id,first_transaction_id,batch_number,transactions,digest";

    private final Rows rows;
    private final CsvFile requests;
    private final Books books;
    private final Findings findings;
    private boolean hasRequest;

    /// Requests of the batch at hand: where each begins, and its id.
    private long[] firsts = new long[64];

    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int requestCount;

    /// Rows without a batch, told as one finding per run of them.
    private long strayFrom = Row.NONE;

    private long strayTo = Row.NONE;

    Journal(Export export, Tables tables, Books books, Findings findings) {
        this.books = books;
        this.findings = findings;
        rows = new Rows(export, tables);
        requests = export.open("requests.csv", REQUESTS);
        hasRequest = requests.next();
    }

    long transactions() {
        return rows.count();
    }

    /// When the next transaction was recorded.
    long recordedAtNext() {
        return rows.has() ? rows.row().recordedAt : Row.NONE;
    }

    /// Goes through the rows of a batch.
    ///
    /// @param hashing where its leaves go; null if they are known
    void batch(Batch batch, @Nullable Hashing hashing) {
        requests(batch, hashing == null ? null : hashing.requests());
        var leaves = hashing == null ? null : hashing.transactions();
        long expected = batch.first();
        int request = 0;
        while (rows.has() && rows.row().id < batch.end()) {
            var row = rows.row();
            if (row.id < expected) {
                stray(row);
                continue;
            }
            if (row.id > expected) {
                missing(expected, row.id - 1);
            }
            while (request + 1 < requestCount && firsts[request + 1] <= row.id) {
                request++;
            }
            post(row, batch, leaves, request);
            expected = row.id + 1;
            rows.advance();
        }
        flushStray();
        if (expected < batch.end()) {
            missing(expected, batch.end() - 1);
        }
        if (hashing != null) {
            hashing.end(batch);
        }
    }

    /// After the last batch.
    void end() {
        while (rows.has()) {
            stray(rows.row());
        }
        flushStray();
        while (hasRequest) {
            strayRequest();
        }
    }

    private void post(Row row, Batch batch, @Nullable Leaves leaves, int request) {
        count(row.source, batch);
        count(row.destination, batch);
        if (row.recordedAt != batch.recordedAt()) {
            findings.add(
                    TRANSACTION,
                    "transaction " + row.id,
                    "says it was recorded at %s, its batch says %s"
                            .formatted(
                                    Field.moment(row.recordedAt),
                                    Field.moment(batch.recordedAt())));
        }
        if (requestCount == 0
                || highs[request] != row.requestHigh
                || lows[request] != row.requestLow) {
            findings.add(
                    REQUEST,
                    "transaction " + row.id,
                    "names request %s, but lies in that of %s"
                            .formatted(
                                    uuid(row.requestHigh, row.requestLow),
                                    requestCount == 0
                                            ? "none"
                                            : uuid(highs[request], lows[request])));
        }
        books.post(row, row.source, row.destination);
        if (leaves != null) {
            row.seal(leaves, row.source, row.destination);
        }
    }

    private static void count(Coin coin, Batch batch) {
        if (coin.countedBatch != batch.number()) {
            coin.countedBatch = batch.number();
            coin.batches++;
        }
    }

    private void requests(Batch batch, @Nullable Leaves leaves) {
        requestCount = 0;
        long expected = batch.first();
        long counted = 0;
        while (hasRequest && requests.number(2) <= batch.number()) {
            long first = requests.number(1);
            long transactionCount = requests.number(3);
            if (requests.number(2) < batch.number()
                    || first < batch.first()
                    || first > batch.end()) {
                strayRequest();
                continue;
            }
            if (first != expected) {
                findings.add(
                        REQUEST,
                        "request " + uuid(requests.uuid(0, 0), requests.uuid(0, 1)),
                        "begins with transaction %d, but the one before ends with %d"
                                .formatted(first, expected - 1));
            }
            expected = first + transactionCount;
            counted++;
            long high = requests.uuid(0, 0);
            long low = requests.uuid(0, 1);
            keep(first, transactionCount, high, low);
            if (leaves != null) {
                leaves.begin();
                leaves.uuid(high, low);
                leaves.field(requests.hash(4));
                leaves.number(first);
                leaves.number(transactionCount);
                leaves.end();
            }
            hasRequest = requests.next();
        }
        if (expected != batch.end()) {
            findings.add(
                    REQUEST,
                    batch.place(),
                    "its requests end with transaction %d, it ends with %d"
                            .formatted(expected - 1, batch.end() - 1));
        }
        if (counted != batch.requests()) {
            findings.add(
                    ROWS,
                    batch.place(),
                    "has %d requests, it sealed %d".formatted(counted, batch.requests()));
        }
    }

    private void keep(long first, long transactionCount, long high, long low) {
        if (transactionCount == 0) {
            return;
        }
        if (requestCount == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * requestCount);
            highs = Arrays.copyOf(highs, 2 * requestCount);
            lows = Arrays.copyOf(lows, 2 * requestCount);
        }
        firsts[requestCount] = first;
        highs[requestCount] = high;
        lows[requestCount] = low;
        requestCount++;
    }

    private void strayRequest() {
        findings.add(
                REQUEST,
                "request " + uuid(requests.uuid(0, 0), requests.uuid(0, 1)),
                "with transaction %d is filed under batch %d, which does not hold it"
                        .formatted(requests.number(1), requests.number(2)));
        hasRequest = requests.next();
    }

    private void missing(long from, long to) {
        findings.add(ROWS, range(from, to), "missing");
    }

    private void stray(Row row) {
        if (row.id != strayTo + 1 || strayFrom == Row.NONE) {
            flushStray();
            strayFrom = row.id;
        }
        strayTo = row.id;
        books.post(row, row.source, row.destination);
        rows.advance();
    }

    private void flushStray() {
        if (strayFrom != Row.NONE) {
            findings.add(ROWS, range(strayFrom, strayTo), "in the journal, but sealed by no batch");
            strayFrom = Row.NONE;
        }
    }

    private static String range(long from, long to) {
        return from == to ? "transaction " + from : "transactions %d to %d".formatted(from, to);
    }

    private static String uuid(long high, long low) {
        return new UUID(high, low).toString();
    }

    @Override
    public void close() {
        rows.close();
        requests.close();
    }
}
