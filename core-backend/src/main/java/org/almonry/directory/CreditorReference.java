package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A structured creditor reference of ISO 11649: "RF", two check digits (mod 97-10), and up
/// to 21 letters and digits. Kept without blanks and in upper case, as it travels in a
/// payment.
public record CreditorReference(String value) {
    private static final Pattern FORM = Pattern.compile("RF[0-9]{2}[A-Z0-9]{1,21}");

    /// Refuses what is not a reference or has wrong check digits.
    public CreditorReference {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a creditor reference: " + value);
        }
    }

    /// Makes the reference for the creditor's own letters and digits.
    public static CreditorReference of(String body) {
        int check = 98 - remainder(body + "RF00");
        return new CreditorReference("RF" + (check < 10 ? "0" : "") + check + body);
    }

    /// Reads a reference as people write it: blanks anywhere, either case.
    public static Optional<CreditorReference> parse(String text) {
        String compact = text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        return isValid(compact) ? Optional.of(new CreditorReference(compact)) : Optional.empty();
    }

    /// The creditor's own part, after "RF" and the check digits.
    public String body() {
        return value.substring(4);
    }

    /// The reference in groups of four, for reading aloud.
    public String grouped() {
        return value.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static boolean isValid(String value) {
        return FORM.matcher(value).matches()
                && remainder(value.substring(4) + value.substring(0, 4)) == 1;
    }

    private static int remainder(String alphanumeric) {
        int remainder = 0;
        for (int i = 0; i < alphanumeric.length(); i++) {
            int digit = Character.digit(alphanumeric.charAt(i), 36);
            remainder = (remainder * (digit < 10 ? 10 : 100) + digit) % 97;
        }
        return remainder;
    }
}
