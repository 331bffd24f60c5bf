package org.almonry.webkit;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

import java.util.Map;

/// The templates of one module, compiled at build time. A template has one parameter,
/// `page`, and escapes everything by its place in the markup.
public final class Html {

    private static final Header TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");

    /// Most pages fit; larger ones grow the buffer.
    private static final int CHUNK = 16 * 1024;

    private final TemplateEngine engine;

    /// @param packageName the package that the module's pom gives to its templates
    public Html(String packageName) {
        this.engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Html.class.getClassLoader(), packageName);
    }

    /// The markup as UTF-8.
    public byte[] render(String template, Object page) {
        var out = new Utf8ByteOutput(CHUNK);
        engine.render(template + ".jte", page, out);
        return out.toByteArray();
    }

    /// The markup of a template with several parameters, by their names.
    public byte[] render(String template, Map<String, Object> parameters) {
        var out = new Utf8ByteOutput(CHUNK);
        engine.render(template + ".jte", parameters, out);
        return out.toByteArray();
    }

    /// Renders and sends with the status that the response already has.
    public void send(ServerResponse response, String template, Object page) {
        send(response, render(template, page));
    }

    /// The same for a template with several parameters.
    public void send(ServerResponse response, String template, Map<String, Object> parameters) {
        send(response, render(template, parameters));
    }

    private static void send(ServerResponse response, byte[] body) {
        response.headers().set(TYPE);
        response.send(body);
    }

    /// Renders and sends under a policy wider than the strict one.
    public void send(ServerResponse response, Csp csp, String template, Object page) {
        response.headers().set(SecurityHeaders.CSP, csp.text());
        send(response, template, page);
    }
}
