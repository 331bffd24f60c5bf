package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads CSV as PostgreSQL's COPY writes it, row by row, on bytes: texts become objects
/// only when they are asked for. Anything else than the expected header and number of
/// columns is [Unusable].
final class CsvFile implements AutoCloseable {
    private static final int START_SIZE = 1 << 18;

    /// The longest row; coins have names, all else is numbers.
    private static final int ROW_MAX = 1 << 20;

    private static final int DIGITS_MAX = 19;

    /// Digits of which each number fits into a long.
    private static final int DIGITS_SAFE = 18;

    /// Stands for a column that was not read as a number yet.
    private static final long UNREAD = -1;

    /// Value of each hexadecimal digit, -1 for all else.
    private static final byte[] HEX = new byte[256];

    static {
        for (int i = 0; i < HEX.length; i++) {
            HEX[i] = (byte) (i < 128 ? Character.digit(i, 16) : -1);
        }
    }

    private final Path file;
    private final InputStream in;
    private final int[] from;
    private final int[] to;
    private final boolean[] isQuoted;

    /// What plain digits say, computed while their end is looked for; else [#UNREAD].
    private final long[] values;

    private byte[] buffer = new byte[START_SIZE];
    private int next;
    private int filled;
    private boolean isEnd;
    private final long rowsStated;
    private long rows = -1;

    /// @param rows that the file must have beside its header
    CsvFile(Path file, String header, long rows) {
        this.file = file;
        rowsStated = rows;
        int columns = header.split(",").length;
        from = new int[columns];
        to = new int[columns];
        isQuoted = new boolean[columns];
        values = new long[columns];
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
        if (!next()) {
            throw bad("has no header");
        }
        for (int i = 0; i < columns; i++) {
            if (!text(i).equals(header.split(",")[i])) {
                throw bad("has another header than this version knows");
            }
        }
    }

    /// Goes to the next row; false at the end of the file.
    boolean next() {
        int at = next;
        for (int column = 0; column < from.length; column++) {
            int offset = at - next;
            if (at == filled) {
                if (!fill()) {
                    if (column == 0 && rows == rowsStated) {
                        return false;
                    }
                    if (column == 0) {
                        throw bad("is cut off: the manifest says " + rowsStated + " rows");
                    }
                    throw bad("ends within a row");
                }
                at = next + offset;
            }
            at = buffer[at] == '"' ? quoted(column, at) : plain(column, at);
            boolean isLast = column == from.length - 1;
            if (buffer[at] != (isLast ? '\n' : ',')) {
                throw bad("has a row with another number of columns");
            }
            at++;
        }
        next = at;
        rows++;
        if (rows > rowsStated) {
            throw bad("has more rows than the manifest says");
        }
        return true;
    }

    /// Rows read so far.
    long rows() {
        return rows;
    }

    boolean isAbsent(int column) {
        return from[column] == to[column] && !isQuoted[column];
    }

    /// A number of this column, which must be there.
    long number(int column) {
        long value = number(column, Row.NONE);
        if (value == Row.NONE) {
            throw bad("lacks a number");
        }
        return value;
    }

    /// A number, or what stands for none. The least number of all is refused, because it
    /// stands for none inside.
    long number(int column, long ifAbsent) {
        long value = values[column];
        return value == UNREAD ? unread(column, ifAbsent) : value;
    }

