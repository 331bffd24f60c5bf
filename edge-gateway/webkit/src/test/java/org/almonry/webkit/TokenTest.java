package org.almonry.webkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// WCAG 1.4.3 and 1.4.11: the contrast of the colour tokens, in both themes.
class TokenTest {
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

    @Test
    void textAndControlsHaveEnoughContrastInBothThemes() throws IOException {
        var tokens = tokens();
        for (int theme = 0; theme < 2; theme++) {
            for (String ground : new String[] {"paper", "surface", "sunken"}) {
                for (String text : new String[] {"ink", "ink-soft", "accent", "bad"}) {
                    check(tokens, theme, text, ground, 4.5);
                }
                check(tokens, theme, "edge", ground, 3.0);
                check(tokens, theme, "focus", ground, 3.0);
            }
            check(tokens, theme, "on-accent", "accent", 4.5);
            check(tokens, theme, "on-accent", "accent-strong", 4.5);
            check(tokens, theme, "accent-strong", "accent-soft", 4.5);
            for (String state : new String[] {"bad", "warn", "good"}) {
                check(tokens, theme, state, state + "-soft", 4.5);
                check(tokens, theme, "ink", state + "-soft", 4.5);
            }
        }
    }

    private static void check(
            Map<String, String[]> tokens, int theme, String text, String ground, double least) {
        double ratio = contrast(tokens.get(text)[theme], tokens.get(ground)[theme]);
        assertTrue(ratio >= least, text + " on " + ground + ", theme " + theme + ": " + ratio);
    }

    private static Map<String, String[]> tokens() throws IOException {
        String css;
        try (var in = TokenTest.class.getResourceAsStream("/static/css/tokens.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var tokens = new HashMap<String, String[]>();
        var matcher = TOKEN.matcher(css);
        while (matcher.find()) {
            tokens.put(matcher.group(1), new String[] {matcher.group(2), matcher.group(3)});
        }
        return tokens;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
