package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.accounting.v1.StartFetchRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.Visit;

/// Providers with status and drift, and *Fetch now* for one or all (C-012). A second click
/// joins the run that is under way: that is the core's promise, the page only goes to the
/// run that it answers with.
public final class ProviderPages {

    private ProviderPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/providers", ProviderPages::providers);
        desk.post(routes, "/providers/fetch", "fetch", visit -> fetch(visit, ""));
        desk.post(
                routes,
                "/providers/{name}/fetch",
                "fetch",
                visit -> fetch(visit, visit.path("name")));
    }

    private static Answer providers(Visit visit) {
        var all =
                visit.core().accounting().listProviders(ListProvidersRequest.getDefaultInstance());
        return Answer.page("admin/providers", all.getProvidersList());
    }

    private static Answer fetch(Visit visit, String provider) {
        var started = visit.core()
                .accounting()
                .startFetch(StartFetchRequest.newBuilder()
                        .setIdempotencyKey(visit.form().text("key"))
                        .setProvider(provider)
                        .build());
        return Answer.seeOther(
                started.getRunsCount() == 1 ? "/runs/" + started.getRuns(0).getId() : "/runs");
    }
}
