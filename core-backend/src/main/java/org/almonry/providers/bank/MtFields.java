package org.almonry.providers.bank;

import org.almonry.providers.StatementRefused;
import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a SWIFT file into fields: tag, value with its further lines, and where it stands.
///
/// What stands outside of messages, as block headers of SWIFT or the address lines of Dutch
/// banks, is skipped.
final class MtFields implements AutoCloseable {
    /// Six lines by the standard; German banks write more.
    private static final int FIELD_LENGTH_MAX = 64 * 1024;

    private static final Pattern TAG = Pattern.compile("^:([0-9]{2,3}[A-Z]?|NS):(.*)$");

    /// The end of a message in all its dialects; what may follow on the line are trailer
    /// blocks.
    private static final Pattern END = Pattern.compile("^-(\\}.*|\\s*)$");

    /// The tag of a field that ends a message without being one.
    static final String MESSAGE_END = "-";

    /// A field, with its lines joined by line feeds and as it stands in the file.
    record Field(String tag, String value, long line) {
        String raw() {
            return ":" + tag + ":" + value;
        }
    }

    private final Lines lines;
    private @Nullable String ahead;
    private boolean inMessage;

    MtFields(Lines lines) {
        this.lines = lines;
    }

    /// The next field, [#MESSAGE_END] after the last of a message that is marked so, null
    /// at the end of the file.
    @Nullable
    Field next() throws StatementRefused {
        while (true) {
            var text = take();
            if (text == null) {
                return null;
            }
            if (inMessage && END.matcher(text).matches()) {
                inMessage = false;
                return new Field(MESSAGE_END, "", lines.number());
            }
            var tag = tag(text);
            if (tag != null) {
                inMessage = true;
                return collect(tag.group(1), tag.group(2), lines.number());
            }
        }
    }

    private Field collect(String tag, String first, long line) throws StatementRefused {
        var value = new StringBuilder(first);
        while (true) {
            var text = lines.next();
            if (text == null || END.matcher(text).matches() || tag(text) != null) {
                ahead = text;
                return new Field(tag, value.toString().stripTrailing(), line);
            }
            value.append('\n').append(text);
            if (value.length() > FIELD_LENGTH_MAX) {
                throw new StatementRefused("a field is longer than any in a statement", line, -1);
            }
        }
    }

    private @Nullable Matcher tag(String text) {
        // Message text may begin on the line of the block header: "{1:…}{2:…}{4::20:…".
        int block = text.startsWith("{") ? text.indexOf("{4:") : -1;
        var matcher = TAG.matcher(block < 0 ? text : text.substring(block + "{4:".length()));
        return matcher.matches() ? matcher : null;
    }

    private @Nullable String take() throws StatementRefused {
        var text = ahead;
        if (text == null) {
            return lines.next();
        }
        ahead = null;
        return text;
    }

    @Override
    public void close() throws StatementRefused {
        lines.close();
    }
}
