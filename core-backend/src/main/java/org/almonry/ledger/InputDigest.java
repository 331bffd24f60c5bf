package org.almonry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest of a request's input: SHA-256 over versioned, length-prefixed bytes, so that
/// no two inputs look alike.
///
/// It covers all that changes books, processes and events. Audit rows are left out: who
/// asks again, a person or the job that repairs, does not change what was asked.
final class InputDigest {
    private static final byte VERSION = 1;

    private final MessageDigest sha;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    private InputDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] of(PostRequest request) {
        var digest = new InputDigest();
        digest.sha.update(VERSION);
        digest.text(request.processId() == null ? "" : request.processId());
        digest.number(request.effectiveOn().toEpochDay());
        digest.number(request.bookForward() ? 1 : 0);
        digest.number(request.operations().size());
        request.operations().forEach(digest::operation);
        digest.number(request.processes().size());
        for (var change : request.processes()) {
            digest.change(change);
        }
        digest.number(request.events().size());
        for (var event : request.events()) {
            digest.text(event.type());
            digest.text(event.payload());
        }
        return digest.sha.digest();
    }

    private void operation(Operation operation) {
        text(operation.getClass().getSimpleName());
        switch (operation) {
            case Operation.Move it -> numbers(it.source(), it.destination(), it.minor());
            case Operation.Correction it -> {
                operation(it.of());
                number(it.corrects());
            }
            case Operation.Split it -> {
                var into = it.into();
                numbers(
                        it.source(),
                        it.minor(),
                        into.issuerId(),
                        into.currency().scale());
                text(into.currency().code());
                text(into.kind().name());
                text(into.name());
                text(into.owner());
                text(into.label());
            }
            case Operation.Merge it -> numbers(it.source(), it.destination());
            case Operation.Balance it -> numbers(it.source(), it.expected());
            case Operation.Authorize it -> {
                numbers(it.source(), it.destination(), it.minor());
                text(String.valueOf(it.expiresAt()));
            }
            case Operation.AuthorizeCommission it -> {
                numbers(it.source(), it.destination(), it.minor());
                text(String.valueOf(it.expiresAt()));
            }
            case Operation.Hold it -> numbers(it.source(), it.minor());
            case Operation.Capture it ->
                numbers(it.holdId(), it.destination(), it.minor(), it.keepRest() ? 1 : 0);
            case Operation.Reverse it -> number(it.holdId());
        }
    }

    private void numbers(long... values) {
        for (long value : values) {
            number(value);
        }
    }

    private void change(ProcessChange change) {
        switch (change) {
            case ProcessChange.Open it -> {
                text("open");
                text(it.id());
                text(it.kind());
                text(it.state());
                text(it.subject());
                text(it.detailsJson());
            }
            case ProcessChange.Advance it -> {
                text("advance");
                text(it.id());
                text(it.expectedState());
                text(it.newState());
                text(it.detail());
            }
        }
    }

    private void number(long value) {
        sha.update(number.clear().putLong(value).array());
    }

    private void text(String value) {
        var bytes = value.getBytes(UTF_8);
        number(bytes.length);
        sha.update(bytes);
    }
}
