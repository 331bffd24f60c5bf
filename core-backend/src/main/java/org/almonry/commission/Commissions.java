package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Price lists and what they come to.
public final class Commissions {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    /// The tier of whoever has no contract.
    public static final String BASE = "pfl_base";

    /// Owner of the commission coins of the system.
    static final String HOSTER = "hoster";

    /// Rules of one profile: some kinds times some currencies times some years.
    static final int RULES_MAX = 2_000;

    private final Jdbi accounting;
    private final AuditLog audit;
    private final IdSource ids;
    private final Clock clock;

    public Commissions(Jdbi accounting, AuditLog audit, IdSource ids, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// What an amount costs an owner in a kind of process on a day (K-056). Fails with
    /// INVALID_ARGUMENT where the receiver's part is more than the amount.
    public Calculation calculate(String processKind, String owner, Money amount, LocalDate day) {
        return prices(processKind, owner, amount.currency(), day).on(amount);
    }

    /// By which prices that is calculated; an owner without a contract has the base tier.
    public Prices prices(String processKind, String owner, Currency currency, LocalDate day) {
        return accounting.withHandle(handle ->
                prices(handle, profilesOf(handle, owner, day), processKind, currency, day));
    }

    /// The prices of one profile that must exist, whoever has it.
    public Prices pricesOf(String profileId, String processKind, Currency currency, LocalDate day) {
        return accounting.withHandle(handle ->
                prices(handle, List.of(profile(handle, profileId)), processKind, currency, day));
    }

    /// What the contracts of an owner cost for the month that starts on a day, by level: what
    /// the rules of this kind say to the amount zero (K-057). Nothing without a contract.
    public List<Calculation.Part> monthly(
            String processKind, String owner, Currency currency, LocalDate first) {
        var parts = new ArrayList<Calculation.Part>();
        accounting.useHandle(handle -> {
            for (var level : Level.values()) {
                CommissionStore.contracted(handle, owner, level, first)
                        .ifPresent(profile -> rule(handle, profile, processKind, currency, first)
                                .map(rule -> part(rule, Money.zero(currency), profile))
                                .map(part -> new Calculation.Part(
                                        level, part.earner(), 0, part.sender() + part.receiver()))
                                .filter(part -> part.receiver() > 0)
                                .ifPresent(parts::add));
            }
        });
        return List.copyOf(parts);
    }

    /// Owners with a contract that has begun by a day, from the one after `after` on.
    public List<String> owners(LocalDate day, String after, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> CommissionStore.owners(handle, day, after, rows));
    }

    /// The profiles that hold for an owner on a day: the system's, and a provider's if there
    /// is a contract with one (K-054).
    public List<Profile> profilesOf(String owner, LocalDate day) {
        return accounting.withHandle(handle -> profilesOf(handle, owner, day));
    }

