package org.almonry.gateway.admin;

import org.almonry.accounting.v1.Allocation;
import org.almonry.directory.v1.ListProjectsRequest;
import org.almonry.directory.v1.Project;
import org.almonry.directory.v1.ProjectState;
import org.almonry.gateway.Choice;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.money.Rounding;
import org.almonry.type.v1.Money;
import org.almonry.wire.MoneyCodec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where money can be booked to: the projects and milestones, by their ids.
final class Targets {

    private final Map<String, Project> projects = new HashMap<>();
    private final List<Choice> choices = new ArrayList<>();
    private final Map<String, String> labels = new HashMap<>();

    private Targets() {}

    static Targets of(Visit visit) {
        var targets = new Targets();
        if (visit.view().may("directory.read")) {
            visit.core()
                    .directory()
                    .listProjects(ListProjectsRequest.getDefaultInstance())
                    .getProjectsList()
                    .forEach(targets::add);
        }
        return targets;
    }

    private void add(Project project) {
        projects.put(project.getId(), project);
        if (project.getState() != ProjectState.PROJECT_STATE_ACTIVE) {
            return;
        }
        choose(project.getId() + "|", project.getName());
        project.getMilestonesList()
                .forEach(each -> choose(
                        project.getId() + "|" + each.getId(),
                        project.getName() + " – " + each.getName()));
    }

    private void choose(String value, String label) {
        choices.add(new Choice(value, label));
        labels.put(value, label);
    }

    /// What a select offers, with an empty choice first.
    List<Choice> choices(View view) {
        var all = new ArrayList<Choice>();
        all.add(new Choice("", view.t("choose")));
        all.addAll(choices);
        return all;
    }

    /// Whether a value is one that was offered.
    boolean offers(String value) {
        return labels.containsKey(value);
    }

    /// A part for one of the offered values.
    Part part(String value, Money amount) {
        String[] ids = value.split("\\|", 2);
        return part(Allocation.newBuilder()
                .setProjectId(ids[0])
                .setMilestoneId(ids[1])
                .setAmount(amount)
                .setLabel(labels.getOrDefault(value, value))
                .build());
    }

    /// A part with the overhead that the core will take of it, by the same rule as there.
    Part part(Allocation allocation) {
        Project project = projects.get(allocation.getProjectId());
        int share = project == null ? 0 : project.getOverheadBasisPoints();
        String key = allocation.getProjectId() + "|" + allocation.getMilestoneId();
        String label = allocation.getLabel().isEmpty()
                ? labels.getOrDefault(key, allocation.getProjectId())
                : allocation.getLabel();
        Money overhead = MoneyCodec.toProto(
                Rounding.share(MoneyCodec.fromProto(allocation.getAmount()), share));
        return new Part(
                allocation.getProjectId(),
                allocation.getMilestoneId(),
                allocation.getAmount(),
                label,
                overhead,
                share);
    }
}