    private long unread(int column, long ifAbsent) {
        if (isAbsent(column)) {
            return ifAbsent;
        }
        int at = from[column];
        int end = to[column];
        boolean isNegative = buffer[at] == '-';
        if (isNegative) {
            at++;
        }
        if (at == end || end - at > DIGITS_MAX) {
            throw bad("has no number where one should be");
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                throw bad("has no number where one should be");
            }
            value = value * 10 + digit;
            if (value < 0) {
                throw bad("has a number that is too large");
            }
        }
        return isNegative ? -value : value;
    }

    /// A small number, such as a type or a count.
    int small(int column) {
        long value = number(column);
        if (value != (int) value) {
            throw bad("has a number that is too large");
        }
        return (int) value;
    }

    String text(int column) {
        var text = new String(buffer, from[column], to[column] - from[column], UTF_8);
        return isQuoted[column] ? text.replace("\"\"", "\"") : text;
    }

    /// Half of a UUID: 0 the high bits, 1 the low ones.
    long uuid(int column, int half) {
        if (to[column] - from[column] != 36) {
            throw bad("has no UUID where one should be");
        }
        int at = from[column];
        if (buffer[at + 8] != '-'
                || buffer[at + 13] != '-'
                || buffer[at + 18] != '-'
                || buffer[at + 23] != '-') {
            throw bad("has no UUID where one should be");
        }
        return half == 0
                ? hex(at, 8) << 32 | hex(at + 9, 4) << 16 | hex(at + 14, 4)
                : hex(at + 19, 4) << 48 | hex(at + 24, 12);
    }

    /// A hash.
    byte[] hash(int column) {
        var bytes = new byte[Sha.SIZE];
        if (to[column] - from[column] != 2 * Sha.SIZE) {
            throw bad("has no hash where one should be");
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) hex(from[column] + 2 * i, 2);
        }
        return bytes;
    }

    Unusable bad(String why) {
        return new Unusable(file.getFileName() + " " + why + ", in row " + (rows + 1));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
    }

    private long hex(int start, int count) {
        long value = 0;
        int all = 0;
        for (int at = start; at < start + count; at++) {
            int digit = HEX[buffer[at] & 0xff];
            all |= digit;
            value = value << 4 | digit;
        }
        if (all < 0) {
            throw bad("has no hexadecimal number where one should be");
        }
        return value;
    }

    private int plain(int column, int start) {
        from[column] = start;
        isQuoted[column] = false;
        values[column] = UNREAD;
        int at = start;
        long value = 0;
        while (at < filled && isDigit(buffer[at])) {
            value = value * 10 + buffer[at] - '0';
            at++;
        }
        if (at < filled && isEnd(buffer[at])) {
            if (at > start && at - start <= DIGITS_SAFE) {
                values[column] = value;
            }
            to[column] = at;
            return at;
        }
        return text(column, at);
    }

    private int text(int column, int start) {
        int at = start;
        while (true) {
            while (at < filled) {
                if (isEnd(buffer[at])) {
                    to[column] = at;
                    return at;
                }
                at++;
            }
            at = more(at);
        }
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    private static boolean isEnd(byte each) {
        return each == ',' || each == '\n';
    }

    private int quoted(int column, int start) {
        int at = start + 1;
        from[column] = at;
        isQuoted[column] = true;
        values[column] = UNREAD;
        while (true) {
            while (at < filled) {
                if (buffer[at] == '"') {
                    if (at + 1 == filled) {
                        at = more(at);
                    }
                    if (buffer[at + 1] != '"') {
                        to[column] = at;
                        return at + 1 == filled ? more(at + 1) : at + 1;
                    }
                    at++;
                }
                at++;
            }
            at = more(at);
        }
    }

    /// Reads on within a row; where `at` is then.
    private int more(int at) {
        int offset = at - next;
        if (!fill()) {
            throw bad("ends within a row");
        }
        return next + offset;
    }

    /// Reads more bytes behind those of the row that has begun; moves that row, and with it
    /// the columns found so far, to the front.
    private boolean fill() {
        if (isEnd) {
            return false;
        }
        int kept = filled - next;
        if (kept > ROW_MAX) {
            throw bad("has a row that is too long");
        }
        if (kept > buffer.length / 2) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        System.arraycopy(buffer, next, buffer, 0, kept);
        for (int i = 0; i < from.length; i++) {
            from[i] -= next;
            to[i] -= next;
        }
        next = 0;
        filled = kept;
        try {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                isEnd = true;
                return false;
            }
            filled += read;
            return true;
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
    }
}
