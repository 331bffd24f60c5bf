package org.almonry.webkit;

import java.util.Locale;

/// The plural category of a whole number by the rules of CLDR, for the languages that
/// catalogues exist for and some that may come. java.text has no such rules, and `n == 1`
/// is wrong already in French.
final class Plural {

    private Plural() {}

    static String category(Locale locale, long count) {
        long n = Math.abs(count);
        return switch (locale.getLanguage()) {
            case "fr", "pt" -> n <= 1 ? "one" : "other";
            case "pl" -> slavic(n, n == 1);
            case "uk", "ru" -> slavic(n, n % 10 == 1 && n % 100 != 11);
            case "cs", "sk" -> n == 1 ? "one" : n >= 2 && n <= 4 ? "few" : "other";
            case "he" -> n == 1 ? "one" : n == 2 ? "two" : "other";
            case "ar" -> arabic(n);
            case "ja", "zh", "ko", "tr" -> "other";
            default -> n == 1 ? "one" : "other";
        };
    }

    private static String slavic(long n, boolean one) {
        if (one) {
            return "one";
        }
        boolean few = n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
        return few ? "few" : "many";
    }

    private static String arabic(long n) {
        if (n <= 2) {
            return n == 0 ? "zero" : n == 1 ? "one" : "two";
        }
        long rest = n % 100;
        return rest >= 3 && rest <= 10 ? "few" : rest >= 11 ? "many" : "other";
    }
}
