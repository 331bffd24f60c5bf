package org.almonry.webkit;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The fields of a posted form (`application/x-www-form-urlencoded`), read within limits
/// and strictly as UTF-8. Control characters never get through, so that no field can break
/// a log line or a header.
public final class Forms {

    /// A basket of twenty lines has about fifty fields.
    static final int FIELDS_MAX = 200;

    private final Map<String, List<String>> fields;

    private Forms(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /// Reads the body. Throws a [Problem] for another type, too much or malformed input.
    public static Forms read(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!plain.equals("application/x-www-form-urlencoded")) {
            throw Problem.of(415, "bad-request");
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes((int) ListenConfig.FORM_MAX + 1);
            if (body.length > ListenConfig.FORM_MAX) {
                throw Problem.of(413, "too-large");
            }
            return parse(new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw Problem.badRequest();
        }
    }

    /// A form without any field.
    public static Forms none() {
        return new Forms(Map.of());
    }

    static Forms parse(String body) {
        var fields = new LinkedHashMap<String, List<String>>();
        int count = 0;
        for (String pair : body.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > FIELDS_MAX) {
                throw Problem.of(413, "too-large");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Forms(fields);
    }

    /// A single-line field without blanks around it; empty when it is missing.
    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    /// A single-line field, cut to its greatest length in code points.
    public String text(String name, int lengthMax) {
        String text = text(name);
        if (text.codePointCount(0, text.length()) <= lengthMax) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, lengthMax));
    }

    /// All values of a field, in order.
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream().map(String::strip).toList();
    }

    /// The names of all fields, in order.
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /// Whether the field came, as a ticked box does.
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    private static String decode(String coded) {
        byte[] bytes = new byte[coded.length()];
        int length = 0;
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            if (c == '%') {
                if (i + 2 >= coded.length()) {
                    throw Problem.badRequest();
                }
                int high = Character.digit(coded.charAt(i + 1), 16);
                int low = Character.digit(coded.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    throw Problem.badRequest();
                }
                bytes[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return withoutControls(text);
        } catch (CharacterCodingException e) {
            throw Problem.badRequest();
        }
    }

    private static String withoutControls(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == 0) {
                throw Problem.badRequest();
            }
            boolean lineBreak = c == '\n' || c == '\r' || c == '\t';
            if (lineBreak) {
                out.append(c == '\r' ? "" : c == '\t' ? " " : "\n");
            } else if (!Character.isISOControl(c)) {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
