package org.almonry.gateway.testing;

import org.almonry.gateway.Gateway;
import org.almonry.gateway.GatewayConfig;
import org.almonry.gateway.Role;
import org.almonry.webkit.CoreAddress;
import org.almonry.webkit.Languages;
import org.almonry.webkit.ListenConfig;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real gateway over HTTP in front of a [CoreFixture], and a browser without cookies of
/// its own.
public final class Site implements AutoCloseable {

    private final Gateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    public Site(CoreFixture core, Role role) {
        String identity = role == Role.ADMIN ? "admin/admin" : "edge/public";
        var listen = ListenConfig.plain("127.0.0.1", 0);
        gateway = Gateway.start(
                new GatewayConfig(
                        role,
                        role == Role.ADMIN ? listen.withBodyMax(GatewayConfig.UPLOAD_MAX) : listen,
                        new CoreAddress("127.0.0.1", core.port(), "core", core.issue(identity)),
                        ZoneId.of("Europe/Berlin"),
                        "EUR",
                        Languages.of(List.of("en", "de", "en-XA", "ar-XB"))),
                Clock.systemUTC());
    }

    public String url() {
        return gateway.url();
    }

    /// A page as a session sees it; an empty session is a stranger.
    public HttpResponse<String> get(String path, String session, String... headers) {
        return send(request(path, session, headers).GET());
    }

    /// Posts fields given as pairs.
    public HttpResponse<String> post(String path, String session, String... pairs) {
        var body = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(encode(pairs[i]))
                    .append('=')
                    .append(encode(pairs[i + 1]));
        }
        return send(request(path, session, "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /// Opens a page and posts the form with that action, with its hidden fields and the
    /// given ones.
    public HttpResponse<String> submit(
            String page, String action, String session, String... pairs) {
        String form = form(get(page, session).body(), action);
        var all = new java.util.ArrayList<String>();
        Matcher hidden = Pattern.compile(
                        "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">")
                .matcher(form);
        while (hidden.find()) {
            if (!List.of(pairs).contains(hidden.group(1))) {
                all.add(hidden.group(1));
                all.add(hidden.group(2).replace("&amp;", "&"));
            }
        }
        all.addAll(List.of(pairs));
        return post(action, session, all.toArray(String[]::new));
    }

    /// The markup of a form.
    public static String form(String html, String action) {
        int at = html.indexOf("action=\"" + action + "\"");
        if (at < 0) {
            throw new AssertionError("no form " + action + " in:\n" + html);
        }
        return html.substring(html.lastIndexOf("<form", at), html.indexOf("</form>", at));
    }

    /// The value of a hidden field.
    public static String hidden(String html, String name) {
        Matcher matcher =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(html);
        if (!matcher.find()) {
            throw new AssertionError("no field " + name);
        }
        return matcher.group(1);
    }

    public HttpRequest.Builder request(String path, String session, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .timeout(Duration.ofSeconds(60));
        String cookies = session.isEmpty() ? "" : "__Host-almonry=" + session;
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("Cookie")) {
                cookies = cookies + "; " + headers[i + 1];
            } else {
                request.header(headers[i], headers[i + 1]);
            }
        }
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}
