package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The organisations on this instance.
public final class Nonprofits {
    private final Jdbi accounting;
    private final NonprofitStore store;
    private final AuditLog audit;
    private final IdSource ids;
    private final Clock clock;

    /// Nonprofits of an accounting database.
    public Nonprofits(Jdbi accounting, AuditLog audit, IdSource ids, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.store = new NonprofitStore(accounting);
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Adds a nonprofit; fails with WRONG_STATE when the slug is taken.
    public Nonprofit create(String slug, String name, String accountHolder, List<String> sites) {
        Nonprofit made = new Nonprofit(ids.next("npo"), slug, name, accountHolder, sites);
        return accounting.inTransaction(handle -> {
            Caller caller = Caller.current();
            if (!store.insert(made, clock.instant(), caller.actor())) {
                throw new Failure(Reason.WRONG_STATE, "This short name is taken.");
            }
            audit.append(handle, Trace.entry(caller, "nonprofit.create", made.id(), made.slug()));
            return made;
        });
    }

    /// All of them by name.
    public List<Nonprofit> all() {
        return store.all();
    }

    /// One, by id or slug.
    public Optional<Nonprofit> find(String idOrSlug) {
        return store.find(idOrSlug);
    }

    /// One that must exist.
    public Nonprofit get(String idOrSlug) {
        return find(idOrSlug)
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such nonprofit."));
    }
}
