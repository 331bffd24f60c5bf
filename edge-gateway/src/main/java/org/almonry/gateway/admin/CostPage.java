package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Calculation;
import org.almonry.process.v1.Profile;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// What something would cost.
///
/// @param result null before anything was asked, and where the form has errors
public record CostPage(
        FormState form,
        List<Choice> kinds,
        List<Choice> profiles,
        List<Choice> owners,
        @Nullable Result result) {
    public CostPage {
        kinds = List.copyOf(kinds);
        profiles = List.copyOf(profiles);
        owners = List.copyOf(owners);
    }

    /// The answer.
    ///
    /// @param calculation null where the commission would be more than the amount
    /// @param by the profiles that hold
    public record Result(@Nullable Calculation calculation, List<Profile> by, Plot plot) {
        public Result {
            by = List.copyOf(by);
        }
    }
}
