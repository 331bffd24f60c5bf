package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.webkit.Assets;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.Messages;
import org.almonry.webkit.Problem;
import org.almonry.webkit.ProblemPages;
import org.almonry.wire.Failure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The core is down, and the page says so. It keeps every field that was typed in a form
/// with the same id, so that sending it again loses nothing and cannot pledge twice.
public final class DownPages {

    private static final int VALUE_MAX = 300;
    private static final String RETRY_SECONDS = "30";

    private final WidgetBackend backend;
    private final Html html;
    private final Assets assets;
    private final Languages languages;
    private final ProblemPages problems;

    DownPages(
            WidgetBackend backend,
            Html html,
            Assets assets,
            Languages languages,
            ProblemPages problems) {
        this.backend = requireNonNull(backend, "backend is null");
        this.html = requireNonNull(html, "html is null");
        this.assets = requireNonNull(assets, "assets is null");
        this.languages = requireNonNull(languages, "languages is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /// Sends the page with status 503. A failure that is not about reaching the core is
    /// thrown on.
    ///
    /// @param neverSent whether this request surely recorded nothing
    void send(
            Failure failure,
            boolean neverSent,
            Forms posted,
            ServerRequest request,
            ServerResponse response) {
        if (!failure.isRetryable()) {
            throw failure;
        }
        Visit visit = Visit.of(request, languages);
        String path = request.path().path();
        List<String> sites = backend.lastSites(
                request.path().pathParameters().first("nonprofit").orElse(""));
        Layout layout = Layout.of(visit, languages, assets, sites, path);
        String incident = problems.incident(Problem.of(failure), failure);
        response.status(503);
        response.header("Retry-After", RETRY_SECONDS);
        var page = new DownPage(
                layout.titled(layout.text()
                        .text(posted.names().isEmpty() ? "down.title-read" : "down.title")),
                neverSent,
                visit.link(path),
                kept(posted),
                shown(posted, layout.text()),
                incident);
        html.send(response, FrameGuard.csp(sites), "down", page);
    }

    private static Map<String, String> kept(Forms posted) {
        var kept = new LinkedHashMap<String, String>();
        posted.names().forEach(field -> kept.put(field, posted.text(field, VALUE_MAX)));
        return kept;
    }

    /// What the giver typed, under the labels of the form, without what only machines read.
    private static Map<String, String> shown(Forms posted, Messages text) {
        var shown = new LinkedHashMap<String, String>();
        for (String field : posted.names()) {
            String value = posted.text(field, VALUE_MAX);
            boolean basket = field.startsWith("amount-");
            String label = basket ? "label.amount" : "label." + field;
            if (!value.isEmpty() && text.has(label)) {
                String line =
                        basket ? value + " (" + field.substring("amount-".length()) + ")" : value;
                shown.merge(text.text(label), line, (a, b) -> a + ", " + b);
            }
        }
        return shown;
    }

    /// What the template `down` shows.
    ///
    /// @param kept all fields, to be sent again; empty when nothing was posted
    /// @param shown label and value of what the giver typed
    public record DownPage(
            Layout layout,
            boolean neverSent,
            String action,
            Map<String, String> kept,
            Map<String, String> shown,
            String incident) {}
}
