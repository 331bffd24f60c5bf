package org.almonry.providers.bank;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/// Remembers the text that an XML parser has read, and follows it tag by tag, so that an
/// entry can be kept verbatim.
///
/// The parser's own offsets are of no use for this: the JDK's are wrong once a tag falls
/// across two of its buffers. Since the parser has judged the text well-formed, finding its
/// tags again is simple.
///
/// The mark must move: if the parser reads on for longer than any entry is, the file is
/// built to fill the memory, and reading ends.
final class RecordingReader extends FilterReader {
    /// Longer than any entry or header field that a bank writes.
    static final int PIECE_MAX = 1024 * 1024;

    private static final int BUFFER_SIZE = 128 * 1024;

    private char[] buffer = new char[BUFFER_SIZE];
    /// Offset in the file of the first character in the buffer.
    private long base;
    private int end;
    private int mark;
    private int tagStart;
    private int tagEnd;
    private boolean empty;

    RecordingReader(Reader in) {
        super(in);
    }

    /// Forgets what stands before an offset in characters.
    void mark(long offset) {
        mark = Math.max(mark, index(offset));
    }

    /// The text between two offsets, as far as it is still kept.
    String text(long from, long to) {
        int start = Math.max(index(from), mark);
        return new String(buffer, start, Math.max(index(to) - start, 0));
    }

    /// The parser is behind a start tag: moves to it.
    void startTag() {
        advance();
        empty = buffer[tagEnd - 2] == '/';
    }

    /// The parser is behind an end tag: moves to it, unless it is the same as the start
    /// tag.
    void endTag() {
        if (empty) {
            empty = false;
        } else {
            advance();
        }
    }

    long tagStart() {
        return base + tagStart;
    }

    /// The offset behind the tag.
    long tagEnd() {
        return base + tagEnd;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (end - mark > PIECE_MAX) {
            throw new TooLong();
        }
        int read = super.read(target, offset, length);
        if (read > 0) {
            append(target, offset, read);
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        var one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    private int index(long offset) {
        return (int) Math.clamp(offset - base, 0, end);
    }

    private void append(char[] source, int offset, int length) {
        if (end + length > buffer.length) {
            int drop = Math.min(mark, tagStart);
            System.arraycopy(buffer, drop, buffer, 0, end - drop);
            base += drop;
            end -= drop;
            mark -= drop;
            tagStart -= drop;
            tagEnd -= drop;
        }
        if (end + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + length));
        }
        System.arraycopy(source, offset, buffer, end, length);
        end += length;
    }

    /// Moves to the next tag, over text, comments, CDATA sections and processing
    /// instructions.
    private void advance() {
        int at = tagEnd;
        while (true) {
            at = find('<', at);
            if (startsWith("<!--", at)) {
                at = findBehind("-->", at + 4);
            } else if (startsWith("<![CDATA[", at)) {
                at = findBehind("]]>", at + 9);
            } else if (startsWith("<?", at)) {
                at = findBehind("?>", at + 2);
            } else {
                break;
            }
        }
        tagStart = at;
        char quote = 0;
        while (quote != 0 || buffer[at] != '>') {
            char c = buffer[at];
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
            at++;
            refuseBehindEnd(at);
        }
        tagEnd = at + 1;
    }

    private int find(char wanted, int from) {
        int at = from;
        while (at < end && buffer[at] != wanted) {
            at++;
        }
        refuseBehindEnd(at);
        return at;
    }

    private int findBehind(String wanted, int from) {
        int at = from;
        while (!startsWith(wanted, at)) {
            at++;
            refuseBehindEnd(at);
        }
        return at + wanted.length();
    }

    private boolean startsWith(String wanted, int at) {
        if (at + wanted.length() > end) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (buffer[at + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void refuseBehindEnd(int at) {
        if (at >= end) {
            throw new IllegalStateException("the parser saw a tag that is not in the text");
        }
    }

    /// One entry, or one text in it, is longer than [#PIECE_MAX].
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("one entry is longer than 1 MiB");
        }
    }
}
