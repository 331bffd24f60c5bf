package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Profile;

import java.util.List;

/// The price lists, and the form for an own one.
public record ProfilesPage(
        List<Profile> profiles,
        List<Choice> models,
        List<Choice> levels,
        FormState form,
        String next,
        String first) {
    public ProfilesPage {
        profiles = List.copyOf(profiles);
        models = List.copyOf(models);
        levels = List.copyOf(levels);
    }
}
