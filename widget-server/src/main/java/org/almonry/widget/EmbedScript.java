package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.webkit.Assets;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.Problem;

import java.util.List;

/// The script behind `<almonry-donate>`, and the page that tells a nonprofit how to embed.
///
/// `/embed/v1.js` keeps its contract for ever while its bytes may improve; the careful pin
/// the address with the hash and its integrity value instead.
public final class EmbedScript {

    private static final String SCRIPT = "embed/v1.js";

    private final WidgetBackend backend;
    private final Html html;
    private final Assets assets;
    private final Languages languages;
    private final String publicUrl;

    EmbedScript(
            WidgetBackend backend,
            Html html,
            Assets assets,
            Languages languages,
            String publicUrl) {
        this.backend = requireNonNull(backend, "backend is null");
        this.html = requireNonNull(html, "html is null");
        this.assets = requireNonNull(assets, "assets is null").add(SCRIPT);
        this.languages = requireNonNull(languages, "languages is null");
        this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
    }

    void route(HttpRules rules) {
        rules.get("/embed/v1.js", this::script);
        rules.get("/embed/{hash}/v1.js", this::pinned);
        rules.get("/embed-guide/{nonprofit}", this::guide);
    }

    private void script(ServerRequest request, ServerResponse response) {
        response.headers().set(HeaderNames.CACHE_CONTROL, "public, max-age=3600");
        send(request, response);
    }

    private void pinned(ServerRequest request, ServerResponse response) {
        if (!request.path().pathParameters().get("hash").equals(hash())) {
            throw Problem.notFound();
        }
        response.headers().set(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
        send(request, response);
    }

    private void send(ServerRequest request, ServerResponse response) {
        response.header("Cross-Origin-Resource-Policy", "cross-origin");
        response.header("Access-Control-Allow-Origin", "*");
        assets.send(request, response, SCRIPT);
    }

    private String hash() {
        return assets.url(SCRIPT).split("/", 4)[2];
    }

    private void guide(ServerRequest request, ServerResponse response) {
        String nonprofit = request.path().pathParameters().get("nonprofit");
        var profile = backend.profile(nonprofit);
        Visit visit = Visit.of(request, languages);
        Layout layout = Layout.of(visit, languages, assets, List.of(), "/embed-guide/" + nonprofit);
        String first =
                profile.getProjectsCount() == 0 ? "" : profile.getProjects(0).getSlug();
        var page = new GuidePage(
                layout.titled(layout.text().text("guide.title")),
                profile.getName(),
                nonprofit,
                first,
                publicUrl,
                publicUrl + "/embed/" + hash() + "/v1.js",
                assets.integrity(SCRIPT),
                FrameGuard.origins(profile.getSitesList()));
        html.send(response, "guide", page);
    }

    /// What the template `guide` shows.
    ///
    /// @param project short name of a project to show pictures of, or empty
    /// @param pinnedUrl address of exactly this script
    public record GuidePage(
            Layout layout,
            String name,
            String nonprofit,
            String project,
            String publicUrl,
            String pinnedUrl,
            String integrity,
            List<String> sites) {}
}
