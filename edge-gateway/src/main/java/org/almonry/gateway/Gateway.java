package org.almonry.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.account.AccountPages;
import org.almonry.gateway.admin.AskPages;
import org.almonry.gateway.admin.AuditPages;
import org.almonry.gateway.admin.CoinPages;
import org.almonry.gateway.admin.CommissionPages;
import org.almonry.gateway.admin.ContractPages;
import org.almonry.gateway.admin.CostPages;
import org.almonry.gateway.admin.ExportPages;
import org.almonry.gateway.admin.FindPages;
import org.almonry.gateway.admin.ImportPages;
import org.almonry.gateway.admin.IncomingPages;
import org.almonry.gateway.admin.JournalPages;
import org.almonry.gateway.admin.LedgerPages;
import org.almonry.gateway.admin.LimitPages;
import org.almonry.gateway.admin.OverviewPages;
import org.almonry.gateway.admin.PeriodPages;
import org.almonry.gateway.admin.ProjectPages;
import org.almonry.gateway.admin.ProofPages;
import org.almonry.gateway.admin.ProviderPages;
import org.almonry.gateway.admin.RatePages;
import org.almonry.gateway.admin.RequestPages;
import org.almonry.gateway.admin.RunPages;
import org.almonry.gateway.admin.TrialPages;
import org.almonry.gateway.admin.UsagePages;
import org.almonry.gateway.admin.UserPages;
import org.almonry.webkit.Assets;
import org.almonry.webkit.Csrf;
import org.almonry.webkit.WebServers;
import org.almonry.wire.Ids;

import java.security.SecureRandom;
import java.time.Clock;

/// A running gateway.
public final class Gateway implements AutoCloseable {

    private static final int CSRF_KEY_BYTES = 32;

    private final Backend backend;
    private final WebServer server;

    private Gateway(Backend backend, WebServer server) {
        this.backend = backend;
        this.server = server;
    }

    /// Listens at once, whether the core is up or not.
    public static Gateway start(GatewayConfig config, Clock clock) {
        var key = new byte[CSRF_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Assets assets = assets(config.role());
        var backend = new Backend(config);
        var desk = new Desk(config, backend, assets, new Csrf(key), new Ids(clock));
        try {
            WebServer server = WebServers.start(config.listen(), desk.problems(), routes -> {
                routes.get("/livez", (_, response) -> {
                    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
                    response.send("alive\n");
                });
                routes.get(
                        "/favicon.ico",
                        (request, response) -> assets.send(request, response, "favicon.svg"));
                assets.route(routes);
                SignInPages.route(desk, routes);
                switch (config.role()) {
                    case PUBLIC -> AccountPages.route(desk, routes);
                    case ADMIN -> admin(desk, routes, clock);
                }
            });
            return new Gateway(backend, server);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private static void admin(Desk desk, HttpRouting.Builder routes, Clock clock) {
        OverviewPages.route(desk, routes);
        ProviderPages.route(desk, routes);
        RunPages.route(desk, routes);
        IncomingPages.route(desk, routes);
        ImportPages.route(desk, routes);
        ExportPages.route(desk, routes, clock);
        ProjectPages.route(desk, routes);
        AskPages.route(desk, routes);
        RequestPages.route(desk, routes);
        CommissionPages.route(desk, routes, clock);
        ContractPages.route(desk, routes, clock);
        CostPages.route(desk, routes);
        LimitPages.route(desk, routes);
        UsagePages.route(desk, routes);
        LedgerPages.route(desk, routes);
        CoinPages.route(desk, routes, clock);
        FindPages.route(desk, routes);
        TrialPages.route(desk, routes);
        JournalPages.route(desk, routes, clock);
        ProofPages.route(desk, routes);
        PeriodPages.route(desk, routes, clock);
        AuditPages.route(desk, routes);
        RatePages.route(desk, routes);
        UserPages.route(desk, routes);
    }

    private static Assets assets(Role role) {
        var assets = new Assets().add("css/gateway.css");
        if (role == Role.ADMIN) {
            assets.add(
                    "js/chart.umd.min.js",
                    "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js");
            assets.add("js/charts.js");
        }
        return assets;
    }

    /// Where it listens.
    public String url() {
        var scheme = server.hasTls() ? "https" : "http";
        return scheme + "://" + server.prototype().host() + ":" + server.port();
    }

    /// The port, also when any free one was asked for.
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        backend.close();
    }
}
