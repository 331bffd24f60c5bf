package org.almonry.providers.bank;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the small texts that all formats have in common: amounts, accounts, names,
/// references.
final class Texts {
    /// Verbatim text kept of one line. Entries have about 2,000 characters; the rest is for
    /// long ones.
    static final int RAW_MAX = 16 * 1024;

    /// ISO 20022 allows 140 characters of name.
    static final int NAME_MAX = 200;

    /// Fits every account number, with room for what else banks put there.
    static final int ACCOUNT_MAX = 70;

    /// ISO 20022 allows 35 characters of a reference, some banks write more.
    static final int REFERENCE_MAX = 140;

    /// Payment text is at most 140 characters, or some lines of that; more is not a text to
    /// match.
    static final int REMITTANCE_MAX = 4_000;

    private static final int ISO_DATE_LENGTH = "2026-11-21".length();

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,19}(\\.[0-9]{0,10})?");

    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}");

    /// German account numbers as SWIFT files write them: bank code, stroke, number.
    private static final Pattern GERMAN = Pattern.compile("([0-9]{8})/([0-9]{1,10})");

    /// A number behind the name of the bank, as Triodos writes it.
    private static final Pattern NAMED = Pattern.compile("[A-Z]{4,}/([0-9]{6,})");

    /// An IBAN with the currency glued on, as Dutch and Swiss banks do.
    private static final Pattern IBAN_CURRENCY =
            Pattern.compile("([A-Z]{2}[0-9]{2}[A-Z0-9]{10,30})[ /]?[A-Z]{3}");

    private static final List<String> PLACEHOLDERS = List.of(
            "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOREF", "NOTAVAILABLE", "NONE", "N/A");

    private Texts() {}

    /// An amount with "." as decimal sign; zeros behind the currency's decimals are fine,
    /// digits are not.
    static Money amount(String text, Currency currency) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + clip(text, 40) + "\" is no amount");
        }
        var plain = new BigDecimal(text.endsWith(".") ? text + "0" : text);
        var value = Money.parse(plain.stripTrailingZeros().toPlainString(), currency);
        if (value.minor() == Long.MIN_VALUE) {
            throw new IllegalArgumentException("amount out of range");
        }
        return value;
    }

    static Currency currency(String code) {
        try {
            return Currency.of(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + clip(code, 10) + "\" is no currency", e);
        }
    }

    /// An account number as we compare it: IBANs without spaces and suffixes, German
    /// domestic numbers as IBAN.
    static String account(String text) {
        var compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
        var german = GERMAN.matcher(compact);
        if (german.matches()) {
            return germanIban(german.group(1), german.group(2));
        }
        if (isIban(compact)) {
            return compact;
        }
        var suffixed = IBAN_CURRENCY.matcher(compact);
        if (suffixed.matches() && isIban(suffixed.group(1))) {
            return suffixed.group(1);
        }
        var named = NAMED.matcher(compact);
        return named.matches() ? named.group(1) : clip(text.strip(), ACCOUNT_MAX);
    }

    static boolean isIban(String compact) {
        return IBAN.matcher(compact).matches() && mod97(compact) == 1;
    }

    /// A reference, or nothing where the bank wrote a word for nothing.
    static String reference(String text) {
        var value = text.strip();
        return PLACEHOLDERS.contains(value.toUpperCase(Locale.ROOT))
                ? ""
                : clip(value, REFERENCE_MAX);
    }

    static String name(String text) {
        return clip(oneLine(text), NAME_MAX);
    }

    /// Lines of payment text, joined; equal and empty lines count once.
    static String remittance(List<String> lines) {
        return clip(
                lines.stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("\n")),
                REMITTANCE_MAX);
    }

    /// The date in "2026-11-21", "2026-11-21+01:00" or "2026-11-21T10:15:00Z": the day as
    /// the bank writes it.
    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text.substring(0, Math.min(text.length(), ISO_DATE_LENGTH)));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + clip(text, 40) + "\" is no date", e);
        }
    }

    static String oneLine(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    static String raw(String text) {
        return clip(text, RAW_MAX);
    }

    static String clip(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, pair ? length - 1 : length);
    }

    private static String germanIban(String bankCode, String number) {
        var rest = bankCode + "0".repeat(10 - number.length()) + number;
        int check = 98 - mod97("DE00" + rest);
        return "DE" + (check < 10 ? "0" : "") + check + rest;
    }

    /// ISO 13616: the first four characters go to the end, letters count from 10, the rest
    /// modulo 97.
    private static int mod97(String iban) {
        var turned = iban.substring(4) + iban.substring(0, 4);
        int rest = 0;
        for (int i = 0; i < turned.length(); i++) {
            int value = Character.digit(turned.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }
}
