package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.webkit.Format;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.Messages;

import java.time.ZoneOffset;

/// Thermometer and badge as pictures that any page can show, without a script.
public final class GoalPages {

    /// Widths of a badge are guessed from the number of letters: no font is known on a
    /// server.
    private static final int LETTER = 7;

    private static final int BADGE_PADDING = 16;

    private final WidgetBackend backend;
    private final Html html;
    private final Languages languages;

    GoalPages(WidgetBackend backend, Html html, Languages languages) {
        this.backend = requireNonNull(backend, "backend is null");
        this.html = requireNonNull(html, "html is null");
        this.languages = requireNonNull(languages, "languages is null");
    }

    void route(HttpRules rules) {
        rules.get("/goal/{file}", (request, response) -> send("goal", request, response));
        rules.get("/badge/{file}", (request, response) -> send("badge", request, response));
    }

    private void send(String template, ServerRequest request, ServerResponse response) {
        String file = request.path().pathParameters().get("file");
        String slug = file.endsWith(".svg") ? file.substring(0, file.length() - 4) : "";
        var locale = languages.choose(request);
        var format = new Format(locale, ZoneOffset.UTC);
        var project = backend.project(slug).in(format).project();
        var text = Messages.of("widget", locale);
        String said = project.hasGoal()
                ? text.text("goal.of", "received", project.received(), "goal", project.goal())
                : text.text("goal.open", "received", project.received());
        byte[] picture = html.render(
                template, new Picture(text, project, said, width(project.name()), width(said)));
        response.headers().set(HeaderNames.CONTENT_TYPE, "image/svg+xml; charset=utf-8");
        response.headers().set(HeaderNames.CACHE_CONTROL, "public, max-age=60");
        response.headers().set(HeaderNames.VARY, "Accept-Language");
        response.header("Cross-Origin-Resource-Policy", "cross-origin");
        response.header("Content-Security-Policy", "default-src 'none'; frame-ancestors *");
        response.send(picture);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length()) * LETTER + BADGE_PADDING;
    }

    /// What the templates `goal` and `badge` draw.
    ///
    /// @param said the sentence of the picture
    /// @param left width of the badge's left half, `right` of its right half
    public record Picture(Messages text, ProjectView project, String said, int left, int right) {

        /// Pixels of the thermometer's 400 that are full.
        public int full() {
            return project.percent() * 4;
        }
    }
}
