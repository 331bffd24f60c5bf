package org.almonry.gateway.admin;

import org.almonry.directory.v1.Nonprofit;
import org.almonry.directory.v1.Project;

import java.util.List;

/// Nonprofits with their projects.
public record ProjectsPage(List<Group> groups) {
    public ProjectsPage {
        groups = List.copyOf(groups);
    }

    /// A nonprofit with its projects.
    public record Group(Nonprofit nonprofit, List<Project> projects) {
        public Group {
            projects = List.copyOf(projects);
        }
    }
}
