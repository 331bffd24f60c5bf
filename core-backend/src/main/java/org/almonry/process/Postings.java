package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.read.Words;
import org.almonry.wire.Ids;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns an attempt into its posting: always the same one, so that a step that is tried again
/// after a crash is known to the ledger.
final class Postings {
    private final LedgerReads books;

    Postings(LedgerReads books) {
        this.books = requireNonNull(books, "books is null");
    }

    /// Money and state of the step in one commit. Nothing is posted unless the process is in
    /// the state that the step starts from, so of two approvals one is booked.
    PostRequest of(BusinessRequest request, Attempt attempt) {
        var changes = new ArrayList<ProcessChange>();
        var path = attempt.path();
        if (attempt.isMake()) {
            changes.add(open(request, path.getFirst()));
        } else {
            changes.add(new ProcessChange.Advance(
                    request.id(), attempt.from(), path.getFirst().name(), said(attempt)));
        }
        for (int i = 1; i < path.size(); i++) {
            changes.add(new ProcessChange.Advance(
                    request.id(), path.get(i - 1).name(), path.get(i).name(), ""));
        }
        if (path.getLast() == RequestState.PROCESSED
                && request.details() instanceof RequestDetails.Reversal reversal) {
            changes.add(new ProcessChange.Advance(
                    reversal.corrects(),
                    RequestState.PROCESSED.name(),
                    RequestState.PROCESSED.name(),
                    "taken back by " + request.id()));
        }
        return post(request, attempt, operations(request, attempt), changes, "ok");
    }

    /// For a request that the ledger would not take: its process opens as failed, and says why.
    PostRequest failed(BusinessRequest request, Attempt attempt, String why) {
        var failed = new Attempt(
                Ids.derive(request.id(), "failed"),
                attempt.processId(),
                attempt.action(),
                attempt.actor(),
                attempt.service(),
                attempt.reason(),
                attempt.from(),
                List.of(RequestState.ERROR),
                List.of(),
                attempt.effectiveOn(),
                attempt.at(),
                "",
                List.of());
        return post(request, failed, List.of(), List.of(open(request, RequestState.ERROR)), why);
    }

    private List<Operation> operations(BusinessRequest request, Attempt attempt) {
        return switch (attempt.path().getLast()) {
            case PROCESSED -> {
                if (request.details() instanceof RequestDetails.Reversal reversal) {
                    yield corrections(books.transactionsOf(reversal.corrects()));
                }
                yield attempt.holds().isEmpty()
                        ? request.plan().move()
                        : request.plan().capture(attempt.holds());
            }
            case DECLINED, REJECTED -> Plan.release(attempt.holds());
            case WAITING,
                    REQUIRES_CONFIRMATION,
                    PENDING,
                    ALLOWED_TO_WITHDRAW,
                    LIMITED,
                    APPROVED,
                    APPROVED_BY_ACCOUNTANT,
                    ERROR -> attempt.reserves() ? request.plan().reserve() : List.of();
        };
    }

    /// The opposite of each transaction that moved value, last one first, so that each coin has
    /// what it gives back.
    static List<Operation> corrections(List<Transaction> transactions) {
        return transactions.reversed().stream()
                .filter(each -> each.destination() != 0)
                .<Operation>map(each -> new Operation.Correction(opposite(each), each.id()))
                .toList();
    }

    private static Operation.Move opposite(Transaction of) {
        long from = of.destination();
        long to = of.source();
        return switch (of.type()) {
            case ISSUE -> new Operation.Redeem(from, to, of.minor());
            case REDEEM -> new Operation.Issue(from, to, of.minor());
            case TRANSFER, COMMISSION, CAPTURE, COMMISSION_CAPTURE ->
                new Operation.Transfer(from, to, of.minor());
            case SPLIT,
                    MERGE,
                    BALANCE,
                    AUTHORIZATION,
                    COMMISSION_AUTHORIZATION,
                    REVERSAL,
                    COMMISSION_REVERSAL,
                    HOLD ->
                throw new IllegalStateException("no request makes a " + Words.of(of.type()));
        };
    }

    private static ProcessChange open(BusinessRequest request, RequestState state) {
        return new ProcessChange.Open(
                request.id(),
                request.kind().name(),
                state.name(),
                "",
                request.details().json(),
                request.askedBy());
    }

    private static PostRequest post(
            BusinessRequest request,
            Attempt attempt,
            List<Operation> operations,
            List<ProcessChange> changes,
            String outcome) {
        var audit = new AuditEntry(
                attempt.actor(),
                attempt.service(),
                "request." + attempt.action().toLowerCase(Locale.ROOT),
                request.id(),
                outcome,
                attempt.reason());
        return new PostRequest(
                attempt.id(),
                request.id(),
                attempt.effectiveOn(),
                operations,
                changes,
                List.of(),
                List.of(audit),
                true);
    }

    private static String said(Attempt attempt) {
        var what = attempt.action().toLowerCase(Locale.ROOT) + " by " + attempt.actor();
        return attempt.reason().isEmpty() ? what : what + ": " + attempt.reason();
    }
}
