package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.GetLimitUseRequest;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.Request;
import org.almonry.type.v1.PageRequest;

import java.util.List;

/// How far a client has come in the limits of today (K-055), and which requests are stopped
/// by one (K-042).
public final class UsagePages {

    /// A client has few coins; of each the newest stopped requests are shown.
    private static final int COINS_MAX = 5;

    private static final int STOPPED_SHOWN = 10;

    private UsagePages() {}

    /// Adds the page.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/usage", UsagePages::usage);
    }

    private static Answer usage(Visit visit) {
        var form = FormState.of(visit::query, "owner");
        String owner = Owners.meant(visit, form, "owner");
        var owners = Owners.known(visit);
        if (form.hasErrors()) {
            return Answer.refused("admin/usage", new UsagePage(form, owners, "", null, List.of()));
        }
        if (owner.isEmpty()) {
            return Answer.page("admin/usage", new UsagePage(form, owners, "", null, List.of()));
        }
        var found = visit.core()
                .commissions()
                .getLimitUse(GetLimitUseRequest.newBuilder().setOwner(owner).build());
        return Answer.page(
                "admin/usage",
                new UsagePage(
                        form, owners, Owners.name(owners, owner), found, stopped(visit, owner)));
    }

    private static List<Request> stopped(Visit visit, String owner) {
        if (!visit.view().may("request.read")) {
            return List.of();
        }
        return Owners.coins(visit, owner).stream()
                .filter(each -> each.getOwner().equals(owner))
                .limit(COINS_MAX)
                .flatMap(coin -> visit
                        .core()
                        .requests()
                        .listRequests(ListRequestsRequest.newBuilder()
                                .setCoinId(coin.getId())
                                .addStates(ProcessState.PROCESS_STATE_LIMITED)
                                .setPage(PageRequest.newBuilder().setSize(STOPPED_SHOWN))
                                .build())
                        .getRequestsList()
                        .stream())
                .distinct()
                .toList();
    }
}
