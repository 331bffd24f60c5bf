package org.almonry.webkit;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what people type for an amount: `25`, `25,00`, `25.00`, `1.250,00`, `1 250.00 €`.
///
/// Comma and point both work in every language, because people type what their keyboard
/// offers; what could mean two things (`2.500` with two decimals allowed) is not guessed
/// but refused.
public final class AmountInput {

    private static final int LENGTH_MAX = 30;

    /// Blanks of all kinds, the usual signs, and a code before or after.
    private static final Pattern AROUND =
            Pattern.compile("[\\s\\u00a0\\u202f€$£]|^[A-Za-z]{3}|[A-Za-z]{3}$");

    private static final Pattern PLAIN = Pattern.compile("(\\d{1,15})(?:[.,](\\d{1,4}))?");
    private static final Pattern GROUPED =
            Pattern.compile("(\\d{1,3}(?:([.,'])\\d{3})(?:\\2\\d{3})*)(?:([.,])(\\d{1,4}))?");

    private AmountInput() {}

    /// What came of it.
    public sealed interface Parsed {
        /// An amount above or equal to zero in minor units.
        record Amount(long minor) implements Parsed {}

        /// Nothing was typed.
        record Missing() implements Parsed {}

        /// A minus sign.
        record Negative() implements Parsed {}

        /// More decimals than the currency has.
        record TooPrecise(int decimals) implements Parsed {}

        /// Not a number, or one with two meanings.
        record Unreadable() implements Parsed {}
    }

    /// Reads an amount of a currency with that many decimals.
    public static Parsed parse(String typed, int scale) {
        String text = AROUND.matcher(typed).replaceAll("").replace('\u2019', '\'');
        if (text.isEmpty()) {
            return typed.isBlank() ? new Parsed.Missing() : new Parsed.Unreadable();
        }
        if (text.length() > LENGTH_MAX) {
            return new Parsed.Unreadable();
        }
        if (text.charAt(0) == '-' || text.charAt(0) == '\u2212') {
            return new Parsed.Negative();
        }
        String ascii = digits(text);
        Matcher grouped = GROUPED.matcher(ascii);
        if (grouped.matches()) {
            return grouped(grouped, scale);
        }
        Matcher plain = PLAIN.matcher(ascii);
        return plain.matches()
                ? minor(plain.group(1), plain.group(2), scale)
                : new Parsed.Unreadable();
    }

    private static Parsed grouped(Matcher matcher, int scale) {
        String group = matcher.group(2);
        String point = matcher.group(3);
        boolean single = point == null && matcher.group(1).replaceAll("\\d", "").length() == 1;
        if (single && !group.equals("'")) {
            return new Parsed.Unreadable();
        }
        if (group.equals(point)) {
            return new Parsed.Unreadable();
        }
        return minor(matcher.group(1).replaceAll("\\D", ""), matcher.group(4), scale);
    }

    private static Parsed minor(String whole, @Nullable String decimals, int scale) {
        String used = decimals == null ? "" : decimals;
        if (used.length() > scale) {
            return new Parsed.TooPrecise(scale);
        }
        var value = new BigDecimal(used.isEmpty() ? whole : whole + "." + used);
        return new Parsed.Amount(value.movePointRight(scale).longValueExact());
    }

    /// Digits of every script (Arabic-Indic, Devanagari …) as ASCII.
    private static String digits(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int digit = Character.digit(c, 10);
            boolean number = Character.isDigit(c) && digit >= 0;
            out.appendCodePoint(number ? '0' + digit : c == '\u066b' ? '.' : c);
        });
        return out.toString();
    }
}
