package org.almonry.ledger.proof;

import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.process.ProcessChange;

/// The digest of a request's input, by which a repetition is told from another request
/// under the same id.
///
/// It covers all that changes books, processes and events. Audit rows are left out: who
/// asks again, a person or the job that repairs, does not change what was asked.
public final class RequestDigest {
    private final LeafWriter bytes = new LeafWriter();

    private RequestDigest() {}

    public static byte[] of(PostRequest request) {
        var digest = new RequestDigest();
        digest.request(request);
        return digest.bytes.endPlain();
    }

    private void request(PostRequest request) {
        bytes.text(request.processId());
        bytes.number(request.effectiveOn().toEpochDay());
        bytes.number(request.bookForward() ? 1 : 0);
        bytes.number(request.operations().size());
        request.operations().forEach(this::operation);
        bytes.number(request.processes().size());
        request.processes().forEach(this::change);
        bytes.number(request.events().size());
        for (var event : request.events()) {
            bytes.text(event.type());
            bytes.text(event.payload());
        }
    }

    private void operation(Operation operation) {
        bytes.text(operation.getClass().getSimpleName());
        switch (operation) {
            case Operation.Move it -> numbers(it.source(), it.destination(), it.minor());
            case Operation.Correction it -> {
                operation(it.of());
                bytes.number(it.corrects());
            }
            case Operation.Split it -> {
                var into = it.into();
                numbers(
                        it.source(),
                        it.minor(),
                        into.issuerId(),
                        into.currency().scale());
                bytes.text(into.currency().code());
                bytes.text(into.kind().name());
                bytes.text(into.name());
                bytes.text(into.owner());
                bytes.text(into.label());
            }
            case Operation.Merge it -> numbers(it.source(), it.destination());
            case Operation.Balance it -> numbers(it.source(), it.expected());
            case Operation.Authorize it -> {
                numbers(it.source(), it.destination(), it.minor());
                bytes.instant(it.expiresAt());
            }
            case Operation.AuthorizeCommission it -> {
                numbers(it.source(), it.destination(), it.minor());
                bytes.instant(it.expiresAt());
            }
            case Operation.Hold it -> numbers(it.source(), it.minor());
            case Operation.Capture it ->
                numbers(it.holdId(), it.destination(), it.minor(), it.keepRest() ? 1 : 0);
            case Operation.Reverse it -> bytes.number(it.holdId());
        }
    }

    private void numbers(long... values) {
        for (long value : values) {
            bytes.number(value);
        }
    }

    private void change(ProcessChange change) {
        bytes.text(change.getClass().getSimpleName());
        bytes.text(change.id());
        switch (change) {
            case ProcessChange.Open it -> {
                bytes.text(it.kind());
                bytes.text(it.state());
                bytes.text(it.subject());
                bytes.text(it.detailsJson());
            }
            case ProcessChange.Advance it -> {
                bytes.text(it.expectedState());
                bytes.text(it.newState());
                bytes.text(it.detail());
            }
        }
    }
}
