package org.almonry.providers.bank;

import org.almonry.providers.StatementRefused;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;

/// The lines of a text file, counted, and none longer than a statement's line can be.
final class Lines implements AutoCloseable {
    /// SWIFT lines have 65 characters, lines of a CSV file some hundred; the rest is for
    /// what banks make of it.
    static final int LENGTH_MAX = 256 * 1024;

    private final Reader in;
    private final StringBuilder line = new StringBuilder();
    private long number;
    private boolean skipLineFeed;

    private Lines(Reader in) {
        this.in = in;
    }

    /// In a given set, or in the one that the bytes look like.
    static Lines open(StatementFile file, @Nullable Charset charset) throws StatementRefused {
        try {
            return new Lines(
                    new BufferedReader(charset == null ? file.openGuessed() : file.open(charset)));
        } catch (IOException e) {
            throw StatementFile.unreadable(e);
        }
    }

    /// The next line without its end, or null behind the last.
    @Nullable
    String next() throws StatementRefused {
        line.setLength(0);
        try {
            while (true) {
                int c = in.read();
                boolean pair = skipLineFeed && c == '\n';
                skipLineFeed = false;
                if (pair) {
                    continue;
                }
                if (c < 0) {
                    if (line.isEmpty()) {
                        return null;
                    }
                    number++;
                    return line.toString();
                }
                if (c == '\n' || c == '\r') {
                    skipLineFeed = c == '\r';
                    number++;
                    return line.toString();
                }
                if (line.length() >= LENGTH_MAX) {
                    throw new StatementRefused(
                            "a line is longer than any in a statement", number + 1, -1);
                }
                line.append((char) c);
            }
        } catch (IOException e) {
            throw new StatementRefused(
                    "the file is not in the character set that it should be in", number + 1, -1, e);
        }
    }

    /// The number of the line that was read last, from 1.
    long number() {
        return number;
    }

    @Override
    public void close() throws StatementRefused {
        try {
            in.close();
        } catch (IOException e) {
            throw StatementFile.unreadable(e);
        }
    }
}
