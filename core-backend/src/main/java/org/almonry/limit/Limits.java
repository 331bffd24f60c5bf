package org.almonry.limit;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.money.Money;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;

/// Limits and what was used of them.
public final class Limits {
    /// Limits of one profile: some kinds times some currencies times the periods.
    static final int LIMITS_MAX = 500;

    private static final int PAGE_MAX = 200;

    private final Jdbi accounting;
    private final AuditLog audit;
    private final IdSource ids;
    private final Clock clock;

    public Limits(Jdbi accounting, AuditLog audit, IdSource ids, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// What the limits of these profiles would say, without counting it.
    public Verdict ask(Usage usage, Collection<String> profiles) {
        return accounting.withHandle(handle -> judge(handle, usage, profiles));
    }

    /// Asks, and counts what is not stopped, in the caller's transaction. Until that ends, all
    /// others of this owner, kind and currency wait, so of many at once no more fit than the
    /// limits allow.
    public Verdict use(Handle handle, Usage usage, Collection<String> profiles) {
        LimitStore.lock(handle, usage);
        var verdict = judge(handle, usage, profiles);
        boolean isStopped = verdict instanceof Verdict.Exceeded exceeded
                && exceeded.consequence() != Consequence.CONFIRMATION;
        if (!isStopped) {
            LimitStore.take(handle, usage, clock.instant());
        }
        return verdict;
    }

    /// Counts it whatever the limits say: somebody let it past them.
    public void take(Handle handle, Usage usage) {
        LimitStore.lock(handle, usage);
        LimitStore.take(handle, usage, clock.instant());
    }

    /// No longer counts it.
    public void giveBack(Handle handle, String requestId) {
        LimitStore.giveBack(handle, requestId, clock.instant());
    }

    /// The limits of a profile as they are now.
    public List<Limit> of(String profileId) {
        return accounting.withHandle(
                handle -> LimitStore.limits(handle, List.of(profileId), "", ""));
    }

    /// Limits by id, from the one after `after` on; an empty profile means all.
    public List<Limit> page(String profileId, String after, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> LimitStore.page(handle, profileId, after, rows));
    }

    /// What an owner has used of the limits of these profiles that are in force, each in the
    /// window that the day is in.
    public List<Use> uses(String owner, Collection<String> profiles, LocalDate day) {
        return accounting.withHandle(handle -> {
            // Limits of one kind, currency and window count the same rows.
            var counted = new HashMap<List<Object>, Limit.Used>();
            return LimitStore.limits(handle, profiles, "", "").stream()
                    .filter(Limit::isActive)
                    .map(limit -> {
                        var scope = limit.scope();
                        var period = limit.bound().period();
                        var usage = new Usage(
                                "", owner, scope.processKind(), Money.zero(scope.currency()), day);
                        var used = period == Period.TRANSACTION
                                ? Limit.Used.NOTHING
                                : counted.computeIfAbsent(
                                        List.of(scope.processKind(), scope.currency(), period),
                                        _ -> LimitStore.used(handle, usage, period));
                        return new Use(limit, used, day);
                    })
                    .toList();
        });
    }

    /// Adds a limit to a profile that exists.
    public Limit add(Limit.Scope scope, Limit.Bound bound, boolean isActive) {
        return accounting.inTransaction(handle -> {
            var limits = LimitStore.limits(handle, List.of(scope.profileId()), "", "");
            if (limits.size() >= LIMITS_MAX) {
                throw new Failure(Reason.LIMIT_REACHED, "A profile has at most 500 limits.");
            }
            return put(new Limit(ids.next("lim"), scope, bound, isActive));
        });
    }

    /// Puts a limit anew. Its profile, kind and currency never change.
    public Limit change(Limit limit) {
        return accounting.inTransaction(handle -> {
            var latest = LimitStore.latest(handle, limit.id())
                    .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such limit."));
            if (!latest.scope().equals(limit.scope())) {
                throw new Failure(
                        Reason.INVALID_ARGUMENT,
                        "A limit keeps its profile, kind of process and currency.");
            }
            return put(limit);
        });
    }

    /// Gives a profile the limits that another one has now (K-054).
    public void copy(String fromProfile, String toProfile) {
        accounting.useTransaction(handle -> {
            for (var limit : LimitStore.limits(handle, List.of(fromProfile), "", "")) {
                var scope = limit.scope();
                put(new Limit(
                        ids.next("lim"),
                        new Limit.Scope(toProfile, scope.processKind(), scope.currency()),
                        limit.bound(),
                        limit.isActive()));
            }
        });
    }

    private Limit put(Limit limit) {
        return accounting.inTransaction(handle -> {
            var profile = limit.scope().profileId();
            var caller = Caller.current();
            LimitStore.insert(handle, limit, caller.actor(), clock.instant());
            var service = caller instanceof Caller.User user ? user.identity() : "core/core";
            audit.append(
                    handle,
                    new AuditEntry(
                            caller.actor(), service, "limit.put", limit.id(), "ok", profile));
            return limit;
        });
    }

    private static Verdict judge(Handle handle, Usage usage, Collection<String> profiles) {
        var limits = LimitStore.limits(
                handle, profiles, usage.processKind(), usage.amount().currency().code());
        var used = new EnumMap<Period, Limit.Used>(Period.class);
        Verdict verdict = new Verdict.Within();
        for (var limit : limits) {
            if (!limit.isActive()) {
                continue;
            }
            var period = limit.bound().period();
            var before = period == Period.TRANSACTION
                    ? Limit.Used.NOTHING
                    : used.computeIfAbsent(period, it -> LimitStore.used(handle, usage, it));
            if (limit.bound().isExceeded(before, usage.amount().minor())) {
                verdict = graver(verdict, new Verdict.Exceeded(limit, before));
            }
        }
        return verdict;
    }

    private static Verdict graver(Verdict one, Verdict.Exceeded other) {
        return one instanceof Verdict.Exceeded exceeded
                        && exceeded.consequence().compareTo(other.consequence()) >= 0
                ? one
                : other;
    }
}
