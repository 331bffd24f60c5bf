package org.almonry.directory;

/// What a member may do in a project (C-050).
public enum ProjectRole {
    /// Reads.
    MEMBER,
    /// Reads and suggests; the creator starts as this.
    ADMIN
}
