package org.almonry.idempotency;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One keyed request: whose and what, its key, and a digest of all that it says.
public record Request(String scope, String key, String digest) {
    /// Refuses missing parts.
    public Request {
        requireNonNull(scope, "scope is null");
        requireNonNull(digest, "digest is null");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an idempotency key cannot be empty");
        }
    }

    /// The request of an actor to a method.
    public static Request of(String actor, String method, String key, MessageLite message) {
        return new Request(actor + "/" + method, key, sha256(message.toByteArray()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
