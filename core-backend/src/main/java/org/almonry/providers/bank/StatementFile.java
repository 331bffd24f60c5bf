package org.almonry.providers.bank;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.almonry.providers.StatementRefused;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the bytes of a file say before anything is parsed: its size, whether they are text
/// at all, whether they are UTF-8, and the first of them.
///
/// One pass over the file; the readers then open it as often as they need.
record StatementFile(Path path, boolean utf8, long badLine, long badOffset, int bom, String head) {
    /// Half a million entries. Larger files are no statements, and the limit bounds the
    /// time of a pass.
    static final long SIZE_MAX = 256L * 1024 * 1024;

    /// Enough to see the XML declaration, or the first field behind a bank's own header
    /// lines.
    private static final int HEAD_SIZE = 4096;

    private static final int CHUNK_SIZE = 64 * 1024;

    StatementFile {
        requireNonNull(path, "path is null");
        requireNonNull(head, "head is null");
    }

    /// Reads the file once and refuses what is no text or too large.
    static StatementFile inspect(Path path) throws StatementRefused {
        try (var in = Files.newInputStream(path)) {
            refuseLarge(Files.size(path));
            return new Scan().scan(path, in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The text, with the byte order mark skipped. Malformed bytes end in an [IOException].
    Reader open(Charset charset) throws IOException {
        var in = Files.newInputStream(path);
        in.skipNBytes(bom);
        return new InputStreamReader(in, strict(charset));
    }

    /// The text in a guessed set: what does not fit becomes a replacement character, since
    /// refusing the money for a letter would help nobody.
    Reader openGuessed() throws IOException {
        var in = Files.newInputStream(path);
        in.skipNBytes(bom);
        return new InputStreamReader(in, guessedCharset());
    }

    /// UTF-8 where the bytes are, else the Windows set that banks of Western Europe still
    /// write.
    Charset guessedCharset() {
        return utf8 ? UTF_8 : Charset.forName("windows-1252");
    }

    private static void refuseLarge(long size) throws StatementRefused {
        if (size > SIZE_MAX) {
            throw new StatementRefused("the file is larger than 256 MiB", -1, -1);
        }
    }

    static StatementRefused unreadable(IOException e) {
        return new StatementRefused("the file cannot be read", -1, -1, e);
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /// The one pass: counts lines, looks for NUL, decodes as UTF-8 until that fails.
    private static final class Scan {
        private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK_SIZE);
        private final CharBuffer chars = CharBuffer.allocate(CHUNK_SIZE);
        private final CharsetDecoder decoder = strict(UTF_8);
        private long offset;
        private long line = 1;
        private boolean utf8 = true;
        private long badLine = -1;
        private long badOffset = -1;

        StatementFile scan(Path path, InputStream in) throws IOException, StatementRefused {
            String head = "";
            int bom = 0;
            while (true) {
                int kept = bytes.position();
                int read = in.readNBytes(bytes.array(), kept, bytes.capacity() - kept);
                boolean last = kept + read < bytes.capacity();
                if (offset == 0) {
                    bom = bomLength(bytes.array(), read);
                    head = new String(
                            bytes.array(),
                            bom,
                            Math.min(read - bom, HEAD_SIZE),
                            Charset.forName("ISO-8859-1"));
                }
                refuseLarge(offset + kept + read);
                bytes.position(0).limit(kept + read);
                decode(kept, last);
                if (last) {
                    break;
                }
            }
            if (offset == bom) {
                throw new StatementRefused("the file is empty", 1, 0);
            }
            return new StatementFile(path, utf8, badLine, badOffset, bom, head);
        }

        private void decode(int fresh, boolean last) throws StatementRefused {
            int end = bytes.limit();
            boolean ascii = look(fresh, end) && fresh == 0;
            if (utf8 && !ascii) {
                chars.clear();
                var result = decoder.decode(bytes, chars, last);
                if (result.isError()) {
                    utf8 = false;
                    badOffset = offset + bytes.position();
                    badLine = line + lines(bytes.position());
                }
            }
            int done = utf8 && !ascii ? bytes.position() : end;
            line += lines(done);
            offset += done;
            bytes.position(done).limit(end);
            bytes.compact();
        }

        /// Refuses NUL, and tells whether all bytes are ASCII, which nearly all of a
        /// statement is.
        private boolean look(int from, int to) throws StatementRefused {
            var array = bytes.array();
            int high = 0;
            for (int i = from; i < to; i++) {
                if (array[i] == 0) {
                    throw new StatementRefused(
                            "the file holds a NUL byte; it is damaged, no text, or UTF-16 (save it"
                                    + " as UTF-8)",
                            line + lines(i),
                            offset + i);
                }
                high |= array[i];
            }
            return high >= 0;
        }

        private long lines(int to) {
            var array = bytes.array();
            long count = 0;
            for (int i = 0; i < to; i++) {
                if (array[i] == '\n') {
                    count++;
                }
            }
            return count;
        }

        private static int bomLength(byte[] start, int length) {
            boolean bom = length >= 3
                    && start[0] == (byte) 0xEF
                    && start[1] == (byte) 0xBB
                    && start[2] == (byte) 0xBF;
            return bom ? 3 : 0;
        }
    }
}
