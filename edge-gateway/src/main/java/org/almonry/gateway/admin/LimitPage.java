package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Limit;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// The form for a limit.
///
/// @param action where it is sent
/// @param replaced the limit that is put anew; null for another one
/// @param profile the name of its price list
public record LimitPage(
        String action, @Nullable Limit replaced, String profile, FormState form, Choices choices) {

    /// What the selects offer.
    public record Choices(
            List<Choice> profiles,
            List<Choice> kinds,
            List<Choice> measures,
            List<Choice> periods,
            List<Choice> consequences) {
        public Choices {
            profiles = List.copyOf(profiles);
            kinds = List.copyOf(kinds);
            measures = List.copyOf(measures);
            periods = List.copyOf(periods);
            consequences = List.copyOf(consequences);
        }
    }
}
