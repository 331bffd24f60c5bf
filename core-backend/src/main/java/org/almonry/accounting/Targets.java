package org.almonry.accounting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import org.almonry.directory.CodeFinder;
import org.almonry.directory.CodeTarget;
import org.almonry.directory.Codes;
import org.almonry.directory.DonationCode;
import org.almonry.directory.Milestone;
import org.almonry.directory.Project;
import org.almonry.directory.Projects;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads codes out of lines and finds what they were drawn for: one query per kind for a
/// whole batch, never one per line.
final class Targets {
    private final Codes codes;
    private final CodeFinder finder;
    private final Projects projects;
    private final PledgeSource pledges;

    Targets(Codes codes, Projects projects, PledgeSource pledges) {
        this.codes = requireNonNull(codes, "codes is null");
        this.finder = codes.finder();
        this.projects = requireNonNull(projects, "projects is null");
        this.pledges = requireNonNull(pledges, "pledges is null");
    }

    /// All projects as they are now, with their milestones.
    record Directory(Map<String, Project> projects, Map<String, Milestone> milestones) {
        boolean isOpen(String projectId) {
            var project = projects.get(projectId);
            return project != null && project.isActive();
        }

        /// Name of a part, as shown.
        String label(String projectId, String milestoneId) {
            var project = projects.get(projectId);
            var milestone = milestones.get(milestoneId);
            return (project == null ? projectId : project.name())
                    + (milestone == null ? "" : " / " + milestone.name());
        }

        Optional<Target> target(String projectId, String milestoneId) {
            if (!projects.containsKey(projectId)) {
                return Optional.empty();
            }
            String label = label(projectId, milestoneId);
            boolean open = isOpen(projectId);
            return Optional.of(
                    milestoneId.isEmpty()
                            ? new Target.Whole(projectId, label, open)
                            : new Target.Step(milestoneId, projectId, label, open));
        }
    }

    /// What a batch of lines names.
    record Known(Map<String, List<Matcher.Reading>> readings, Directory directory) {
        List<Matcher.Reading> of(Incoming line) {
            return readings.getOrDefault(line.id(), List.of());
        }
    }

    Directory directory() {
        var all = projects.all();
        return new Directory(
                all.stream().collect(toMap(Project::id, Function.identity())),
                all.stream()
                        .flatMap(project -> project.milestones().stream())
                        .collect(toMap(Milestone::id, Function.identity())));
    }

    Known read(Collection<Incoming> lines) {
        var hits = new HashMap<String, List<CodeFinder.Hit>>();
        var drawn = new HashSet<DonationCode>();
        for (Incoming line : lines) {
            var found = hits(line);
            if (!found.isEmpty()) {
                hits.put(line.id(), found);
                found.forEach(hit -> drawn.add(hit.code()));
            }
        }
        var directory = directory();
        var targets = targets(drawn, directory);
        var readings = new HashMap<String, List<Matcher.Reading>>();
        hits.forEach((line, found) -> readings.put(
                line,
                found.stream()
                        .filter(hit -> targets.containsKey(hit.code()))
                        .map(hit -> new Matcher.Reading(
                                shown(hit), hit.exact(), List.of(targets.get(hit.code()))))
                        .toList()));
        return new Known(readings, directory);
    }

    /// Banks put a reference where they like: into the text or into a field of its own.
    private List<CodeFinder.Hit> hits(Incoming line) {
        String endToEnd = line.endToEndId();
        if (endToEnd.isEmpty() || line.remittance().contains(endToEnd)) {
            return finder.find(line.remittance());
        }
        return Stream.concat(
                        finder.find(line.remittance()).stream(), finder.find(endToEnd).stream())
                .toList();
    }

    private Map<DonationCode, Target> targets(Set<DonationCode> drawn, Directory directory) {
        var named = codes.targets(drawn);
        var pledged = pledged(
                named.values().stream()
                        .filter(target -> target.kind() == CodeTarget.Kind.PLEDGE)
                        .map(CodeTarget::id)
                        .toList(),
                directory);
        var targets = new HashMap<DonationCode, Target>();
        named.forEach((code, target) -> {
            Target found = switch (target.kind()) {
                case PROJECT -> directory.target(target.id(), "").orElse(null);
                case MILESTONE -> milestone(target.id(), directory);
                case PLEDGE -> pledged.get(target.id());
            };
            if (found != null) {
                targets.put(code, found);
            }
        });
        return targets;
    }

    private Map<String, Target.Pledged> pledged(List<String> ids, Directory directory) {
        return ids.isEmpty()
                ? Map.of()
                : pledges.byId(ids).values().stream()
                        .map(pledge -> judged(pledge, directory))
                        .collect(toMap(Target.Pledged::id, Function.identity()));
    }

    /// Open only if each of its projects is.
    static Target.Pledged judged(Target.Pledged pledge, Directory directory) {
        boolean open = pledge.items().stream().allMatch(item -> directory.isOpen(item.projectId()));
        return new Target.Pledged(
                pledge.id(),
                pledge.label(),
                pledge.currency(),
                pledge.items(),
                pledge.giver(),
                pledge.madeOn(),
                open);
    }

    private static @Nullable Target milestone(String id, Directory directory) {
        var milestone = directory.milestones().get(id);
        return milestone == null
                ? null
                : directory.target(milestone.projectId(), id).orElse(null);
    }

    private String shown(CodeFinder.Hit hit) {
        String seen = hit.seen().replaceAll("\\s+", " ").strip();
        String code = codes.printed(hit.code());
        if (!hit.exact()) {
            return "“" + seen + "” read as " + code;
        }
        return seen.startsWith("R") ? "reference " + seen : "code " + code;
    }
}
