package org.almonry.widget;

import org.almonry.webkit.Format;
import org.almonry.widgets.v1.WeekReceived;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Received money per week (C-093) as bars of a drawing 520 wide and 100 high, and as rows
/// of the table beside it.
///
/// @param weeks oldest first; empty when nothing came yet
/// @param barWidth width of a bar
/// @param most largest week, in words
public record Activity(List<Week> weeks, int barWidth, String most) {

    /// Width and height of the drawing.
    public static final int WIDTH = 520;

    public static final int HEIGHT = 100;

    /// One bar alone would fill the drawing and tell nothing.
    private static final int WEEKS_LEAST = 26;

    public Activity {
        weeks = List.copyOf(weeks);
    }

    /// A week: its bar, its Monday and its amount in words.
    public record Week(int x, int y, int height, String monday, String amount) {}

    /// Whether there is nothing to draw.
    public boolean isEmpty() {
        return weeks.isEmpty();
    }

    static Activity none() {
        return new Activity(List.of(), 1, "");
    }

    static Activity of(List<WeekReceived> received, Format format) {
        long most = received.stream()
                .mapToLong(week -> week.getAmount().getMinor())
                .max()
                .orElse(0);
        if (most <= 0) {
            return none();
        }
        int step = Math.max(1, WIDTH / Math.max(WEEKS_LEAST, received.size()));
        // The newest week is at the end; a young project has room before its first bar.
        int start = WIDTH - step * received.size();
        var weeks = new ArrayList<Week>();
        for (int i = 0; i < received.size(); i++) {
            WeekReceived week = received.get(i);
            long minor = Math.max(0, week.getAmount().getMinor());
            // A week with anything at all shows at least a line.
            int height = minor == 0 ? 0 : Math.max(2, ProjectView.percent(minor, most));
            weeks.add(new Week(
                    start + i * step,
                    HEIGHT - height,
                    height,
                    monday(week.getMonday(), format),
                    format.money(week.getAmount().getMinor(), week.getAmount().getCurrency())));
        }
        String currency = received.getFirst().getAmount().getCurrency();
        return new Activity(weeks, Math.max(1, step - 2), format.money(most, currency));
    }

    private static String monday(String iso, Format format) {
        try {
            return format.date(LocalDate.parse(iso));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }
}
