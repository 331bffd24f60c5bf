package org.almonry.directory;

import static java.util.Objects.requireNonNull;

/// What a code was drawn for: a project (prj_…), a milestone (mst_…) or a pledge (pld_…).
public record CodeTarget(Kind kind, String id) {
    /// Refuses missing parts.
    public CodeTarget {
        requireNonNull(kind, "kind is null");
        requireNonNull(id, "id is null");
    }

    /// The kinds of targets.
    public enum Kind {
        /// A project as a whole.
        PROJECT,
        /// A step of a project.
        MILESTONE,
        /// A giver's own selection (C-033).
        PLEDGE
    }
}
