package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.commission.Calculation;
import org.almonry.commission.Commissions;
import org.almonry.commission.Profile;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.limit.Limits;
import org.almonry.limit.Usage;
import org.almonry.limit.Verdict;
import org.almonry.money.Money;
import org.almonry.process.Action.Effect;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Business requests: calculate, make, act on, take back.
///
/// Each step is stored first, as an [Attempt] with the request id of its posting, and posted
/// after that commit. Money and state move together in the posting, guarded by the state that
/// the step starts from; so of two approvals at once one is booked and the other is told that
/// it is late. What a crash leaves open is posted again under the same id, by the next who
/// touches the request or by [#repair].
///
/// Limits count a request from the commit that stores it, behind a lock on owner, kind and
/// currency, and no longer once it ended without money having moved.
public final class BusinessRequests {
    /// Steps shown of one request; nobody decides more often.
    static final int STEPS_MAX = 200;

    private final Jdbi accounting;
    private final Commissions commissions;
    private final Limits limits;
    private final Planner planner;
    private final Settling settling;
    private final LedgerReads books;
    private final Days days;

    /// @param isBankAccount whether an id is that of one of our bank accounts
    public BusinessRequests(
            Jdbi accounting,
            Ledger ledger,
            LedgerReads books,
            Commissions commissions,
            Limits limits,
            Predicate<String> isBankAccount,
            Days days) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.commissions = requireNonNull(commissions, "commissions is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.books = requireNonNull(books, "books is null");
        this.days = requireNonNull(days, "days is null");
        this.planner = new Planner(ledger, books, commissions, isBankAccount);
        this.settling = new Settling(accounting, ledger, new Postings(books), limits, days.clock());
    }

    /// The clock, and the zone whose days count.
    public record Days(Clock clock, ZoneId zone) {
        public LocalDate today() {
            return LocalDate.ofInstant(clock.instant(), zone);
        }
    }

    /// Who does something, under which operation (any id of ours), and why. The same operation,
    /// tried again, is done once.
    public record By(Caller caller, String operationId, String why) {
        public By {
            requireNonNull(caller, "caller is null");
            requireNonNull(operationId, "operationId is null");
            why = why.replaceAll("\\p{Cntrl}+", " ").strip();
        }

        private UUID posting() {
            return Ids.derive(operationId, "posting");
        }

        private String service() {
            return caller instanceof Caller.User user ? user.identity() : "core/core";
        }
    }

    /// What a request would come to, and what its limits would say (K-056). Opens and stores
    /// nothing.
    public Preview calculate(RequestDetails details, Money amount) {
        var quote = planner.quote(details, amount, days.today());
        var usage = usage("prc_none", quote.owner(), details.kind(), amount);
        return new Preview(quote.calculation(), limits.ask(usage, profiles(quote.owner())));
    }

    /// The answer to "what would it cost".
    public record Preview(Calculation calculation, Verdict verdict) {}

    /// Makes a request. What the ledger does not take, for want of money or for a closed coin,
    /// comes back in the state ERROR. Fails with LIMIT_REACHED where a limit refuses it.
    ///
    /// @param expected what the sender should be charged by the calculation that was shown;
    ///     fails with STALE if that changed; null: whatever it is
    public BusinessRequest make(
            By by, RequestDetails details, Money amount, @Nullable Money expected) {
        var id = Ids.text("prc", Ids.derive(by.operationId(), "process"));
        if (find(id).isEmpty()) {
            var quote = planner.quote(details, amount, days.today());
            if (expected != null && !expected.equals(quote.calculation().taken())) {
                throw new Failure(
                        Reason.STALE, "The price has changed meanwhile. Look again, then decide.");
            }
            var request = new BusinessRequest(
                    id,
                    details,
                    quote.owner(),
                    amount.currency(),
                    planner.plan(quote),
                    by.caller().actor(),
                    days.clock().instant(),
                    Optional.empty());
            accounting.useTransaction(handle -> {
                if (RequestStore.insert(handle, request)) {
                    var start = start(handle, request, isByHand(by.service(), request.kind()));
                    RequestStore.insert(handle, made(by, request, start));
                }
            });
        }
        return settling.make(id, by.posting());
    }

