package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.webkit.Format;
import org.almonry.widgets.v1.PublicProject;

import java.util.List;

/// A project as the pages show it.
///
/// @param currency what it collects in
/// @param received so far, in words of the reader's language
/// @param goal the same for its goal; empty when it is open-ended
/// @param percent of the goal that is there, 0 to 100, never rounded up to 100
public record ProjectView(
        String slug,
        String name,
        String summary,
        String nonprofit,
        String nonprofitName,
        String currency,
        String received,
        String goal,
        int percent,
        List<MilestoneView> milestones) {

    /// Where the core names no currency at all.
    private static final String HOME = "EUR";

    public ProjectView {
        requireNonNull(slug, "slug is null");
        milestones = List.copyOf(milestones);
    }

    /// A milestone to give to.
    public record MilestoneView(String id, String name, String goal) {}

    /// Whether there is a goal to show a thermometer for.
    public boolean hasGoal() {
        return !goal.isEmpty();
    }

    static ProjectView of(PublicProject project, Format format) {
        String currency = project.hasReceived()
                ? project.getReceived().getCurrency()
                : project.hasGoal() ? project.getGoal().getCurrency() : HOME;
        long received = project.getReceived().getMinor();
        long goal = project.hasGoal() ? project.getGoal().getMinor() : 0;
        return new ProjectView(
                project.getSlug(),
                project.getName(),
                project.getSummary(),
                project.getNonprofitSlug(),
                project.getNonprofitName(),
                currency,
                format.money(received, currency),
                goal > 0 ? format.money(goal, currency) : "",
                percent(received, goal),
                project.getMilestonesList().stream()
                        .map(each -> new MilestoneView(
                                each.getId(),
                                each.getName(),
                                each.hasGoal()
                                        ? format.money(
                                                each.getGoal().getMinor(),
                                                each.getGoal().getCurrency())
                                        : ""))
                        .toList());
    }

    static int percent(long received, long goal) {
        if (goal <= 0 || received <= 0) {
            return 0;
        }
        if (received >= goal) {
            return 100;
        }
        boolean small = received <= Long.MAX_VALUE / 100;
        return (int) (small ? received * 100 / goal : received / (goal / 100));
    }
}
