package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.Rejection;
import org.almonry.limit.Limits;
import org.almonry.limit.Usage;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Posts stored attempts and notes what became of them. Whoever posts one, its caller, the
/// next one who touches the request, or the job, it is one posting under one id.
final class Settling {
    /// Longer than any call waits, so that the job does not race with its caller.
    static final Duration REPAIR_AFTER = Duration.ofMinutes(1);

    /// Attempts that one run of the job posts; the next run takes the rest.
    static final int REPAIR_MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final Jdbi accounting;
    private final Ledger ledger;
    private final Postings postings;
    private final Limits limits;
    private final Clock clock;

    Settling(Jdbi accounting, Ledger ledger, Postings postings, Limits limits, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.postings = requireNonNull(postings, "postings is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Posts the first step of a request, unless that was done; gives the request as it is.
    BusinessRequest make(String id, UUID attemptId) {
        var attempt = attempt(attemptId);
        if (attempt.isOpen()) {
            post(attempt);
        }
        return request(id);
    }

    /// Posts a step, unless that was done; fails where the ledger does not take it.
    void act(UUID attemptId) {
        var attempt = attempt(attemptId);
        if (attempt.isPosted()) {
            return;
        }
        post(attempt).ifPresent(rejected -> {
            // Whoever was faster may have spent the holds too, which is the first that the
            // ledger finds.
            boolean isLate = rejected.rejection() == Rejection.STALE_PROCESS
                    || request(attempt.processId()).state().stream()
                            .noneMatch(state -> state.name().equals(attempt.from()));
            throw isLate ? stale() : new Failure(Reason.WRONG_STATE, words(rejected));
        });
    }

    /// Posts what is open of a request.
    void settle(String processId) {
        accounting.withHandle(handle -> RequestStore.openOf(handle, processId)).forEach(this::post);
    }

    /// Posts what a crash left open, oldest first.
    void repair() {
        var before = clock.instant().minus(REPAIR_AFTER);
        for (var attempt :
                accounting.withHandle(handle -> RequestStore.open(handle, before, REPAIR_MAX))) {
            var rejected = post(attempt);
            LOG.warn(
                    "posted what was left open of {}: {}",
                    attempt.processId(),
                    rejected.map(PostResult.Rejected::text).orElse("booked"));
        }
    }

    /// What is set aside for a request in a state: the transactions that did it last.
    List<Long> holds(String processId, RequestState state) {
        return switch (state) {
            case PENDING,
                    WAITING,
                    APPROVED,
                    APPROVED_BY_ACCOUNTANT,
                    REQUIRES_CONFIRMATION,
                    ALLOWED_TO_WITHDRAW ->
                accounting
                        .withHandle(handle -> RequestStore.newestPosted(handle, processId, 1))
                        .stream()
                        .filter(Attempt::reserves)
                        .findFirst()
                        .map(Attempt::transactions)
                        .orElse(List.of());
            case LIMITED, DECLINED, REJECTED, PROCESSED, ERROR -> List.of();
        };
    }

    static Failure stale() {
        return new Failure(
                Reason.STALE,
                "The request was changed by somebody else meanwhile. Look again, then decide.");
    }

    /// Empty if it is in the books.
    private Optional<PostResult.Rejected> post(Attempt attempt) {
        var request = request(attempt.processId());
        return switch (ledger.post(postings.of(request, attempt))) {
            case PostResult.Posted it -> done(request, attempt, it.transactionIds());
            case PostResult.Replayed it -> done(request, attempt, it.transactionIds());
            case PostResult.Rejected it -> {
                if (attempt.isMake()) {
                    openFailed(request, attempt, it);
                }
                noted(request, attempt, it);
                yield Optional.of(it);
            }
            case PostResult.Conflict it ->
                throw new IllegalStateException("a request id is used twice: " + it.requestId());
        };
    }

    /// The process of a request that could not be made says so. Where it exists meanwhile,
    /// another try of the same step was luckier.
    private void openFailed(
            BusinessRequest request, Attempt attempt, PostResult.Rejected rejected) {
        var failed = postings.failed(request, attempt, words(rejected));
        if (ledger.post(failed) instanceof PostResult.Conflict conflict) {
            LOG.warn("{} failed twice, in different ways", conflict.requestId());
        }
    }

    private Optional<PostResult.Rejected> done(
            BusinessRequest request, Attempt attempt, List<Long> transactions) {
        accounting.useTransaction(handle -> {
            RequestStore.lock(handle, request.id());
            RequestStore.posted(handle, attempt.id(), transactions, clock.instant());
            count(handle, request, attempt.effectiveOn());
        });
        return Optional.empty();
    }

    /// Why the ledger did not take it, for people; which of its operations it was is not their
    /// language.
    private static String words(PostResult.Rejected rejected) {
        var text = rejected.rejection().text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private void noted(BusinessRequest request, Attempt attempt, PostResult.Rejected rejected) {
        accounting.useTransaction(handle -> {
            RequestStore.lock(handle, request.id());
            RequestStore.notPosted(handle, attempt.id(), words(rejected), clock.instant());
            count(handle, request, attempt.effectiveOn());
        });
    }

    /// Limits count a request by the state that it has now. Whoever moves it comes by here
    /// afterwards, so the last one sees the last state.
    private void count(Handle handle, BusinessRequest request, LocalDate day) {
        if (!request.kind().hasLimits()) {
            return;
        }
        var state = RequestStore.state(handle, request.id());
        if (state.isEmpty()) {
            return;
        }
        if (state.get().usesLimits()) {
            limits.take(
                    handle,
                    new Usage(
                            request.id(),
                            request.owner(),
                            request.kind().name(),
                            request.amount(),
                            day));
        } else if (RequestStore.openOf(handle, request.id()).isEmpty()) {
            // A step that is under way may have been counted already; it comes by here too.
            limits.giveBack(handle, request.id());
        }
    }

    private Attempt attempt(UUID id) {
        return accounting
                .withHandle(handle -> RequestStore.attempt(handle, id))
                .orElseThrow(() -> new IllegalStateException("a step was not stored: " + id));
    }

    private BusinessRequest request(String id) {
        return accounting
                .withHandle(handle -> RequestStore.find(handle, id))
                .orElseThrow(() -> new IllegalStateException("a step without its request: " + id));
    }
}