    /// Asks for a whole process to be taken back by the opposite of each of its transactions.
    /// Once an accountant agrees, it is booked, and never twice.
    public BusinessRequest reverse(By by, String processId) {
        var id = Ids.text("prc", Ids.derive(by.operationId(), "process"));
        if (find(id).isEmpty()) {
            var original = get(processId);
            if (original.kind() == ProcessKind.REVERSAL
                    || !original.state().equals(Optional.of(RequestState.PROCESSED))) {
                throw new Failure(
                        Reason.WRONG_STATE, "Only a request that is booked can be taken back.");
            }
            if (Postings.corrections(books.transactionsOf(processId)).isEmpty()) {
                throw new Failure(Reason.WRONG_STATE, "The process moved nothing.");
            }
            var request = new BusinessRequest(
                    id,
                    new RequestDetails.Reversal(processId, by.why()),
                    original.owner(),
                    original.currency(),
                    Plan.NONE,
                    by.caller().actor(),
                    days.clock().instant(),
                    Optional.empty());
            var start = new Start(request.kind().course(false), "");
            accounting.useTransaction(handle -> {
                if (RequestStore.insert(handle, request)) {
                    RequestStore.insert(handle, made(by, request, start));
                }
            });
        }
        return settling.make(id, by.posting());
    }

    /// Does something with a request as its maker saw it. Fails with STALE when it has moved on
    /// since, WRONG_STATE when its state does not allow the action or the ledger would not book
    /// it, and NOT_ALLOWED when somebody approves what they asked for themselves (K-094).
    public BusinessRequest act(By by, String processId, Action action, RequestState seen) {
        if (!isStored(by)) {
            settling.settle(processId);
            var request = get(processId);
            if (request.state().equals(Optional.of(seen))) {
                store(by, request, action, seen);
            } else if (!isStored(by)) {
                // Else the same operation, sent twice at once, has brought it there.
                throw Settling.stale();
            }
        }
        settling.act(by.posting());
        return get(processId);
    }

    public Optional<BusinessRequest> find(String id) {
        return accounting.withHandle(handle -> RequestStore.find(handle, id));
    }

    /// One that must exist.
    public BusinessRequest get(String id) {
        return find(id).orElseThrow(
                        () -> new Failure(Reason.NOT_FOUND, "There is no such request."));
    }

    /// The requests of these ids that exist.
    public Map<String, BusinessRequest> all(Collection<String> ids) {
        return accounting.withHandle(handle -> RequestStore.all(handle, ids)).stream()
                .collect(Collectors.toMap(BusinessRequest::id, Function.identity()));
    }

    /// What was done with a request, or tried, oldest first.
    public List<RequestStep> steps(String id) {
        return accounting
                .withHandle(handle -> RequestStore.attempts(handle, id, STEPS_MAX))
                .stream()
                .map(RequestStep::of)
                .toList();
    }

    /// What somebody could do with a request now: the actions that the table allows, without an
    /// approval of one's own request.
    public List<Action> open(BusinessRequest request, Caller caller) {
        return request.state().stream()
                .flatMap(state -> Arrays.stream(Action.values())
                        .filter(action -> !(action.on(state) instanceof Effect.Refused)))
                .filter(action ->
                        action != Action.APPROVE || !request.askedBy().equals(caller.actor()))
                .toList();
    }

    /// What contracts cost per month.
    public ContractFees contractFees() {
        return new ContractFees(accounting, this, planner, commissions, settling, days);
    }

    /// Posts what a crash left open.
    public void repair() {
        settling.repair();
    }

    private boolean isStored(By by) {
        return accounting
                .withHandle(handle -> RequestStore.attempt(handle, by.posting()))
                .isPresent();
    }

    private void store(By by, BusinessRequest request, Action action, RequestState seen) {
        if (action == Action.APPROVE && request.askedBy().equals(by.caller().actor())) {
            throw new Failure(
                    Reason.NOT_ALLOWED,
                    "You asked for this yourself. Somebody else has to approve it.");
        }
        accounting.useTransaction(handle -> {
            var path = follow(handle, request, seen, action);
            RequestStore.insert(handle, attempt(by, request, action, seen, path));
        });
    }

