package org.almonry.gateway.admin;

import com.google.protobuf.Timestamp;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.ActOnRequestRequest;
import org.almonry.process.v1.GetRequestRequest;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestState;
import org.almonry.process.v1.ReverseProcessRequest;
import org.almonry.webkit.Problem;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Business requests: what waits for a decision, what exactly is decided, and by whom it was.
/// Every decision is a page of its own that says in words what will happen, and it is sent
/// with the state that was shown, so that nobody approves what has moved on meanwhile.
public final class RequestPages {

    /// What the person can read and act on in the form.
    private static final Set<Reason> TOLD = Set.of(
            Reason.INVALID_ARGUMENT,
            Reason.WRONG_STATE,
            Reason.STALE,
            Reason.NOT_ALLOWED,
            Reason.LIMIT_REACHED);

    private static final List<ProcessState> TO_DECIDE = List.of(
            ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL,
            ProcessState.PROCESS_STATE_LIMITED,
            ProcessState.PROCESS_STATE_PENDING,
            ProcessState.PROCESS_STATE_ERROR);

    private static final String DECIDE = "decide";
    private static final String ALL = "all";

    private RequestPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/requests", RequestPages::list);
        desk.get(routes, "/requests/{id}", RequestPages::show);
        desk.get(routes, "/requests/{id}/{action}", RequestPages::ask);
        desk.post(routes, "/requests/{id}/{action}", "request", RequestPages::act);
        desk.get(
                routes,
                "/processes/{id}/reverse",
                visit -> Answer.page(
                        "admin/reverse", new ReversePage(visit.path("id"), fresh(visit))));
        desk.post(routes, "/processes/{id}/reverse", "reverse", RequestPages::reverse);
    }

    private static FormState fresh(Visit visit) {
        return new FormState().with("key", visit.view().newKey());
    }

    /// What waits for a decision, as a question to the core.
    static ListRequestsRequest toDecide() {
        return ListRequestsRequest.newBuilder()
                .addStates(ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL)
                .addStates(ProcessState.PROCESS_STATE_LIMITED)
                .build();
    }

    private static Answer list(Visit visit) {
        var view = visit.view();
        var form = FormState.of(
                visit::query, "state", "kind", "coin", "asked_by", "from", "to", "order");
        if (form.value("state").isEmpty()) {
            form.with("state", DECIDE);
        }
        CoinPages.period(view, form);
        if (!form.value("coin").matches("(coin_[0-9]{1,18})?")) {
            form.wrong("coin", view.t("request.coin-wrong"));
        }
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    var found = visit.core()
                            .requests()
                            .listRequests(question(form).setPage(visit.page()).build());
                    return Answer.page(
                            "admin/requests",
                            new RequestsPage(
                                    form,
                                    choices(view),
                                    found.getRequestsList(),
                                    found.getTotalsList(),
                                    visit.next(found.getPage()),
                                    visit.first()));
                },
                () -> Answer.refused(
                        "admin/requests",
                        new RequestsPage(form, choices(view), List.of(), List.of(), "", "")));
    }

    private static ListRequestsRequest.Builder question(FormState form) {
        var question = ListRequestsRequest.newBuilder()
                .setCoinId(form.value("coin"))
                .setAskedBy(form.value("asked_by"))
                .setOrder(order(form.value("order")));
        if (form.value("state").equals(DECIDE)) {
            question.addAllStates(TO_DECIDE);
        }
        for (ProcessState each : ProcessState.values()) {
            if (RequestsPage.word(each).equals(form.value("state"))) {
                question.addStates(each);
            }
        }
        for (RequestKind each : RequestKind.values()) {
            if (RequestsPage.word(each).equals(form.value("kind"))) {
                question.addKinds(each);
            }
        }
        if (!form.value("from").isEmpty()) {
            question.setFrom(start(LocalDate.parse(form.value("from"))));
        }
        if (!form.value("to").isEmpty()) {
            question.setUntil(start(LocalDate.parse(form.value("to")).plusDays(1)));
        }
        return question;
    }

    private static Timestamp start(LocalDate day) {
        return Timestamp.newBuilder()
                .setSeconds(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .build();
    }

    private static ListRequestsRequest.Order order(String word) {
        return switch (word) {
            case "oldest" -> ListRequestsRequest.Order.ORDER_OLDEST;
            case "largest" -> ListRequestsRequest.Order.ORDER_LARGEST;
            case "smallest" -> ListRequestsRequest.Order.ORDER_SMALLEST;
            default -> ListRequestsRequest.Order.ORDER_UNSPECIFIED;
        };
    }

    private static RequestsPage.Choices choices(View view) {
        var states = new ArrayList<Choice>();
        states.add(new Choice(DECIDE, view.t("request.state.decide")));
        for (ProcessState each : ProcessState.values()) {
            if (each != ProcessState.PROCESS_STATE_UNSPECIFIED
                    && each != ProcessState.UNRECOGNIZED) {
                String word = RequestsPage.word(each);
                states.add(new Choice(word, view.t("request.history." + word)));
            }
        }
        states.add(new Choice(ALL, view.t("request.state.all")));
        var kinds = new ArrayList<Choice>();
        kinds.add(new Choice("", view.t("process.kind.all")));
        for (RequestKind each : RequestKind.values()) {
            if (each != RequestKind.REQUEST_KIND_UNSPECIFIED && each != RequestKind.UNRECOGNIZED) {
                String word = RequestsPage.word(each);
                kinds.add(new Choice(word, view.t("process.kind." + word)));
            }
        }
        var orders = new ArrayList<Choice>();
        for (String each : List.of("newest", "oldest", "largest", "smallest")) {
            orders.add(new Choice(each, view.t("request.order." + each)));
        }
        return new RequestsPage.Choices(states, kinds, orders);
    }

    private static RequestPage page(Visit visit, FormState form) {
        var found = visit.core()
                .requests()
                .getRequest(GetRequestRequest.newBuilder()
                        .setRequestId(visit.path("id"))
                        .build());
        return RequestPage.of(visit, found, form);
    }

    private static Answer show(Visit visit) {
        return Answer.page("admin/request", page(visit, new FormState()));
    }

    private static RequestAction action(Visit visit) {
        String word = visit.path("action");
        for (RequestAction each : RequestAction.values()) {
            if (each != RequestAction.REQUEST_ACTION_UNSPECIFIED
                    && RequestsPage.word(each).equals(word)) {
                return each;
            }
        }
        throw Problem.notFound();
    }

    private static Answer ask(Visit visit) {
        RequestAction action = action(visit);
        var page = page(visit, fresh(visit));
        // Somebody else was faster, or it is not for this person: the request says which.
        return page.request().getActionsList().contains(action)
                ? Answer.page("admin/decide", new DecidePage(page, RequestsPage.word(action)))
                : Answer.seeOther("/requests/" + page.request().getId() + "?done=not-now");
    }

    private static Answer act(Visit visit) {
        RequestAction action = action(visit);
        String word = RequestsPage.word(action);
        var form = FormState.of(visit.form(), "key", "seen_state", "reason");
        if (action != RequestAction.REQUEST_ACTION_APPROVE
                && action != RequestAction.REQUEST_ACTION_REPEAT) {
            form.need(visit.view(), "reason");
        }
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    Request now = visit.core()
                            .requests()
                            .actOnRequest(ActOnRequestRequest.newBuilder()
                                    .setIdempotencyKey(form.value("key"))
                                    .setRequestId(visit.path("id"))
                                    .setAction(action)
                                    .setSeenState(seen(form))
                                    .setReason(form.value("reason"))
                                    .build())
                            .getRequest();
                    return Answer.seeOther("/requests/" + now.getId() + "?done=request-" + word);
                },
                () -> Answer.refused("admin/decide", new DecidePage(page(visit, form), word)));
    }

    private static RequestState seen(FormState form) {
        String name = "REQUEST_STATE_" + form.value("seen_state").toUpperCase(Locale.ROOT);
        for (RequestState each : RequestState.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return RequestState.REQUEST_STATE_UNSPECIFIED;
    }

    private static Answer reverse(Visit visit) {
        String id = visit.path("id");
        var form = FormState.of(visit.form(), "key", "reason").need(visit.view(), "reason");
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    Request made = visit.core()
                            .requests()
                            .reverseProcess(ReverseProcessRequest.newBuilder()
                                    .setIdempotencyKey(form.value("key"))
                                    .setProcessId(id)
                                    .setReason(form.value("reason"))
                                    .build())
                            .getRequest();
                    return Answer.seeOther("/requests/" + made.getId() + "?done=reversal-asked");
                },
                () -> Answer.refused("admin/reverse", new ReversePage(id, form)));
    }
}
