package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.directory.v1.CreateNonprofitRequest;
import org.almonry.directory.v1.CreateProjectRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.type.v1.Money;

import java.util.ArrayList;
import java.util.Optional;

/// New nonprofits, and new projects, which wait for a platform admin before they may
/// receive (C-051).
final class ProposalPages {

    private ProposalPages() {}

    static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(
                routes,
                "/nonprofits/new",
                visit -> Answer.page(
                        "admin/nonprofit",
                        new FormState().with("key", visit.view().newKey())));
        desk.post(routes, "/nonprofits", "nonprofit", ProposalPages::nonprofit);
        desk.get(routes, "/projects/new", visit -> {
            var form = new FormState()
                    .with("key", visit.view().newKey())
                    .with("overhead", Typed.percent(visit.view(), 0));
            return Answer.page("admin/propose", page(visit, form));
        });
        desk.post(routes, "/projects", "propose", ProposalPages::propose);
    }

    private static Answer nonprofit(Visit visit) {
        var form = FormState.of(visit.form(), "key", "name", "slug", "account_holder", "sites")
                .need(visit.view(), "name", "slug", "account_holder");
        return Typed.submit(
                visit,
                form,
                () -> {
                    var request = CreateNonprofitRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setName(form.value("name"))
                            .setSlug(form.value("slug"))
                            .setAccountHolder(form.value("account_holder"));
                    form.value("sites")
                            .lines()
                            .map(String::strip)
                            .filter(each -> !each.isEmpty())
                            .forEach(request::addSites);
                    var _ = visit.core().directory().createNonprofit(request.build());
                },
                () -> Answer.seeOther("/projects?done=nonprofit-added"),
                () -> Answer.refused("admin/nonprofit", form));
    }

    private static ProposePage page(Visit visit, FormState form) {
        var nonprofits = new ArrayList<Choice>();
        nonprofits.add(new Choice("", visit.view().t("choose")));
        ProjectPages.nonprofits(visit)
                .forEach(each -> nonprofits.add(new Choice(each.getId(), each.getName())));
        return new ProposePage(nonprofits, form, visit.view().currency());
    }

    private static Answer propose(Visit visit) {
        var view = visit.view();
        var form = FormState.of(
                        visit.form(),
                        "key",
                        "nonprofit_id",
                        "name",
                        "slug",
                        "summary",
                        "goal",
                        "overhead")
                .need(view, "nonprofit_id", "name", "slug", "overhead");
        Optional<Money> goal = Typed.amount(view, form, "goal", view.currency());
        int share = Typed.basisPoints(view, form, "overhead");
        var made = new StringBuilder();
        return Typed.submit(
                visit,
                form,
                () -> {
                    var request = CreateProjectRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setNonprofitId(form.value("nonprofit_id"))
                            .setName(form.value("name"))
                            .setSlug(form.value("slug"))
                            .setSummary(form.value("summary"))
                            .setOverheadBasisPoints(share);
                    goal.ifPresent(request::setGoal);
                    made.append(visit.core()
                            .directory()
                            .createProject(request.build())
                            .getProject()
                            .getId());
                },
                () -> Answer.seeOther("/projects/" + made + "?done=proposed"),
                () -> Answer.refused("admin/propose", page(visit, form)));
    }
}
