package org.almonry.demobank;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fields of a query or a form.
record Query(Map<String, String> fields) {

    static Query parse(@Nullable String encoded) {
        var fields = new LinkedHashMap<String, String>();
        if (encoded != null) {
            for (var pair : encoded.split("&")) {
                var parts = pair.split("=", 2);
                fields.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return new Query(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    int number(String name, int fallback) {
        var text = text(name);
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : fallback;
    }
}
