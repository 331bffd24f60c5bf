package org.almonry.mail;

import java.util.Locale;
import java.util.ResourceBundle;

/// Texts of mails in the languages of the instance; English where there is no other.
public final class MailTexts {
    private final ResourceBundle bundle;

    private MailTexts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /// Texts in the language of a BCP 47 tag.
    public static MailTexts of(String language) {
        Locale locale = Locale.forLanguageTag(language).getLanguage().equals("de")
                ? Locale.GERMAN
                : Locale.ENGLISH;
        return new MailTexts(ResourceBundle.getBundle(
                "i18n.mail",
                locale,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_DEFAULT)));
    }

    /// The language that these texts are in.
    public Locale locale() {
        return bundle.getLocale();
    }

    /// A text with its places filled. Values are put in as they are, never read as
    /// patterns.
    public String text(String key, Object... values) {
        String pattern = bundle.getString(key);
        StringBuilder text = new StringBuilder(pattern.length() + 64);
        for (int i = 0; i < pattern.length(); i++) {
            if (isPlace(pattern, i, values.length)) {
                text.append(values[pattern.charAt(i + 1) - '0']);
                i += 2;
            } else {
                text.append(pattern.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isPlace(String pattern, int at, int count) {
        return pattern.charAt(at) == '{'
                && at + 2 < pattern.length()
                && pattern.charAt(at + 2) == '}'
                && pattern.charAt(at + 1) >= '0'
                && pattern.charAt(at + 1) < '0' + count;
    }
}
