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
        digest.text(request.processId());
        digest.number(request.effectiveOn().toEpochDay());
        digest.number(request.operations().size());
        for (var operation : request.operations()) {
            digest.number(operation.type().code());
            digest.number(operation.source());
            digest.number(operation.destination());
            digest.number(operation.minor());
        }
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
