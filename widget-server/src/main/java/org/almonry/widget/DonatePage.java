package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What the templates `donate` and `basket` show.
///
/// @param heading what is given to
/// @param action where the form goes
/// @param projects what can be given to; one on the page of a project
/// @param single the page is of one project, which is described
/// @param presets amounts to pick
/// @param form as typed
/// @param errors message per field id, in page order
/// @param notice a sentence above the form, or empty
/// @param otherUrl the basket page, or from there the single gift; empty when there is none
/// @param activity received per week; empty when there was nothing
public record DonatePage(
        Layout layout,
        String heading,
        String action,
        List<ProjectView> projects,
        boolean single,
        List<Preset> presets,
        DonateForm form,
        Map<String, String> errors,
        String notice,
        String otherUrl,
        Activity activity) {

    public DonatePage {
        requireNonNull(layout, "layout is null");
        projects = List.copyOf(projects);
        presets = List.copyOf(presets);
    }

    /// An amount to pick: its minor units and how it is written.
    public record Preset(String minor, String label) {}

    /// The project of a page of one project.
    public ProjectView project() {
        return projects.getFirst();
    }

    /// Whether a preset is chosen.
    public boolean chosen(Preset preset) {
        return form.choice().equals(preset.minor());
    }

    /// Whether this project is chosen on a page of several.
    public boolean chosen(ProjectView project) {
        return form.project().equals(project.slug());
    }

    /// The message of a field, or empty.
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    /// `true` where the field is at fault; null drops the attribute.
    public @Nullable String invalid(String field) {
        return errors.containsKey(field) ? "true" : null;
    }

    /// Ids of what describes a field: its hint, and its message when there is one.
    public String describedBy(String field, String hint) {
        return errors.containsKey(field) ? hint + " " + field + "-error" : hint;
    }
}
