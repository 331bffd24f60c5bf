package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// The texts of one area in one language: `/i18n/<area>_<tag>.properties`, UTF-8,
/// placeholders by name (`{amount}`), plural forms as keys with a CLDR category
/// (`gifts.one`, `gifts.other`).
///
/// A key that a language lacks is taken from English; the tests of each module refuse that.
/// Two pseudo languages help to find what cannot be translated: `en-XA` is a third longer
/// and accented, `ar-XB` runs from right to left.
public final class Messages {

    private static final Map<String, Messages> LOADED = new ConcurrentHashMap<>();

    private final Locale locale;
    private final Map<String, String> texts;

    private Messages(Locale locale, Map<String, String> texts) {
        this.locale = locale;
        this.texts = texts;
    }

    /// The texts of an area. Loaded once and kept: languages come from a short list, never
    /// from a reader's input.
    public static Messages of(String area, Locale locale) {
        String tag = locale.toLanguageTag();
        return LOADED.computeIfAbsent(area + "_" + tag, key -> load(area, locale, tag));
    }

    private static Messages load(String area, Locale locale, String tag) {
        Map<String, String> texts = new HashMap<>(
                requireNonNull(read(area, "en"), () -> "no catalogue " + area + "_en.properties"));
        if (Pseudo.isPseudo(tag)) {
            texts.replaceAll((key, text) -> Pseudo.of(tag, text));
            return new Messages(locale, Map.copyOf(texts));
        }
        Map<String, String> own = read(area, locale.getLanguage());
        if (own == null) {
            throw new IllegalArgumentException("no catalogue " + area + " for " + tag);
        }
        texts.putAll(own);
        return new Messages(locale, Map.copyOf(texts));
    }

    private static @Nullable Map<String, String> read(String area, String language) {
        String name = "/i18n/" + area + "_" + language + ".properties";
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            if (in == null) {
                return null;
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var map = new HashMap<String, String>();
            properties
                    .stringPropertyNames()
                    .forEach(key -> map.put(key, properties.getProperty(key)));
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /// The language.
    public Locale locale() {
        return locale;
    }

    /// The value of the `lang` attribute.
    public String lang() {
        return locale.toLanguageTag();
    }

    /// The value of the `dir` attribute.
    public String dir() {
        return switch (locale.getLanguage()) {
            case "ar", "fa", "he", "ur" -> "rtl";
            default -> "ltr";
        };
    }

    /// Whether there is such a text.
    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /// The text of a key. The arguments are pairs of a placeholder's name and its value;
    /// numbers are written as the language writes them.
    public String text(String key, Object... pairs) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text " + key + " in " + lang());
        }
        if (pairs.length == 0) {
            return text;
        }
        return fill(key, text, pairs);
    }

    /// The text of a key in the plural form of the count, which is also the placeholder
    /// `{count}`.
    public String count(String key, long count, Object... pairs) {
        String form = key + "." + Plural.category(locale, count);
        String used = texts.containsKey(form) ? form : key + ".other";
        return fill(used, text(used).replace("{count}", value(count)), pairs);
    }

    private String fill(String key, String text, Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("arguments of " + key + " are not pairs");
        }
        var out = new StringBuilder(text.length() + 32);
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            out.append(text, at, open);
            out.append(argument(key, text.substring(open + 1, close), pairs));
            at = close + 1;
        }
        return out.append(text, at, text.length()).toString();
    }

    private String argument(String key, String name, Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return value(pairs[i + 1]);
            }
        }
        throw new IllegalArgumentException("text " + key + " needs {" + name + "}");
    }

    private String value(Object value) {
        return value instanceof Number number
                ? NumberFormat.getIntegerInstance(locale).format(number)
                : value.toString();
    }
}
