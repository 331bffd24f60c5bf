package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// People who sign in, and what each may do.
public final class Users {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    private final Jdbi identity;
    private final UserStore store;
    private final SessionStore sessions;
    private final AuditLog audit;
    private final IdSource ids;
    private final Clock clock;

    /// Users of an identity database; the audit log is in the other one.
    public Users(Jdbi identity, AuditLog audit, IdSource ids, Clock clock) {
        this.identity = requireNonNull(identity, "identity is null");
        this.store = new UserStore(identity);
        this.sessions = new SessionStore(identity);
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Makes a user, who can sign in at once. An address that belongs to somebody gives
    /// that user, unchanged.
    public User invite(String email, String displayName, Role role, String language) {
        String address = normalised(email);
        User made = new User(
                ids.next("usr"), address, displayName, role, language, false, clock.instant());
        if (store.insert(made)) {
            trace("user.invite", made.id(), role.name());
        }
        return store.byEmail(address).orElseThrow();
    }

    /// Makes sure that there is a platform admin with this address, so that a new instance
    /// can be entered at all.
    public User ensureAdmin(String email) {
        return invite(email, "Administrator", Role.PLATFORM_ADMIN, "en");
    }

    /// Switches a user off and ends all sessions, or on again. Nobody switches off
    /// themself.
    public User setDisabled(String id, boolean disabled) {
        if (disabled
                && Caller.current() instanceof Caller.User self
                && self.userId().equals(id)) {
            throw new Failure(Reason.WRONG_STATE, "Nobody can switch off their own account.");
        }
        boolean known = identity.inTransaction(handle -> {
            if (disabled) {
                sessions.endAll(id, clock.instant());
            }
            return store.setDisabled(id, disabled);
        });
        if (!known) {
            throw new Failure(Reason.NOT_FOUND, "There is no such user.");
        }
        trace(disabled ? "user.disable" : "user.enable", id, "");
        return store.find(id).orElseThrow();
    }

    /// One, by id.
    public Optional<User> find(String id) {
        return store.find(id);
    }

    /// One, by address.
    public Optional<User> byEmail(String email) {
        return store.byEmail(normalised(email));
    }

    /// Users newest first, below the id `before` unless that is empty.
    public List<User> page(String before, int size) {
        return store.page(before, Math.clamp(size, 1, PAGE_MAX));
    }

    /// All platform admins who are not switched off.
    public List<User> admins() {
        return store.withRole(Role.PLATFORM_ADMIN);
    }

    /// Names by id; unknown ids are left out.
    public Map<String, String> namesOf(Collection<String> ids) {
        return ids.isEmpty() ? Map.of() : store.names(ids);
    }

    /// Addresses are compared without regard to case and blanks around.
    static String normalised(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /// The log is in the other database, so its row follows the change; the wire's own row
    /// of the call is there in any case.
    private void trace(String action, String subject, String detail) {
        Caller caller = Caller.current();
        String service = switch (caller) {
            case Caller.Service it -> it.identity();
            case Caller.User it -> it.identity();
            case Caller.System _ -> "core/core";
        };
        audit.append(new AuditEntry(caller.actor(), service, action, subject, "ok", detail));
    }
}
