package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

/// A part of what came in, for one project or for one of its milestones (`milestoneId` is
/// empty for the project as a whole). Always positive; the direction is that of the line.
public record Part(String projectId, String milestoneId, Money amount) {
    public Part {
        requireNonNull(projectId, "projectId is null");
        requireNonNull(milestoneId, "milestoneId is null");
        requireNonNull(amount, "amount is null");
    }
}