    /// Profiles by id, from the one after `after` on.
    public List<Profile> profiles(String after, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> CommissionStore.profiles(handle, after, rows));
    }

    /// One that must exist.
    public Profile profile(String id) {
        return accounting.withHandle(handle -> profile(handle, id));
    }

    /// Makes an own profile, empty. A provider's names who earns by it.
    public Profile make(String name, Level level, String earner) {
        if (earner.isEmpty() != (level == Level.SYSTEM)) {
            throw Failure.invalid(
                    "earner", "a provider's profile, and no other, names who earns by it");
        }
        var owner = level == Level.SYSTEM ? HOSTER : earner;
        return make(new Profile(ids.next("pfl"), name, level, Tier.OWN, owner, ""));
    }

    /// Makes an own profile with the rules that another one has now (K-054). Later changes of
    /// either do not touch the other.
    public Profile copy(String from, String name) {
        return accounting.inTransaction(handle -> {
            CommissionStore.lock(handle, from);
            var model = profile(handle, from);
            var made = make(new Profile(
                    ids.next("pfl"), name, model.level(), Tier.OWN, model.earner(), model.id()));
            for (var rule : CommissionStore.rules(handle, from, "", "")) {
                var scope = rule.scope();
                var own = new Rule.Scope(
                        made.id(),
                        scope.processKind(),
                        scope.currency(),
                        scope.from(),
                        scope.until());
                CommissionStore.insert(
                        handle,
                        new Rule(ids.next("rule"), own, rule.isActive(), rule.terms()),
                        1,
                        Caller.current().actor(),
                        clock.instant());
            }
            return made;
        });
    }

    /// The rules of a profile as they are now, by kind, currency and date.
    public List<Rule> rules(String profileId) {
        return accounting.withHandle(handle -> {
            profile(handle, profileId);
            return CommissionStore.rules(handle, profileId, "", "");
        });
    }

    /// Adds one rule for each currency, all or none (K-057). A rule that names amounts can be
    /// put for several currencies only if their minor units are alike.
    public List<Rule> add(
            List<Currency> currencies, Rule.Scope pattern, boolean isActive, Rule.Terms terms) {
        if (terms.namesAmounts()
                && currencies.stream().map(Currency::scale).distinct().count() > 1) {
            throw Failure.invalid(
                    "currencies",
                    "these currencies have different decimals; put one rule for each");
        }
        return accounting.inTransaction(handle -> currencies.stream()
                .distinct()
                .map(currency -> {
                    var scope = new Rule.Scope(
                            pattern.profileId(),
                            pattern.processKind(),
                            currency,
                            pattern.from(),
                            pattern.until());
                    return put(handle, new Rule(ids.next("rule"), scope, isActive, terms), 1);
                })
                .toList());
    }

    /// Puts a rule anew. What was promised by the version before stays as it was. Profile, kind
    /// and currency of a rule never change.
    public Rule change(Rule rule) {
        return accounting.inTransaction(handle -> {
            CommissionStore.lock(handle, rule.scope().profileId());
            var latest = CommissionStore.latest(handle, rule.id())
                    .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such rule."));
            if (!latest.profileId().equals(rule.scope().profileId())
                    || !latest.processKind().equals(rule.scope().processKind())
                    || !latest.currency().equals(rule.scope().currency().code())) {
                throw Failure.invalid(
                        "currencies", "a rule keeps its profile, kind of process and currency");
            }
            return put(handle, rule, latest.version() + 1);
        });
    }

    /// From a day on, an owner has another profile. What lies before that day stays; a day that
    /// is over cannot be named.
    public void contract(String owner, String profileId, LocalDate from, LocalDate today) {
        if (from.isBefore(today)) {
            throw Failure.invalid("from", "a contract starts today or later");
        }
        accounting.useTransaction(handle -> {
            var profile = profile(handle, profileId);
            var contract = new Contract(0, owner, profile.level(), profile.id(), from);
            CommissionStore.insert(handle, contract, Caller.current().actor(), clock.instant());
            trace(handle, "contract.put", owner, profile.id() + " from " + from);
        });
    }

    /// Contracts, newest first, below a number; an empty owner or profile means all.
    public List<Contract> contracts(String owner, String profileId, long before, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(
                handle -> CommissionStore.contracts(handle, owner, profileId, before, rows));
    }

    private Profile make(Profile profile) {
        return accounting.inTransaction(handle -> {
            CommissionStore.insert(handle, profile, Caller.current().actor(), clock.instant());
            trace(handle, "profile.make", profile.id(), profile.copiedFrom());
            return profile;
        });
    }

    private Rule put(Handle handle, Rule rule, int version) {
        var scope = rule.scope();
        CommissionStore.lock(handle, scope.profileId());
        profile(handle, scope.profileId());
        var others = CommissionStore.rules(handle, scope.profileId(), "", "");
        if (others.size() >= RULES_MAX) {
            throw new Failure(Reason.LIMIT_REACHED, "A profile has at most 2,000 rules.");
        }
        for (var other : others) {
            if (rule.isActive()
                    && other.isActive()
                    && !other.id().equals(rule.id())
                    && scope.overlaps(other.scope())) {
                throw new Failure(
                        Reason.WRONG_STATE,
                        "Another active rule holds for this kind and currency on some of these "
                                + "days.");
            }
        }
        CommissionStore.insert(handle, rule, version, Caller.current().actor(), clock.instant());
        trace(handle, "rule.put", rule.id(), scope.profileId() + ", version " + version);
        return rule;
    }

    private void trace(Handle handle, String action, String subject, String detail) {
        audit.append(handle, entry(Caller.current(), action, subject, detail));
    }

    private static AuditEntry entry(Caller caller, String action, String subject, String detail) {
        var service = caller instanceof Caller.User user ? user.identity() : "core/core";
        return new AuditEntry(caller.actor(), service, action, subject, "ok", detail);
    }

    private static List<Profile> profilesOf(Handle handle, String owner, LocalDate day) {
        var system = CommissionStore.contracted(handle, owner, Level.SYSTEM, day)
                .orElseGet(() -> profile(handle, BASE));
        var provider = CommissionStore.contracted(handle, owner, Level.PROVIDER, day);
        return provider.map(it -> List.of(system, it)).orElseGet(() -> List.of(system));
    }

    private static Optional<Rule> rule(
            Handle handle, Profile profile, String kind, Currency currency, LocalDate day) {
        return CommissionStore.rules(handle, profile.id(), kind, currency.code()).stream()
                .filter(rule -> rule.isActive() && rule.scope().contains(day))
                .findFirst();
    }

    private static Prices prices(
            Handle handle,
            List<Profile> profiles,
            String processKind,
            Currency currency,
            LocalDate day) {
        return new Prices(profiles.stream()
                .map(profile -> new Prices.Line(
                        profile,
                        rule(handle, profile, processKind, currency, day).orElse(null)))
                .toList());
    }

    private static Calculation.Part part(Rule rule, Money amount, Profile profile) {
        try {
            return rule.on(amount.minor(), profile.level(), profile.earner());
        } catch (ArithmeticException e) {
            var failure = new Failure(Reason.INVALID_ARGUMENT, "The commission is too large.");
            failure.initCause(e);
            throw failure;
        }
    }

    private static Profile profile(Handle handle, String id) {
        return CommissionStore.profile(handle, id)
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such profile."));
    }
}
