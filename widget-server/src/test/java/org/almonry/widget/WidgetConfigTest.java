package org.almonry.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

class WidgetConfigTest {
    private static Map<String, String> keys() {
        return new HashMap<>(Map.of(
                "listen.host", "127.0.0.1",
                "listen.port", "8081",
                "public-url", "https://give.example.org",
                "core.host", "10.0.0.1",
                "core.port", "8443",
                "trust-domain", "almonry.test",
                "tls.certificate", "a.crt",
                "tls.key", "a.key",
                "tls.trust", "trust.crt"));
    }

    @Test
    void defaultsAreSafe() {
        var config = WidgetConfig.from(Config.of(keys()));
        assertEquals("localhost", config.core().name());
        assertEquals("en", config.languages().offered().getFirst().toLanguageTag());
        assertTrue(config.demoBankUrl().isEmpty());
    }

    @Test
    void anUnknownOrWrongKeyIsRefused() {
        var unknown = keys();
        unknown.put("demo-bank-ulr", "x");
        assertThrows(ConfigRefused.class, () -> WidgetConfig.from(Config.of(unknown)));
        var script = keys();
        script.put("demo-bank-url", "javascript:alert(1)");
        assertThrows(IllegalArgumentException.class, () -> WidgetConfig.from(Config.of(script)));
    }

    @Test
    void aPlainListenerOutsideLoopbackRefusesToStart() {
        try (var core = TestCore.start()) {
            var keys = keys();
            keys.put("listen.host", "0.0.0.0");
            for (String file : new String[] {"certificate", "key"}) {
                String end = file.equals("key") ? ".key" : ".crt";
                keys.put(
                        "tls." + file,
                        core.folder().resolve("edge-widgets" + end).toString());
            }
            keys.put("tls.trust", core.folder().resolve("trust.crt").toString());
            var config = WidgetConfig.from(Config.of(keys));
            var clock = Clock.systemUTC();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> WidgetServer.start(config, new Ids(clock), clock));
        }
    }

    @Test
    void theCataloguesAreCompleteAndNeedTheSameValues() throws IOException {
        assertEquals(catalogue("en"), catalogue("de"));
    }

    private static TreeSet<String> catalogue(String tag) throws IOException {
        var properties = new Properties();
        String name = "/i18n/widget_" + tag + ".properties";
        try (var in = WidgetConfigTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var keys = new TreeSet<String>();
        for (String key : properties.stringPropertyNames()) {
            String text = properties.getProperty(key);
            assertTrue(!text.isBlank(), key);
            var names = new TreeSet<String>();
            Pattern.compile("\\{(\\w+)}")
                    .matcher(text)
                    .results()
                    .forEach(found -> names.add(found.group(1)));
            keys.add(key + names);
        }
        return keys;
    }
}
