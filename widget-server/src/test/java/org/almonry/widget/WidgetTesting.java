package org.almonry.widget;

import org.almonry.wire.Config;
import org.almonry.wire.Ids;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A running widget server before a running core, and a reader without a browser.
final class WidgetTesting implements AutoCloseable {

    final TestCore core = TestCore.start();
    final WidgetServer server;
    final HttpClient http = HttpClient.newHttpClient();

    WidgetTesting(Map<String, String> more) {
        this(more, Clock.systemUTC());
    }

    WidgetTesting(Map<String, String> more, Clock clock) {
        var keys = new HashMap<String, String>();
        keys.put("listen.host", "127.0.0.1");
        keys.put("listen.port", "0");
        keys.put("public-url", "http://give.localhost:8081");
        keys.put("core.host", "127.0.0.1");
        keys.put("core.port", Integer.toString(core.port()));
        keys.put("trust-domain", "almonry.test");
        keys.put("tls.certificate", core.folder().resolve("edge-widgets.crt").toString());
        keys.put("tls.key", core.folder().resolve("edge-widgets.key").toString());
        keys.put("tls.trust", core.folder().resolve("trust.crt").toString());
        keys.put("demo-bank-url", "http://bank.localhost:8083/");
        keys.putAll(more);
        server = WidgetServer.start(WidgetConfig.from(Config.of(keys)), new Ids(clock), clock);
        warmUp();
    }

    /// On a busy machine the first call of a cold JVM can miss its deadline.
    private void warmUp() {
        try {
            for (int i = 0; i < 10 && get("/warm-up").statusCode() != 404; i++) {
                Thread.onSpinWait();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /// Opens the form, fills it in and sends it, as a browser without scripts does.
    HttpResponse<String> give(String path, Map<String, String> typed) throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put("form", formId(get(path)));
        fields.putAll(typed);
        return post(path, fields);
    }

    static String formId(HttpResponse<String> page) {
        return find(page.body(), "name=\"form\" value=\"([^\"]+)\"");
    }

    static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        server.close();
        core.close();
    }
}
