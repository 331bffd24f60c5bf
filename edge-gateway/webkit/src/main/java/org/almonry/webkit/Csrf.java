package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keeps other sites from posting our forms with a reader's cookie. The token is an HMAC
/// over the session and the name of the form under a key that this process made at its
/// start; beside it the browser's own word (`Sec-Fetch-Site`) is checked.
public final class Csrf {

    private static final String ALGORITHM = "HmacSHA256";
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private final SecretKeySpec key;

    /// @param key at least 32 random bytes
    public Csrf(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key is shorter than 32 bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// The hidden field's value for a form of a session.
    public String token(String session, String form) {
        requireNonNull(session, "session is null");
        byte[] input =
                (session.length() + "|" + session + "|" + form).getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    /// Throws a 403 unless the token is the one of this session and form, and the request
    /// came from our own pages.
    public void check(ServerRequest request, String session, String form, String token) {
        checkSameSite(request);
        byte[] expected = token(session, form).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.of(403, "form-expired");
        }
    }

    /// Throws a 403 when the browser says that another site sent the form. Clients that say
    /// nothing (scripts of integrators, old browsers) pass: they hold no cookie of a
    /// person, or the token decides.
    public static void checkSameSite(ServerRequest request) {
        String site = request.headers().first(FETCH_SITE).orElse("same-origin");
        if (!site.equals("same-origin") && !site.equals("none")) {
            throw Problem.of(403, "form-foreign");
        }
    }
}
