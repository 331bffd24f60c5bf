package org.almonry.accounting;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;

/// What a statement's lines need in memory while they are told from known ones: 64 bytes
/// each, so that a file of 256 MiB in the smallest possible lines still fits.
///
/// Lines stand in the order of the file. [#isNewestFirst] says which end is the older one;
/// running balances are computed from there.
final class LineColumns {
    private static final int STRIDE = 8;
    private static final int CONTENT = 0;
    private static final int REFERENCE = 2;
    private static final int AMOUNT = 4;
    private static final int BALANCE = 5;
    private static final int DAY = 6;
    private static final int FLAGS = 7;

    private static final long HAS_REFERENCE = 1;
    private static final long HAS_BALANCE = 2;

    private enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST,
        MIXED
    }

    private long[] cells = new long[STRIDE * 16];
    private int size;
    /// Found out when first asked; adding a line forgets it.
    private @Nullable Order order;

    void add(
            UUID content,
            @Nullable UUID reference,
            LocalDate date,
            long amount,
            @Nullable Long statedBalance) {
        int at = size * STRIDE;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(cells.length, 2));
        }
        cells[at + CONTENT] = content.getMostSignificantBits();
        cells[at + CONTENT + 1] = content.getLeastSignificantBits();
        long flags = 0;
        if (reference != null) {
            cells[at + REFERENCE] = reference.getMostSignificantBits();
            cells[at + REFERENCE + 1] = reference.getLeastSignificantBits();
            flags |= HAS_REFERENCE;
        }
        cells[at + AMOUNT] = amount;
        if (statedBalance != null) {
            cells[at + BALANCE] = statedBalance;
            flags |= HAS_BALANCE;
        }
        cells[at + DAY] = date.toEpochDay();
        cells[at + FLAGS] = flags;
        size++;
        order = null;
    }

    int size() {
        return size;
    }

    UUID content(int line) {
        int at = line * STRIDE + CONTENT;
        return new UUID(cells[at], cells[at + 1]);
    }

    @Nullable
    UUID reference(int line) {
        int at = line * STRIDE;
        return (cells[at + FLAGS] & HAS_REFERENCE) == 0
                ? null
                : new UUID(cells[at + REFERENCE], cells[at + REFERENCE + 1]);
    }

    long amount(int line) {
        return cells[line * STRIDE + AMOUNT];
    }

    long day(int line) {
        return cells[line * STRIDE + DAY];
    }

    boolean hasBalance(int line) {
        return (cells[line * STRIDE + FLAGS] & HAS_BALANCE) != 0;
    }

    /// The account's balance after the line; asked only when [#hasBalance].
    long balance(int line) {
        return cells[line * STRIDE + BALANCE];
    }

    @Nullable
    Long balanceOrNull(int line) {
        return hasBalance(line) ? balance(line) : null;
    }

    /// Sum of the amounts; fails rather than overflows.
    long sum() {
        long sum = 0;
        for (int line = 0; line < size; line++) {
            sum = Math.addExact(sum, amount(line));
        }
        return sum;
    }

    /// Whether the file lists the newest line first, as many exports do.
    boolean isNewestFirst() {
        return order() == Order.NEWEST_FIRST;
    }

    /// Whether days never go back, counted from the oldest line.
    boolean isByDay() {
        return order() != Order.MIXED;
    }

    /// The place of a line counted from the oldest.
    int position(int line) {
        return isNewestFirst() ? size - 1 - line : line;
    }

    private Order order() {
        if (order == null) {
            boolean up = true;
            boolean down = true;
            for (int line = 1; line < size; line++) {
                up &= day(line) >= day(line - 1);
                down &= day(line) <= day(line - 1);
            }
            if (up && down && size > 1 && hasBalance(0) && hasBalance(1)) {
                // One day only: then the bank's own balances say which way it goes.
                up = balance(1) == balance(0) + amount(1) || balance(0) != balance(1) + amount(0);
            }
            order = up ? Order.OLDEST_FIRST : down ? Order.NEWEST_FIRST : Order.MIXED;
        }
        return order;
    }

    /// Fills in the balances that the bank did not state, from the one before the oldest
    /// line.
    void balancesFrom(long opening) {
        boolean reversed = isNewestFirst();
        long balance = opening;
        for (int step = 0; step < size; step++) {
            int line = reversed ? size - 1 - step : step;
            balance = Math.addExact(balance, amount(line));
            int at = line * STRIDE;
            if ((cells[at + FLAGS] & HAS_BALANCE) == 0) {
                cells[at + BALANCE] = balance;
                cells[at + FLAGS] |= HAS_BALANCE;
            }
        }
    }

    /// Feeds all that is known of the lines into a digest.
    void digest(MessageDigest sha) {
        var buffer = ByteBuffer.allocate(STRIDE * Long.BYTES);
        for (int line = 0; line < size; line++) {
            buffer.clear();
            for (int cell = 0; cell < STRIDE; cell++) {
                buffer.putLong(cells[line * STRIDE + cell]);
            }
            sha.update(buffer.flip());
        }
    }
}
