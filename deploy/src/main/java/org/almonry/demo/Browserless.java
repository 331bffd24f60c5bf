package org.almonry.demo;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A person without a browser: gets pages, fills in their forms and sends them, keeps
/// cookies.
///
/// Java does not resolve `*.localhost`, so it connects to the address and says the name in
/// the Host header, as a browser would.
final class Browserless {

    static {
        // The client forbids setting Host unless it is told otherwise before its first use.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REDIRECTS_MAX = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /// An answer with the address that finally gave it.
    record Page(URI address, int status, String body) {
        Document html() {
            return Jsoup.parse(body, address.toString());
        }
    }

    Page get(String url) throws IOException, InterruptedException {
        return follow(URI.create(url), null, 0);
    }

    /// Sends a form of a page with its own values, changed by the given ones.
    Page submit(Page page, Element form, Map<String, String> values)
            throws IOException, InterruptedException {
        var fields = new LinkedHashMap<String, String>();
        for (var input : form.select("input[name], select[name], textarea[name], button[name]")) {
            var type = input.attr("type");
            var name = input.attr("name");
            if ((type.equals("radio") || type.equals("checkbox")) && !input.hasAttr("checked")) {
                continue;
            }
            if (input.tagName().equals("button")) {
                continue;
            }
            if (input.tagName().equals("select")) {
                var chosen = input.selectFirst("option[selected]");
                var option = chosen == null ? input.selectFirst("option") : chosen;
                fields.put(name, option == null ? "" : option.attr("value"));
            } else {
                fields.put(name, input.val());
            }
        }
        fields.putAll(values);
        var target = form.attr("action").isEmpty()
                ? page.address()
                : page.address().resolve(form.attr("action"));
        var body = fields.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        return follow(target, body, 0);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Page follow(URI address, @Nullable String form, int depth)
            throws IOException, InterruptedException {
        if (depth > REDIRECTS_MAX) {
            throw new IOException("too many redirects at " + address);
        }
        var host = address.getHost();
        var connect = host.endsWith(".localhost") ? DemoLayout.LOOPBACK : host;
        var wire = URI.create(address.toString().replaceFirst("//" + host, "//" + connect));
        var request = HttpRequest.newBuilder(wire)
                .timeout(PATIENCE)
                .header("Host", host + ":" + address.getPort());
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (form == null) {
            request.GET();
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", "http://" + host + ":" + address.getPort())
                    .POST(BodyPublishers.ofString(form));
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        var location = response.headers().firstValue("Location");
        if (response.statusCode() / 100 == 3 && location.isPresent()) {
            return follow(address.resolve(location.get()), null, depth + 1);
        }
        return new Page(address, response.statusCode(), response.body());
    }

    private void keep(String header) {
        var pair = header.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0].strip(), pair.length > 1 ? pair[1].strip() : "");
    }

    /// Carries a cookie that no page set.
    void carry(String name, String value) {
        cookies.put(name, value);
    }

    /// The value of a cookie that a page set, or an empty text.
    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }
}
