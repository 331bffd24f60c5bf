package org.almonry.webkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.almonry.webkit.AmountInput.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Random;

class AmountInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            25           | 2500
            25,00        | 2500
            25.00        | 2500
            25,5         | 2550
            0.01         | 1
            1.250,00     | 125000
            1,250.00     | 125000
            1 250,00 €   | 125000
            1'250.00     | 125000
            1'250        | 125000
            12.345.678   | 1234567800
            €25          | 2500
            25 EUR       | 2500
            ٢٥٫٥٠        | 2550
            007          | 700
            0            | 0
            """)
    void readsWhatPeopleType(String typed, long minor) {
        assertEquals(new Parsed.Amount(minor), AmountInput.parse(typed, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.5.0",
                "25,00,00",
                "abcd",
                "1e3",
                "2.500",
                "2,500",
                "25.",
                ".5",
                "1.25,000.00",
                "1,25.00",
                "0x10",
                "25;00",
                "²",
                "1234567890123456"
            })
    void refusesWhatIsNoNumberOrTwo(String typed) {
        assertInstanceOf(Parsed.Unreadable.class, AmountInput.parse(typed, 2));
    }

    @Test
    void tellsApartWhatIsWrong() {
        assertInstanceOf(Parsed.Missing.class, AmountInput.parse("  ", 2));
        assertInstanceOf(Parsed.Negative.class, AmountInput.parse("-25", 2));
        assertInstanceOf(Parsed.Negative.class, AmountInput.parse("\u221225", 2));
        assertEquals(new Parsed.TooPrecise(2), AmountInput.parse("25.0001", 2));
        assertEquals(new Parsed.TooPrecise(0), AmountInput.parse("25.5", 0));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        long seed = 20261121;
        var random = new Random(seed);
        for (String tag : new String[] {"en", "de", "fr", "de-CH"}) {
            var format = new Format(Locale.forLanguageTag(tag), java.time.ZoneOffset.UTC);
            for (int i = 0; i < 200; i++) {
                long minor = random.nextLong(1, 1_000_000_000L);
                String text = format.money(minor, "EUR");
                assertEquals(
                        new Parsed.Amount(minor),
                        AmountInput.parse(text, 2),
                        "seed " + seed + ", " + tag + ": " + text);
            }
        }
    }
}
