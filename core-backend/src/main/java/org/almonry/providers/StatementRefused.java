package org.almonry.providers;

import org.jspecify.annotations.Nullable;

/// A file is refused whole: unreadable, cut off, hostile or of no format that we know.
///
/// Line counts from 1, offset from 0 in bytes; -1 where there is no such place.
public final class StatementRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final long line;
    private final long offset;

    public StatementRefused(String reason, long line, long offset) {
        this(reason, line, offset, null);
    }

    public StatementRefused(String reason, long line, long offset, @Nullable Throwable cause) {
        super(text(reason, line, offset), cause);
        this.reason = reason;
        this.line = line;
        this.offset = offset;
    }

    /// Why, without the place.
    public String reason() {
        return reason;
    }

    public long line() {
        return line;
    }

    public long offset() {
        return offset;
    }

    private static String text(String reason, long line, long offset) {
        if (line < 0) {
            return reason;
        }
        return offset < 0
                ? reason + " (line " + line + ")"
                : reason + " (line " + line + ", offset " + offset + ")";
    }
}
