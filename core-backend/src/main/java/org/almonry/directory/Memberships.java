package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.wire.Caller;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who works in which project (C-050).
public final class Memberships {
    private final Jdbi accounting;
    private final MemberStore store;
    private final AuditLog audit;
    private final Clock clock;

    /// Memberships of an accounting database.
    public Memberships(Jdbi accounting, AuditLog audit, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.store = new MemberStore(accounting);
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Adds a user to a project, or changes the role.
    public void set(String projectId, String userRef, ProjectRole role) {
        accounting.useTransaction(handle -> {
            store.set(handle, projectId, userRef, role, clock.instant());
            audit.append(
                    handle,
                    Trace.entry(
                            Caller.current(), "project.member", projectId, userRef + " " + role));
        });
    }

    /// The members, longest first.
    public List<Member> of(String projectId) {
        return store.ofProject(projectId);
    }

    /// The projects of a user, with the role in each.
    public Map<String, ProjectRole> projectsOf(String userRef) {
        return store.ofUser(userRef);
    }

    /// The user's role in a project; empty for who is no member.
    public Optional<ProjectRole> role(String projectId, String userRef) {
        return Optional.ofNullable(projectsOf(userRef).get(projectId));
    }
}
