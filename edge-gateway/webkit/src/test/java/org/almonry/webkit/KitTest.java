package org.almonry.webkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

class KitTest {
    @Test
    void moneyIsWrittenAsTheLanguageWritesIt() {
        var english = new Format(Locale.ENGLISH, ZoneOffset.UTC);
        var german = new Format(Locale.GERMAN, ZoneOffset.UTC);
        assertEquals("€1,234.50", english.money(123_450, "EUR"));
        assertEquals("1.234,50\u00a0€", german.money(123_450, "EUR"));
        assertEquals("\u22125,00\u00a0€", german.money(-500, "EUR"));
        assertEquals("¥500", english.money(500, "JPY").replace("JP¥", "¥"));
        assertEquals("12.00\u00a0XHOUR", english.money(1200, "XHOUR"));
        assertEquals("25", english.amountShort(2500, "EUR"));
        assertEquals("25.50", english.amountShort(2550, "EUR"));
    }

    @Test
    void pluralFormsFollowTheLanguage() {
        assertEquals("one", Plural.category(Locale.ENGLISH, 1));
        assertEquals("other", Plural.category(Locale.ENGLISH, 0));
        assertEquals("one", Plural.category(Locale.FRENCH, 0));
        var polish = Locale.forLanguageTag("pl");
        assertEquals("few", Plural.category(polish, 22));
        assertEquals("many", Plural.category(polish, 12));
        assertEquals("many", Plural.category(polish, 21));
        var arabic = Locale.forLanguageTag("ar");
        assertEquals("two", Plural.category(arabic, 2));
        assertEquals("few", Plural.category(arabic, 103));
        assertEquals("many", Plural.category(arabic, 11));
        assertEquals("other", Plural.category(arabic, 100));
    }

    @Test
    void theCatalogueIsCompleteInEveryLanguage() throws IOException {
        var english = keys("en");
        assertEquals(english, keys("de"));
    }

    private static TreeSet<String> keys(String tag) throws IOException {
        var properties = new Properties();
        try (var in = KitTest.class.getResourceAsStream("/i18n/webkit_" + tag + ".properties")) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var keys = new TreeSet<String>();
        for (String key : properties.stringPropertyNames()) {
            var names = new TreeSet<String>();
            var matcher = Pattern.compile("\\{(\\w+)}").matcher(properties.getProperty(key));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            keys.add(key + names);
        }
        return keys;
    }

    @Test
    void theReadersLanguageIsChosenAmongTheOffered() {
        var languages = Languages.of(List.of("en", "de"));
        assertEquals(Locale.GERMAN, languages.fromWish("de-CH, fr;q=0.8"));
        assertEquals(Locale.ENGLISH, languages.fromWish("fr, es"));
        assertEquals(Locale.ENGLISH, languages.fromWish(";;q=q"));
        assertEquals(Locale.ENGLISH, languages.fromWish("de,".repeat(500)));
        assertEquals(Locale.ENGLISH, languages.byTag("../etc"));
    }

    @Test
    void pseudoLanguagesKeepPlaceholders() {
        assertTrue(Pseudo.of("en-XA", "Give {amount} now").contains("{amount}"));
        assertTrue(Pseudo.of("ar-XB", "Give {amount} now").contains("{amount}"));
        assertEquals(
                "rtl", Messages.of("webkit", Locale.forLanguageTag("ar-XB")).dir());
    }

    @Test
    void aFormTokenIsOfOneSessionAndOneForm() {
        var csrf = new Csrf(new byte[32]);
        assertEquals(csrf.token("s", "book"), csrf.token("s", "book"));
        assertNotEquals(csrf.token("s", "book"), csrf.token("s", "undo"));
        assertNotEquals(csrf.token("s", "book"), csrf.token("t", "book"));
        assertNotEquals(csrf.token("a|b", "c"), csrf.token("a", "b|c"));
        assertThrows(IllegalArgumentException.class, () -> new Csrf(new byte[8]));
    }

    @Test
    void aPolicyIsWidenedByDirectiveOnly() {
        var csp = Csp.strict().framedBy(List.of("https://river.example"));
        assertTrue(csp.text().contains("frame-ancestors https://river.example;"), csp.text());
        assertTrue(Csp.strict().framedBy(List.of()).text().contains("frame-ancestors 'none'"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Csp.strict().framedBy(List.of("https://a; script-src *")));
    }

    @Test
    void theQrCodeOfATransferIsDrawnAsAPath() {
        var qr = QrSvg.ofTransfer(
                "BCD\n002\n1\nSCT\n\nRiver Trust\nDE02120300000000202051\nEUR25.00");
        assertTrue(qr.size() > 29 && qr.path().startsWith("M4 4h7v1h-7z"), qr.path());
        assertThrows(IllegalArgumentException.class, () -> QrSvg.ofTransfer("x".repeat(332)));
    }

    @Test
    void tooManyActionsAreRefusedPerKey() {
        var limit = new RateLimit(3, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }
        assertEquals(429, assertThrows(Problem.class, () -> limit.take("a")).status());
        limit.take("b");
    }

    @Test
    void theCookieIsBoundToTheHost() {
        assertFalse(SessionCookie.NAME.isBlank());
        assertTrue(SessionCookie.NAME.startsWith("__Host-"));
    }
}
