package org.almonry.giving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.almonry.wire.Secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secrets that read a pledge again: one per pledge, from its id and the instance's
/// key.
public final class PledgeTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_LENGTH_MIN = 32;

    private final Secret secret;

    /// Refuses a key that could be guessed.
    public PledgeTokens(Secret secret) {
        this.secret = requireNonNull(secret, "secret is null");
        if (secret.reveal().length() < SECRET_LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "giving.secret-file needs at least " + SECRET_LENGTH_MIN + " characters");
        }
    }

    /// The token of a pledge: 43 characters that fit into an address.
    String of(String pledgeId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), ALGORITHM));
            byte[] bytes = mac.doFinal(("pledge-token|" + pledgeId).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
