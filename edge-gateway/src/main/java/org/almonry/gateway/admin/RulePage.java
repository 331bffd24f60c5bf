package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Profile;

import java.util.List;

/// The form for a rule.
///
/// @param ranges how many ranges it offers
public record RulePage(Profile profile, FormState form, Choices choices, int ranges) {

    /// What the selects offer.
    public record Choices(
            List<Choice> kinds,
            List<Choice> directions,
            List<Choice> roundings,
            List<Choice> formulas,
            List<Choice> furtherFormulas) {
        public Choices {
            kinds = List.copyOf(kinds);
            directions = List.copyOf(directions);
            roundings = List.copyOf(roundings);
            formulas = List.copyOf(formulas);
            furtherFormulas = List.copyOf(furtherFormulas);
        }
    }

    /// What the kind of commission of a range can be: after the first, also nothing.
    public List<Choice> formulas(int range) {
        return range == 0 ? choices.formulas() : choices.furtherFormulas();
    }

    /// Whether another range can be asked for.
    public boolean canGrow() {
        return ranges < RuleForm.RANGES_MAX;
    }
}
