package org.almonry.gateway.admin;

import org.almonry.directory.v1.Project;
import org.almonry.directory.v1.ProjectState;
import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;

import java.util.List;

/// A project with the forms that change it. They share one form state; `opened` says which
/// of them was refused.
public record ProjectPage(
        View view,
        Project project,
        String nonprofit,
        List<Choice> users,
        List<Choice> roles,
        FormState form,
        String opened) {
    public ProjectPage {
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }

    /// Whether that form is shown open.
    public boolean open(String name) {
        return opened.equals(name);
    }

    /// The idempotency key of a form: the same again when it was refused, a fresh one else.
    public String key(String name) {
        return open(name) ? form.value("key") : view.newKey();
    }

    /// Whether it waits for activation.
    public boolean proposed() {
        return project.getState() == ProjectState.PROJECT_STATE_PROPOSED;
    }

    /// Whether it may receive.
    public boolean active() {
        return project.getState() == ProjectState.PROJECT_STATE_ACTIVE;
    }

    /// The currency of its goals.
    public String currency() {
        return project.hasGoal() ? project.getGoal().getCurrency() : view.currency();
    }
}
