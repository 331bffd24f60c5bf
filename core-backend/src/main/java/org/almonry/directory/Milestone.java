package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

/// A step of a project with a donation code of its own (C-030).
///
/// @param goal what the step costs, or null when unknown
public record Milestone(
        String id,
        String projectId,
        String name,
        DonationCode code,
        @Nullable Money goal) {
    /// Refuses missing parts.
    public Milestone {
        requireNonNull(id, "id is null");
        requireNonNull(projectId, "projectId is null");
        requireNonNull(name, "name is null");
        requireNonNull(code, "code is null");
    }
}
