package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.Account;
import org.almonry.accounting.v1.GetIncomingRequest;
import org.almonry.accounting.v1.Incoming;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.ListIncomingRequest;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;

import java.util.ArrayList;
import java.util.List;

/// The inbox of incoming lines (C-032, C-036): what waits, why a suggestion is made, and
/// what became of each line. What a person does with a line is in [BookingPages].
public final class IncomingPages {

    private IncomingPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        BookingPages.route(desk, routes);
        desk.get(routes, "/incoming", IncomingPages::inbox);
        desk.get(routes, "/incoming/{id}", IncomingPages::line);
    }

    private static Answer inbox(Visit visit) {
        View view = visit.view();
        var filter = FormState.of(visit::query, "state", "account", "search");
        var found = visit.core()
                .accounting()
                .listIncoming(ListIncomingRequest.newBuilder()
                        .setState(state(filter.value("state")))
                        .setAccountId(filter.value("account"))
                        .setSearch(filter.value("search"))
                        .setPage(visit.page())
                        .build());
        Targets targets = Targets.of(visit);
        List<Line> lines = found.getIncomingList().stream()
                .map(each -> Line.of(view, targets, each))
                .toList();
        var page = new InboxPage(
                filter,
                states(view),
                accounts(visit),
                lines,
                found.getWaiting(),
                visit.self(visit.query("page")),
                visit.next(found.getPage()),
                visit.first());
        return Answer.page("admin/incoming", page);
    }

    private static Answer line(Visit visit) {
        Incoming incoming = find(visit, visit.path("id"));
        return Answer.page("admin/line", LinePage.of(visit.view(), Targets.of(visit), incoming));
    }

    static Incoming find(Visit visit, String id) {
        return visit.core()
                .accounting()
                .getIncoming(GetIncomingRequest.newBuilder().setIncomingId(id).build())
                .getIncoming();
    }

    private static IncomingState state(String word) {
        return switch (word) {
            case "booked" -> IncomingState.INCOMING_STATE_BOOKED;
            case "ignored" -> IncomingState.INCOMING_STATE_IGNORED;
            case "all" -> IncomingState.INCOMING_STATE_UNSPECIFIED;
            default -> IncomingState.INCOMING_STATE_WAITING;
        };
    }

    private static List<Choice> states(View view) {
        var all = new ArrayList<Choice>();
        for (String state : List.of("waiting", "booked", "ignored", "all")) {
            all.add(new Choice(state, view.t("incoming.state." + state)));
        }
        return all;
    }

    /// The accounts of all providers, with an empty choice first.
    private static List<Choice> accounts(Visit visit) {
        View view = visit.view();
        var all = new ArrayList<Choice>();
        all.add(new Choice("", view.t("account.all")));
        for (Account each : accountsOf(visit)) {
            all.add(new Choice(
                    each.getId(),
                    each.getProvider() + " · " + view.iban(each.getIdentification())));
        }
        return all;
    }

    static List<Account> accountsOf(Visit visit) {
        return visit
                .core()
                .accounting()
                .listProviders(ListProvidersRequest.getDefaultInstance())
                .getProvidersList()
                .stream()
                .flatMap(each -> each.getAccountsList().stream())
                .toList();
    }
}
