package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

/// A project to propose.
///
/// @param goal in the same currency, or null when open-ended
public record NewProject(
        String nonprofitId,
        String slug,
        String name,
        String summary,
        Currency currency,
        @Nullable Money goal,
        int overheadBasisPoints) {
    /// Refuses missing parts, a goal in another currency, and a share beyond the whole.
    public NewProject {
        requireNonNull(nonprofitId, "nonprofitId is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(name, "name is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(currency, "currency is null");
        if (goal != null && (!goal.currency().equals(currency) || !goal.isPositive())) {
            throw new IllegalArgumentException("a goal is positive and in the project's currency");
        }
        if (overheadBasisPoints < 0 || overheadBasisPoints > 10_000) {
            throw new IllegalArgumentException(
                    "overhead share out of range: " + overheadBasisPoints);
        }
    }
}
