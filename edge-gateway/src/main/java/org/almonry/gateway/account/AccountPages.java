package org.almonry.gateway.account;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.GetMyProjectRequest;
import org.almonry.accounting.v1.GetMyProjectResponse;
import org.almonry.accounting.v1.Gift;
import org.almonry.accounting.v1.ListMyProjectsRequest;
import org.almonry.accounting.v1.SuggestMatchRequest;
import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.type.v1.PageRequest;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

/// My projects, their gifts by date and amount, and "suggest another match" (C-039, C-091).
public final class AccountPages {

    private AccountPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/", _ -> Answer.seeOther("/projects"));
        desk.get(routes, "/projects", AccountPages::projects);
        desk.get(routes, "/projects/{id}", AccountPages::project);
        desk.get(routes, "/projects/{id}/suggest", AccountPages::suggest);
        desk.post(routes, "/projects/{id}/suggest", "suggest", AccountPages::send);
    }

    private static Answer projects(Visit visit) {
        var mine =
                visit.core().projects().listMyProjects(ListMyProjectsRequest.getDefaultInstance());
        return Answer.page("account/projects", mine.getProjectsList());
    }

    private static Answer project(Visit visit) {
        var found = find(visit, visit.query("page"));
        return Answer.page(
                "account/project",
                new ProjectPage(
                        found.getProject(),
                        found.getGiftsList(),
                        found.getOthersCount() > 0,
                        visit.query("page"),
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static Answer suggest(Visit visit) {
        var found = find(visit, visit.query("page"));
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with("page", visit.query("page"));
        return Answer.page("account/suggest", page(visit, found, visit.query("gift"), form));
    }

    private static Answer send(Visit visit) {
        var form = FormState.of(visit.form(), "key", "page", "project_id", "comment")
                .need(visit.view(), "project_id");
        String gift = visit.form().text("gift");
        if (!form.hasErrors()) {
            try {
                var _ = visit.core()
                        .projects()
                        .suggestMatch(SuggestMatchRequest.newBuilder()
                                .setIdempotencyKey(form.value("key"))
                                .setGiftId(gift)
                                .setProjectId(form.value("project_id"))
                                .setComment(form.value("comment"))
                                .build());
                return Answer.seeOther("/projects/" + visit.path("id") + "?done=suggested");
            } catch (StatusRuntimeException thrown) {
                var failure = Failure.from(thrown);
                if (failure.reason() != Reason.INVALID_ARGUMENT) {
                    throw failure;
                }
                form.take(visit.view(), failure);
            }
        }
        var found = find(visit, form.value("page"));
        return Answer.refused("account/suggest", page(visit, found, gift, form));
    }

    private static GetMyProjectResponse find(Visit visit, String token) {
        return visit.core()
                .projects()
                .getMyProject(GetMyProjectRequest.newBuilder()
                        .setProjectId(visit.path("id"))
                        .setPage(PageRequest.newBuilder().setToken(token))
                        .build());
    }

    private static SuggestPage page(
            Visit visit, GetMyProjectResponse found, String giftId, FormState form) {
        Gift gift = found.getGiftsList().stream()
                .filter(each -> each.getId().equals(giftId))
                .findFirst()
                .orElseThrow(Problem::notFound);
        var choices = new java.util.ArrayList<Choice>();
        choices.add(new Choice("", visit.view().t("choose")));
        found.getOthersList()
                .forEach(each -> choices.add(new Choice(each.getId(), each.getName())));
        return new SuggestPage(found.getProject(), gift, form, choices);
    }
}
