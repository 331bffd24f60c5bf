package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.directory.v1.ActivateProjectRequest;
import org.almonry.directory.v1.AddMilestoneRequest;
import org.almonry.directory.v1.CloseProjectRequest;
import org.almonry.directory.v1.GetProjectRequest;
import org.almonry.directory.v1.ListNonprofitsRequest;
import org.almonry.directory.v1.ListProjectsRequest;
import org.almonry.directory.v1.Nonprofit;
import org.almonry.directory.v1.Project;
import org.almonry.directory.v1.ProjectRole;
import org.almonry.directory.v1.SetMemberRequest;
import org.almonry.directory.v1.SetOverheadRequest;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.type.v1.Money;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Projects with their codes, milestones, members and overhead share (C-030, C-050, C-051,
/// C-069).
public final class ProjectPages {

    private ProjectPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        ProposalPages.route(desk, routes);
        desk.get(routes, "/projects", ProjectPages::projects);
        desk.get(routes, "/projects/{id}", visit -> {
            var form = new FormState();
            return Answer.page("admin/project", page(visit, form, ""));
        });
        desk.post(routes, "/projects/{id}/activate", "activate", ProjectPages::activate);
        desk.post(routes, "/projects/{id}/close", "close", ProjectPages::close);
        desk.post(routes, "/projects/{id}/milestones", "milestone", ProjectPages::milestone);
        desk.post(routes, "/projects/{id}/members", "member", ProjectPages::member);
        desk.post(routes, "/projects/{id}/overhead", "overhead", ProjectPages::overhead);
    }

    private static Answer projects(Visit visit) {
        var directory = visit.core().directory();
        var projects =
                directory.listProjects(ListProjectsRequest.getDefaultInstance()).getProjectsList();
        var groups = nonprofits(visit).stream()
                .map(nonprofit -> new ProjectsPage.Group(
                        nonprofit,
                        projects.stream()
                                .filter(each -> each.getNonprofitId().equals(nonprofit.getId()))
                                .toList()))
                .toList();
        return Answer.page("admin/projects", new ProjectsPage(groups));
    }

    static List<Nonprofit> nonprofits(Visit visit) {
        return visit.core()
                .directory()
                .listNonprofits(ListNonprofitsRequest.getDefaultInstance())
                .getNonprofitsList();
    }

    private static ProjectPage page(Visit visit, FormState form, String opened) {
        View view = visit.view();
        Project project = visit.core()
                .directory()
                .getProject(GetProjectRequest.newBuilder()
                        .setProject(visit.path("id"))
                        .build())
                .getProject();
        String nonprofit = nonprofits(visit).stream()
                .filter(each -> each.getId().equals(project.getNonprofitId()))
                .map(Nonprofit::getName)
                .findFirst()
                .orElse("");
        if (form.value("overhead").isEmpty() && !opened.equals("overhead")) {
            form.with("overhead", Typed.percent(view, project.getOverheadBasisPoints()));
        }
        return new ProjectPage(view, project, nonprofit, users(visit), roles(view), form, opened);
    }

    private static List<Choice> users(Visit visit) {
        var all = new ArrayList<Choice>();
        all.add(new Choice("", visit.view().t("choose")));
        if (visit.view().may("directory.manage") && visit.view().may("users.read")) {
            UserPages.all(visit).stream()
                    .filter(each -> !each.getDisabled())
                    .forEach(each -> all.add(new Choice(
                            each.getId(), each.getDisplayName() + " (" + each.getEmail() + ")")));
        }
        return all;
    }

    private static List<Choice> roles(View view) {
        return List.of(
                new Choice("PROJECT_ROLE_MEMBER", view.t("member.role.member")),
                new Choice("PROJECT_ROLE_ADMIN", view.t("member.role.admin")));
    }

    private static Answer activate(Visit visit) {
        return change(visit, new FormState(), "activate", "activated", () -> {
            var _ = visit.core()
                    .directory()
                    .activateProject(ActivateProjectRequest.newBuilder()
                            .setIdempotencyKey(visit.form().text("key"))
                            .setProjectId(visit.path("id"))
                            .build());
        });
    }

    private static Answer close(Visit visit) {
        return change(visit, new FormState(), "close", "closed", () -> {
            var _ = visit.core()
                    .directory()
                    .closeProject(CloseProjectRequest.newBuilder()
                            .setIdempotencyKey(visit.form().text("key"))
                            .setProjectId(visit.path("id"))
                            .build());
        });
    }

    private static Answer milestone(Visit visit) {
        View view = visit.view();
        var form = FormState.of(visit.form(), "key", "name", "goal").need(view, "name");
        Optional<Money> goal = Typed.amount(view, form, "goal", view.currency());
        return change(visit, form, "milestone", "milestone-added", () -> {
            var request = AddMilestoneRequest.newBuilder()
                    .setIdempotencyKey(form.value("key"))
                    .setProjectId(visit.path("id"))
                    .setName(form.value("name"));
            goal.ifPresent(request::setGoal);
            var _ = visit.core().directory().addMilestone(request.build());
        });
    }

    private static Answer member(Visit visit) {
        var form = FormState.of(visit.form(), "key", "user_ref", "role")
                .need(visit.view(), "user_ref");
        return change(visit, form, "member", "member-set", () -> {
            var _ = visit.core()
                    .directory()
                    .setMember(SetMemberRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setProjectId(visit.path("id"))
                            .setUserRef(form.value("user_ref"))
                            .setRole(
                                    form.value("role").equals("PROJECT_ROLE_ADMIN")
                                            ? ProjectRole.PROJECT_ROLE_ADMIN
                                            : ProjectRole.PROJECT_ROLE_MEMBER)
                            .build());
        });
    }

    private static Answer overhead(Visit visit) {
        var form = FormState.of(visit.form(), "key", "overhead").need(visit.view(), "overhead");
        int share = Typed.basisPoints(visit.view(), form, "overhead");
        return change(visit, form, "overhead", "overhead-set", () -> {
            var _ = visit.core()
                    .directory()
                    .setOverhead(SetOverheadRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setProjectId(visit.path("id"))
                            .setOverheadBasisPoints(share)
                            .build());
        });
    }

    private static Answer change(
            Visit visit, FormState form, String name, String done, Runnable call) {
        return Typed.submit(
                visit,
                form,
                call,
                () -> Answer.seeOther("/projects/" + visit.path("id") + "?done=" + done),
                () -> Answer.refused("admin/project", page(visit, form, name)));
    }
}