    /// Which way a request takes, and why.
    private record Start(List<RequestState> path, String why) {}

    private Start start(Handle handle, BusinessRequest request, boolean byHand) {
        var verdict = limits.use(handle, usage(request), profiles(request.owner()));
        return switch (verdict) {
            case Verdict.Within _ -> new Start(request.kind().course(byHand), "");
            case Verdict.Exceeded it ->
                switch (it.consequence()) {
                    case CONFIRMATION -> new Start(request.kind().course(true), it.text());
                    case LIMITED -> new Start(List.of(RequestState.LIMITED), it.text());
                    case REFUSAL -> throw overLimit(it);
                };
        };
    }

    /// Where the action leads, and what it changes of the limits.
    private Start follow(Handle handle, BusinessRequest request, RequestState from, Action action) {
        return switch (action.on(from)) {
            case Effect.Refused it -> throw new Failure(Reason.WRONG_STATE, text(it.why()));
            case Effect.Moves it -> new Start(request.kind().courseTo(it.to()), "");
            case Effect.Released _ -> {
                limits.take(handle, usage(request));
                yield new Start(request.kind().releasedCourse(), "");
            }
            case Effect.TriedAgain _ -> {
                if (!request.kind().hasLimits()) {
                    yield new Start(request.kind().course(false), "");
                }
                var make = RequestStore.attempts(handle, request.id(), 1).getFirst();
                var start = start(handle, request, isByHand(make.service(), request.kind()));
                if (start.path().equals(List.of(from))) {
                    throw new Failure(
                            Reason.LIMIT_REACHED, "It is still over its limit: " + start.why());
                }
                yield start;
            }
        };
    }

    /// Whether a person at the back office moves the money of others: that takes a second
    /// person (K-094). What a client or a job does is booked at once.
    private static boolean isByHand(String service, ProcessKind kind) {
        return kind.way() == ProcessKind.Way.MOVES && service.equals(Identity.ADMIN);
    }

    private Attempt made(By by, BusinessRequest request, Start start) {
        return new Attempt(
                by.posting(),
                request.id(),
                Attempt.MAKE,
                by.caller().actor(),
                by.service(),
                start.why().isEmpty() ? request.details().why() : start.why(),
                "",
                start.path(),
                List.of(),
                days.today(),
                days.clock().instant(),
                "",
                List.of());
    }

    private Attempt attempt(
            By by, BusinessRequest request, Action action, RequestState from, Start start) {
        return new Attempt(
                by.posting(),
                request.id(),
                action.name(),
                by.caller().actor(),
                by.service(),
                start.why().isEmpty() ? by.why() : start.why(),
                from.name(),
                start.path(),
                settling.holds(request.id(), from),
                days.today(),
                days.clock().instant(),
                "",
                List.of());
    }

    private List<String> profiles(String owner) {
        return commissions.profilesOf(owner, days.today()).stream()
                .map(Profile::id)
                .toList();
    }

    private Usage usage(BusinessRequest request) {
        return usage(request.id(), request.owner(), request.kind(), request.amount());
    }

    private Usage usage(String id, String owner, ProcessKind kind, Money amount) {
        return new Usage(id, owner, kind.name(), amount, days.today());
    }

    private static Failure overLimit(Verdict.Exceeded exceeded) {
        return new Failure(
                Reason.LIMIT_REACHED, "This is over the limit: " + exceeded.text() + ".");
    }

    private static String text(Action.Refusal why) {
        return switch (why) {
            case ALREADY_PROCESSED -> "It is booked already. It can be taken back as a whole.";
            case ALREADY_ENDED -> "It has ended. Make a new request.";
            case NOTHING_TO_REPEAT -> "Nothing went wrong with it, so there is nothing to repeat.";
            case FAILED_BEFORE -> "It failed. Repeat it, or end it.";
        };
    }
}
