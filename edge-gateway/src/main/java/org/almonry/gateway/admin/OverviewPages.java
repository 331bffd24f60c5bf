package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.GetOverviewRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.RequestTotal;

/// The first page: what waits, what came in, what is wrong.
public final class OverviewPages {

    private OverviewPages() {}

    /// Adds the page.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/", OverviewPages::overview);
    }

    private static Answer overview(Visit visit) {
        var figures =
                visit.core().accounting().getOverview(GetOverviewRequest.getDefaultInstance());
        return Answer.page("admin/overview", OverviewPage.of(figures, toDecide(visit)));
    }

    private static long toDecide(Visit visit) {
        return !visit.view().may("request.read")
                ? -1
                : visit
                        .core()
                        .requests()
                        .listRequests(RequestPages.toDecide())
                        .getTotalsList()
                        .stream()
                        .mapToLong(RequestTotal::getCount)
                        .sum();
    }
}
