package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.identity.v1.User;

import java.util.List;

/// Users, and the form that invites one.
public record UsersPage(
        List<User> users, List<Choice> roles, FormState form, String next, String first) {
    public UsersPage {
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }
}
