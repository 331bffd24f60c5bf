package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A group of people working together on something that money can be given for.
///
/// @param currency of its goal and its coin; gifts in another one get a coin of their own
/// @param goal what it hopes for, or null when open-ended
/// @param overheadBasisPoints share of each gift for the overhead (C-069), in 1/100 percent
public record Project(
        String id,
        String nonprofitId,
        String slug,
        String name,
        String summary,
        ProjectState state,
        Currency currency,
        @Nullable Money goal,
        int overheadBasisPoints,
        List<Milestone> milestones) {
    /// Refuses missing parts.
    public Project {
        requireNonNull(id, "id is null");
        requireNonNull(nonprofitId, "nonprofitId is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(name, "name is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(state, "state is null");
        requireNonNull(currency, "currency is null");
        milestones = List.copyOf(milestones);
    }

    /// Whether it may receive money.
    public boolean isActive() {
        return state instanceof ProjectState.Active;
    }

    /// The coin that holds its money in its own currency, from activation on.
    public OptionalLong coinId() {
        return switch (state) {
            case ProjectState.Active active -> OptionalLong.of(active.coinId());
            case ProjectState.Closed closed -> OptionalLong.of(closed.coinId());
            case ProjectState.Proposed _, ProjectState.Declined _ -> OptionalLong.empty();
        };
    }

    /// The code for the project as a whole, from activation on.
    public Optional<DonationCode> code() {
        return switch (state) {
            case ProjectState.Active active -> Optional.of(active.code());
            case ProjectState.Closed closed -> Optional.of(closed.code());
            case ProjectState.Proposed _, ProjectState.Declined _ -> Optional.empty();
        };
    }

    /// The milestone of this id, if it is one of the project's.
    public Optional<Milestone> milestone(String milestoneId) {
        return milestones.stream()
                .filter(milestone -> milestone.id().equals(milestoneId))
                .findFirst();
    }
}
