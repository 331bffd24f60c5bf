package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Limit;
import org.almonry.process.v1.Profile;

import java.util.List;

/// The limits of one price list or of all.
public record LimitsPage(
        FormState filter, List<Limit> limits, List<Profile> profiles, String next, String first) {
    public LimitsPage {
        limits = List.copyOf(limits);
        profiles = List.copyOf(profiles);
    }

    /// The price lists to filter by.
    public List<Choice> choices(String all) {
        return Profiles.choices(profiles, all);
    }

    /// The name of a price list.
    public String profile(String id) {
        return Profiles.name(profiles, id);
    }
}
