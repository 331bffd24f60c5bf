package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.CodeTarget;
import org.almonry.directory.Codes;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.Projects;
import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Request;
import org.almonry.identity.Supporters;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pledges: made by people in a widget, fulfilled by bank lines.
public final class Giving {
    /// Items of one basket.
    public static final int ITEMS_MAX = 20;

    /// Whole units of a currency: less costs more to book than it brings, more is talked
    /// about first.
    private static final long UNITS_MIN = 1;

    private static final long UNITS_MAX = 1_000_000;

    private final Jdbi accounting;
    private final GivingStore store;
    private final Nonprofits nonprofits;
    private final Projects projects;
    private final Codes codes;
    private final Receiving receiving;
    private final Supporters supporters;
    private final PledgeTokens tokens;
    private final IdSource ids;
    private final Clock clock;

    private Giving(
            Jdbi accounting,
            Directory directory,
            Receiving receiving,
            Supporters supporters,
            PledgeTokens tokens,
            IdSource ids,
            Clock clock) {
        this.accounting = accounting;
        this.store = new GivingStore(accounting);
        this.nonprofits = directory.nonprofits();
        this.projects = directory.projects();
        this.codes = directory.codes();
        this.receiving = receiving;
        this.supporters = requireNonNull(supporters, "supporters is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// What giving needs of the directory.
    public record Directory(Nonprofits nonprofits, Projects projects, Codes codes) {
        /// Refuses missing parts.
        public Directory {
            requireNonNull(nonprofits, "nonprofits is null");
            requireNonNull(projects, "projects is null");
            requireNonNull(codes, "codes is null");
        }
    }

    /// Pledges to the projects of a directory, paid to the accounts that `receiving` knows.
    public static Giving create(
            Jdbi accounting,
            Directory directory,
            Receiving receiving,
            Supporters supporters,
            PledgeTokens tokens,
            IdSource ids,
            Clock clock) {
        return new Giving(accounting, directory, receiving, supporters, tokens, ids, clock);
    }

    /// Makes a pledge. The same request gives the same pledge; another under its key is
    /// refused.
    public PledgeResult pledge(Request request, NewPledge wanted) {
        Optional<Pledge> before = before(request);
        if (before.isPresent()) {
            return new PledgeResult.Made(before.get());
        }
        String nonprofitId = nonprofits.get(wanted.nonprofit()).id();
        Optional<PledgeResult> refusal = refusal(wanted);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<Basket.Item> items = new ArrayList<>();
        for (NewPledge.Wish wish : wanted.wishes()) {
            Optional<Project> project = projects.find(wish.project()).filter(Project::isActive);
            if (project.isEmpty()) {
                return new PledgeResult.ProjectNotOpen(wish.project());
            }
            requireMilestone(project.get(), wish.milestoneId());
            items.add(new Basket.Item(project.get().id(), wish.milestoneId(), wish.amount()));
        }
        Basket basket = new Basket(items);
        Currency currency = basket.total().currency();
        Optional<Account> account = receiving.account(currency);
        if (account.isEmpty()) {
            return new PledgeResult.CurrencyNotTaken(receiving.currencies());
        }
        return new PledgeResult.Made(
                store(request, nonprofitId, account.get(), basket, supporter(request, wanted)));
    }

    /// The secret that reads a pledge again.
    public String token(Pledge pledge) {
        return tokens.of(pledge.id());
    }

    /// A pledge by its token.
    public Optional<Pledge> byToken(String token) {
        return store.byToken(PledgeTokens.hash(token)).flatMap(this::find);
    }

    /// A pledge by id.
    public Optional<Pledge> find(String pledgeId) {
        return Optional.ofNullable(find(List.of(pledgeId)).get(pledgeId));
    }

    /// Pledges by id; unknown ids are left out.
    public Map<String, Pledge> find(Collection<String> pledgeIds) {
        return pledgeIds.isEmpty() ? Map.of() : store.find(pledgeIds);
    }

    /// Pledges in a currency that no money is booked for, newest first.
    public List<Pledge> waiting(Currency currency, int size) {
        List<String> newest = store.waiting(currency.code(), size);
        Map<String, Pledge> found = find(newest);
        return newest.stream().map(found::get).toList();
    }

    /// Names of givers by their opaque id, for matching with names on bank lines; empty
    /// names too.
    public Map<String, String> giverNames(Collection<Pledge> pledges) {
        Map<String, String> names = new HashMap<>();
        supporters
                .find(pledges.stream()
                        .map(Pledge::supporterRef)
                        .filter(ref -> !ref.isEmpty())
                        .distinct()
                        .toList())
                .forEach((ref, supporter) -> names.put(ref, supporter.name()));
        return names;
    }

    /// How the pledge is paid.
    public Transfer transfer(Pledge pledge) {
        Account account = receiving.byId(pledge.accountId());
        return new Transfer(
                account,
                pledge.code().reference(),
                codes.printed(pledge.code()),
                EpcPayload.of(account, pledge.basket().total(), pledge.code().reference()));
    }

    /// Erases givers whose pledge never came to be; returns how many.
    public int sweepGivers() {
        return supporters.sweep(store::hasSupporter);
    }

    private Optional<Pledge> before(Request request) {
        Optional<GivingStore.Known> known = store.byKey(key(request));
        if (known.isPresent() && !known.get().digest().equals(request.digest())) {
            throw new Failure(
                    Reason.IDEMPOTENCY_CONFLICT,
                    "This form was sent before with other content. Please start again.");
        }
        return known.flatMap(it -> find(it.id()));
    }

    private static Optional<PledgeResult> refusal(NewPledge wanted) {
        if (wanted.wishes().isEmpty()) {
            throw invalid("items", "at least one is needed");
        }
        Currency currency = wanted.wishes().getFirst().amount().currency();
        long unit = 1;
        for (int i = 0; i < currency.scale(); i++) {
            unit *= 10;
        }
        Money least = new Money(UNITS_MIN * unit, currency);
        Money greatest = new Money(UNITS_MAX * unit, currency);
        Money total = Money.zero(currency);
        for (NewPledge.Wish wish : wanted.wishes()) {
            if (!wish.amount().currency().equals(currency)) {
                throw invalid("items", "all parts are in one currency");
            }
            if (!wish.amount().isPositive() || wish.amount().compareTo(greatest) > 0) {
                return Optional.of(new PledgeResult.AmountOutOfRange(least, greatest));
            }
            total = total.plus(wish.amount());
        }
        return total.compareTo(least) < 0 || total.compareTo(greatest) > 0
                ? Optional.of(new PledgeResult.AmountOutOfRange(least, greatest))
                : Optional.empty();
    }

    private static void requireMilestone(Project project, String milestoneId) {
        if (!milestoneId.isEmpty() && project.milestone(milestoneId).isEmpty()) {
            throw invalid("items.milestone_id", "is not a milestone of the project");
        }
    }

    private static Failure invalid(String field, String text) {
        return new Failure(
                Reason.INVALID_ARGUMENT,
                "The gift cannot be recorded like this.",
                List.of(new Failure.Violation(field, text)));
    }

    /// The giver's key follows from the whole request, so that what was typed first and
    /// corrected after a failure is not what is kept.
    private String supporter(Request request, NewPledge wanted) {
        if (wanted.name().isBlank() && wanted.email().isBlank()) {
            return "";
        }
        String key =
                HexFormat.of().formatHex(PledgeTokens.hash(key(request) + "|" + request.digest()));
        return supporters.ensure(
                key, wanted.name().strip(), wanted.email().strip(), wanted.language());
    }

    private Pledge store(
            Request request,
            String nonprofitId,
            Account account,
            Basket basket,
            String supporterRef) {
        String id = ids.next("pld");
        boolean made = accounting.inTransaction(handle -> {
            Pledge pledge = new Pledge(
                    id,
                    nonprofitId,
                    account.id(),
                    basket,
                    codes.draw(new CodeTarget(CodeTarget.Kind.PLEDGE, id)),
                    supporterRef,
                    clock.instant());
            boolean inserted = store.insert(
                    handle,
                    pledge,
                    key(request),
                    request.digest(),
                    PledgeTokens.hash(tokens.of(id)));
            if (!inserted) {
                // Another call with this key was faster; the code drawn here was never
                // given out.
                handle.rollback();
            }
            return inserted;
        });
        Pledge pledge = made ? find(id).orElseThrow() : before(request).orElseThrow();
        if (!pledge.supporterRef().isEmpty()) {
            supporters.keep(pledge.supporterRef());
        }
        return pledge;
    }

    private static String key(Request request) {
        return request.scope() + "|" + request.key();
    }
}
