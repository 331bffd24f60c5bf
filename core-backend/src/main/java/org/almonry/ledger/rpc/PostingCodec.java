package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.Rejection;
import org.almonry.ledger.v1.Conflict;
import org.almonry.ledger.v1.Posted;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.ledger.v1.Rejected;
import org.almonry.ledger.v1.Replayed;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Postings from the wire to the engine and their results back, a list at a time.
///
/// A list is decoded whole before any of it is posted: what breaks the contract breaks it
/// for all, with nothing done. A currency that does not fit its coin is an outcome of that
/// posting alone.
final class PostingCodec {
    /// Operations of one call, whatever the number of its postings: some batches of the
    /// engine.
    static final int OPERATIONS_MAX = 10_000;

    private static final Map<Rejection, org.almonry.ledger.v1.Rejection> REJECTIONS = rejections();

    private static final PostResult.Rejected OTHER_CURRENCY = new PostResult.Rejected(
            Rejection.CURRENCY_MISMATCH, "the amount is not in the currency of the coin");

    private final Ledger ledger;
    private final CoinFacts facts;

    PostingCodec(Ledger ledger, CoinFacts facts) {
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.facts = requireNonNull(facts, "facts is null");
    }

    /// Posts one, with an audit row in its commit. Calls with many leave one row each.
    PostingResult post(Posting posting, Caller caller) {
        var subject =
                posting.getProcessId().isEmpty() ? posting.getRequestId() : posting.getProcessId();
        var row = new AuditEntry(
                caller.actor(),
                "ledger",
                "Post",
                subject,
                "ok",
                posting.getOperationsCount() + " operations");
        return post(List.of(posting), caller, List.of(row)).getFirst();
    }

    /// Posts all; the results are in the same order.
    List<PostingResult> post(List<Posting> postings, Caller caller) {
        return post(postings, caller, List.of());
    }

    private List<PostingResult> post(
            List<Posting> postings, Caller caller, List<AuditEntry> audit) {
        learn(postings);
        var requests = new ArrayList<PostRequest>(postings.size());
        var answered = new boolean[postings.size()];
        for (int i = 0; i < postings.size(); i++) {
            try {
                var request = request(postings.get(i), caller, audit, i);
                if (OperationCodec.isInCurrencies(postings.get(i), facts)) {
                    requests.add(request);
                } else {
                    answered[i] = true;
                }
            } catch (IllegalArgumentException e) {
                throw LedgerCodec.invalid("postings[" + i + "]", "is not possible", e);
            }
        }
        var results = requests.isEmpty() ? List.<PostResult>of() : ledger.postAll(requests);
        var encoded = new ArrayList<PostingResult>(postings.size());
        int next = 0;
        for (int i = 0; i < postings.size(); i++) {
            var result = answered[i] ? OTHER_CURRENCY : results.get(next++);
            encoded.add(encode(postings.get(i).getRequestId(), result));
        }
        return encoded;
    }

    private void learn(List<Posting> postings) {
        var coins = new ArrayList<Long>();
        var holds = new ArrayList<Long>();
        int operations = 0;
        for (var posting : postings) {
            operations += posting.getOperationsCount();
            OperationCodec.collect(posting, coins, holds);
        }
        if (operations > OPERATIONS_MAX) {
            throw new Failure(
                    Reason.LIMIT_REACHED, "A call has at most " + OPERATIONS_MAX + " operations.");
        }
        facts.learn(coins, holds);
    }

    private PostRequest request(Posting posting, Caller caller, List<AuditEntry> audit, int index) {
        var path = "postings[" + index + "].";
        return new PostRequest(
                requestId(posting.getRequestId(), path),
                posting.getProcessId().isEmpty() ? null : posting.getProcessId(),
                day(posting.getEffectiveOn(), path),
                OperationCodec.operations(posting, facts),
                posting.getProcessesCount() == 0
                        ? List.of()
                        : ProcessChangeCodec.changes(posting, caller.actor()),
                List.of(),
                audit,
                posting.getBookForward());
    }

    private static LocalDate day(String text, String path) {
        return requireNonNull(LedgerCodec.day(text, path + "effective_on"));
    }

    private static UUID requestId(String id, String path) {
        if (!id.startsWith("req_")) {
            throw LedgerCodec.invalid(path + "request_id", "is no id of a request", null);
        }
        return Ids.uuid(id);
    }

    static CoinKind kind(org.almonry.ledger.v1.CoinKind kind) {
        return CoinKind.valueOf(kind.name().substring("COIN_KIND_".length()));
    }

    private static PostingResult encode(String requestId, PostResult result) {
        var encoded = PostingResult.newBuilder().setRequestId(requestId);
        switch (result) {
            case PostResult.Posted it -> {
                var posted = Posted.newBuilder();
                it.transactionIds()
                        .forEach(id -> posted.addTransactionIds(LedgerCodec.TRANSACTION + id));
                encoded.setPosted(posted);
            }
            case PostResult.Replayed it -> {
                var replayed = Replayed.newBuilder();
                it.transactionIds()
                        .forEach(id -> replayed.addTransactionIds(LedgerCodec.TRANSACTION + id));
                encoded.setReplayed(replayed);
            }
            case PostResult.Rejected it ->
                encoded.setRejected(Rejected.newBuilder()
                        .setReason(requireNonNull(REJECTIONS.get(it.rejection())))
                        .setText(it.text()));
            case PostResult.Conflict _ -> encoded.setConflict(Conflict.getDefaultInstance());
        }
        return encoded.build();
    }

    /// Every rejection has a word on the wire; one without would not start.
    private static Map<Rejection, org.almonry.ledger.v1.Rejection> rejections() {
        var result = new EnumMap<Rejection, org.almonry.ledger.v1.Rejection>(Rejection.class);
        for (var each : Rejection.values()) {
            result.put(each, org.almonry.ledger.v1.Rejection.valueOf("REJECTION_" + each.name()));
        }
        return result;
    }
}
