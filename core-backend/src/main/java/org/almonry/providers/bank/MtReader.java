package org.almonry.providers.bank;

import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Reads SWIFT MT940 (booked) and MT942 (intraday), field by field with the fields of
/// pw-swift-core.
///
/// Twice: a header needs to know how far its statement reaches, which only its last field
/// tells. The first pass keeps one date per statement and finds out whether the file is
/// whole.
final class MtReader {
    /// Ten years of daily statements of some accounts; bounds what the first pass keeps.
    private static final int STATEMENTS_MAX = 100_000;

    private final StatementSink sink;
    private final Deque<Outlook> outlooks;
    private @Nullable MtStatement statement;
    private int statements;

    private MtReader(StatementSink sink, Deque<Outlook> outlooks) {
        this.sink = sink;
        this.outlooks = outlooks;
    }

    static void read(StatementFile file, StatementSink sink) throws StatementRefused {
        var outlooks = lookAhead(file);
        try (var fields = fields(file)) {
            new MtReader(sink, outlooks).readAll(fields);
        }
    }

    private static MtFields fields(StatementFile file) throws StatementRefused {
        return new MtFields(Lines.open(file, null));
    }

    /// What the first pass learns of a statement: how far it reaches, and whether it is its
    /// last page. The date is text here, since it may be none.
    record Outlook(String to, boolean last) {}

    private static Deque<Outlook> lookAhead(StatementFile file) throws StatementRefused {
        var result = new ArrayDeque<Outlook>();
        try (var fields = fields(file)) {
            boolean marked = false;
            var found = new Found();
            for (var field = fields.next(); field != null; field = fields.next()) {
                boolean ends = field.tag().equals(MtFields.MESSAGE_END);
                marked |= ends;
                if (found.open && (ends || field.tag().equals("20"))) {
                    result.add(found.outlook());
                    found = new Found();
                }
                found.take(field);
                if (result.size() > STATEMENTS_MAX) {
                    throw new StatementRefused(
                            "the file holds more than 100,000 statements", field.line(), -1);
                }
            }
            if (found.open) {
                found.refuseCutOff(marked);
                result.add(found.outlook());
            }
        }
        if (result.isEmpty()) {
            throw new StatementRefused("the file holds no SWIFT statement", 1, 0);
        }
        return result;
    }

    private void readAll(MtFields fields) throws StatementRefused {
        for (var field = fields.next(); field != null; field = fields.next()) {
            if (field.tag().equals("20")) {
                finish();
                statement =
                        new MtStatement(sink, outlooks.removeFirst(), ++statements, field.line());
            }
            if (statement == null) {
                continue;
            }
            if (field.tag().equals(MtFields.MESSAGE_END)) {
                finish();
            } else {
                statement.take(field);
            }
        }
        finish();
    }

    private void finish() {
        if (statement != null) {
            statement.finish();
            statement = null;
        }
    }

    /// A statement as the first pass sees it.
    private static final class Found {
        private static final int DATE_LENGTH = 6;
        private static final Pattern BALANCE =
                Pattern.compile("[CD][0-9]{6}[A-Z]{3}[0-9]+,[0-9]*\\s*");

        private boolean open;
        private boolean opened;
        private boolean last = true;
        private long line;
        private String closing = "";
        private String newest = "";

        void take(MtFields.Field field) {
            line = field.line();
            switch (field.tag()) {
                case "20" -> open = true;
                case "60F", "60M" -> opened = true;
                case "62F", "62M" -> {
                    last = field.tag().equals("62F");
                    closing = field.value();
                }
                case "13D", "13" -> newest = Texts.clip(field.value(), DATE_LENGTH);
                case "61" ->
                    newest = newest.isEmpty() ? Texts.clip(field.value(), DATE_LENGTH) : newest;
                default -> {}
            }
        }

        Outlook outlook() {
            return new Outlook(
                    closing.isEmpty() ? newest : Texts.clip(closing.substring(1), DATE_LENGTH),
                    last);
        }

        /// A booked statement ends with its balance, an intraday one with a mark if the
        /// others do; without, the end of the file came too early.
        void refuseCutOff(boolean marked) throws StatementRefused {
            if (opened ? !BALANCE.matcher(closing).matches() : marked) {
                throw new StatementRefused(
                        "the file is cut off: its last statement does not end", line, -1);
            }
        }
    }
}
