package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.ListUsersRequest;
import org.almonry.identity.v1.Role;
import org.almonry.identity.v1.SetUserDisabledRequest;
import org.almonry.identity.v1.User;
import org.almonry.type.v1.PageRequest;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

import java.util.ArrayList;
import java.util.List;

/// People: who may sign in, as what, and switching somebody off.
public final class UserPages {

    private static final int PAGE_SIZE_MAX = 200;

    /// Far more pages than an instance has people for.
    private static final int PAGES_MAX = 50;

    private UserPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/users", visit -> {
            var form = new FormState().with("key", visit.view().newKey());
            return Answer.page("admin/users", page(visit, form));
        });
        desk.post(routes, "/users", "invite", UserPages::invite);
        desk.get(routes, "/users/{id}/off", visit -> ask(visit, "off"));
        desk.get(routes, "/users/{id}/on", visit -> ask(visit, "on"));
        desk.post(routes, "/users/{id}/off", "switch", visit -> turn(visit, true));
        desk.post(routes, "/users/{id}/on", "switch", visit -> turn(visit, false));
    }

    private static UsersPage page(Visit visit, FormState form) {
        var found = visit.core()
                .users()
                .listUsers(ListUsersRequest.newBuilder().setPage(visit.page()).build());
        return new UsersPage(
                found.getUsersList(),
                roles(visit.view()),
                form,
                visit.next(found.getPage()),
                visit.first());
    }

    private static List<Choice> roles(View view) {
        var all = new ArrayList<Choice>();
        for (Role role : List.of(Role.ROLE_USER, Role.ROLE_ACCOUNTANT, Role.ROLE_PLATFORM_ADMIN)) {
            all.add(new Choice(role.name(), view.t("user.role." + view.code(role.name()))));
        }
        return all;
    }

    private static Answer invite(Visit visit) {
        var form = FormState.of(visit.form(), "key", "display_name", "email", "role")
                .need(visit.view(), "display_name", "email", "role");
        if (!form.hasErrors()) {
            try {
                var _ = visit.core()
                        .users()
                        .inviteUser(InviteUserRequest.newBuilder()
                                .setIdempotencyKey(form.value("key"))
                                .setDisplayName(form.value("display_name"))
                                .setEmail(form.value("email"))
                                .setRole(role(form.value("role")))
                                .build());
                return Answer.seeOther("/users?done=invited");
            } catch (StatusRuntimeException thrown) {
                var failure = Failure.from(thrown);
                if (failure.reason() != Reason.INVALID_ARGUMENT) {
                    throw failure;
                }
                form.take(visit.view(), failure);
            }
        }
        return Answer.refused("admin/users", page(visit, form));
    }

    private static Role role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return role;
            }
        }
        return Role.ROLE_UNSPECIFIED;
    }

    private static Answer ask(Visit visit, String to) {
        String id = visit.path("id");
        User user = all(visit).stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
        return Answer.page("admin/switch", new SwitchPage(user, to));
    }

    private static Answer turn(Visit visit, boolean disabled) {
        var _ = visit.core()
                .users()
                .setUserDisabled(SetUserDisabledRequest.newBuilder()
                        .setIdempotencyKey(visit.form().text("key"))
                        .setUserRef(visit.path("id"))
                        .setDisabled(disabled)
                        .build());
        return Answer.seeOther("/users?done=" + (disabled ? "switched-off" : "switched-on"));
    }

    /// All users of the instance; there is no call for one of them.
    static List<User> all(Visit visit) {
        var users = new ArrayList<User>();
        String token = "";
        for (int i = 0; i < PAGES_MAX; i++) {
            var found = visit.core()
                    .users()
                    .listUsers(ListUsersRequest.newBuilder()
                            .setPage(PageRequest.newBuilder()
                                    .setSize(PAGE_SIZE_MAX)
                                    .setToken(token))
                            .build());
            users.addAll(found.getUsersList());
            token = found.getPage().getNextToken();
            if (token.isEmpty()) {
                return users;
            }
        }
        return users;
    }
}
