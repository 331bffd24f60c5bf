package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.util.List;

/// A pledge as it is asked for. Name and e-mail may be empty.
///
/// @param nonprofit short name of the nonprofit whose page it was made on
public record NewPledge(
        String nonprofit, List<Wish> wishes, String name, String email, String language) {
    /// Refuses missing parts.
    public NewPledge {
        requireNonNull(nonprofit, "nonprofit is null");
        wishes = List.copyOf(wishes);
        requireNonNull(name, "name is null");
        requireNonNull(email, "email is null");
        requireNonNull(language, "language is null");
    }

    /// Name and address stay out of logs.
    @Override
    public String toString() {
        return "NewPledge[" + nonprofit + ", " + wishes + "]";
    }

    /// One part.
    ///
    /// @param project short name
    /// @param milestoneId empty for the project as a whole
    public record Wish(String project, String milestoneId, Money amount) {
        /// Refuses missing parts.
        public Wish {
            requireNonNull(project, "project is null");
            requireNonNull(milestoneId, "milestoneId is null");
            requireNonNull(amount, "amount is null");
        }
    }
}
