package org.almonry.identity;

import java.util.HashSet;
import java.util.Set;

/// What a user may do on the whole instance. Permissions are named in the contract, by
/// method.
public enum Role {
    /// A registered person without access to the back end (C-004).
    USER(Set.of("session.own", "project.own")),
    /// Books, imports, exports; changes neither people nor projects.
    ACCOUNTANT(Set.of(
            "session.own",
            "project.own",
            "accounting.read",
            "accounting.fetch",
            "accounting.import",
            "accounting.book",
            "accounting.export",
            "ledger.read",
            "ledger.close",
            "request.read",
            "request.create",
            "request.approve",
            "commission.read",
            "directory.read")),
    /// All that one person alone may do.
    PLATFORM_ADMIN(Set.of(
            "session.own",
            "project.own",
            "accounting.read",
            "accounting.fetch",
            "accounting.import",
            "accounting.book",
            "accounting.export",
            "ledger.read",
            "ledger.close",
            "ledger.halt",
            "request.read",
            "request.create",
            "request.approve",
            "commission.read",
            "commission.write",
            "directory.read",
            "directory.manage",
            "users.read",
            "users.manage",
            "audit.read"));

    /// The gateway for back-office work.
    static final String ADMIN_GATEWAY = "admin/admin";

    /// The gateway for members of projects.
    static final String PUBLIC_GATEWAY = "edge/public";

    private final Set<String> permissions;

    Role(Set<String> permissions) {
        this.permissions = permissions;
    }

    /// Whether a user of this role may sign in at a gateway.
    public boolean mayUse(String gateway) {
        return switch (gateway) {
            case ADMIN_GATEWAY -> this != USER;
            case PUBLIC_GATEWAY -> true;
            default -> false;
        };
    }

    /// The permissions of a session at a gateway; none where the role may not sign in. The
    /// public gateway stands in the internet, so a session there never has more than a
    /// plain user's.
    public Set<String> permissionsAt(String gateway) {
        if (!mayUse(gateway)) {
            return Set.of();
        }
        Set<String> granted = new HashSet<>(permissions);
        if (!gateway.equals(ADMIN_GATEWAY)) {
            granted.retainAll(USER.permissions);
        }
        return Set.copyOf(granted);
    }
}
