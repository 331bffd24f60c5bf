package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;

import org.almonry.webkit.Assets;
import org.almonry.webkit.Html;
import org.almonry.webkit.ProblemPages;
import org.almonry.webkit.WebServers;
import org.almonry.wire.IdSource;
import org.almonry.wire.WireClient;

import java.time.Clock;

/// The running widget server: client of the core, pages, listener, in the order in which
/// they need each other.
public final class WidgetServer implements AutoCloseable {

    private final WebServer server;
    private final WireClient core;
    private final String host;

    private WidgetServer(WebServer server, WireClient core, String host) {
        this.server = server;
        this.core = core;
        this.host = host;
    }

    /// Starts to serve. The core need not be up: pages say so until it is.
    public static WidgetServer start(WidgetConfig config, IdSource ids, Clock clock) {
        requireNonNull(ids, "ids is null");
        var languages = config.languages();
        var assets = new Assets().add("css/widget.css").add("js/widget.js");
        var html = new Html("org.almonry.widget.page");
        var problems = new ProblemPages(languages, assets, ids);
        var core = config.core().open();
        // The first reader should not wait for the handshake.
        core.channel().getState(true);
        var backend = new WidgetBackend(core.channel(), clock);
        var down = new DownPages(backend, html, assets, languages, problems);
        var embed = new EmbedScript(backend, html, assets, languages, config.publicUrl());
        var transfer =
                new TransferPages(backend, html, assets, languages, down, config.demoBankUrl());
        var goals = new GoalPages(backend, html, languages);
        var donate = new DonatePages(
                backend, html, assets, languages, down, ids, config.pledgesPerAddress());
        var server = WebServers.start(config.listen(), problems, routes -> {
            routes.get("/livez", (request, response) -> {
                response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
                response.send("alive\n");
            });
            routes.get(
                    "/favicon.ico",
                    (request, response) -> assets.send(request, response, "favicon.svg"));
            assets.route(routes);
            embed.route(routes);
            transfer.route(routes);
            goals.route(routes);
            // Last, because its patterns take every short path.
            donate.route(routes);
        });
        return new WidgetServer(server, core, config.listen().host());
    }

    /// The port that was bound.
    public int port() {
        return server.port();
    }

    /// Where it can be reached.
    public String address() {
        return (server.hasTls() ? "https://" : "http://") + host + ":" + port();
    }

    @Override
    public void close() {
        server.stop();
        core.close();
    }
}
