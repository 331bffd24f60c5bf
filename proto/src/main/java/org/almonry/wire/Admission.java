package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.Metadata;

import org.almonry.error.v1.Reason;
import org.almonry.rule.v1.Auth;
import org.almonry.rule.v1.MethodRule;

import java.util.regex.Pattern;

/// Decides who a call is from and whether they may make it. Default is no.
final class Admission {
    /// The reference token of a person's session.
    static final Metadata.Key<String> SESSION =
            Metadata.Key.of("almonry-session", Metadata.ASCII_STRING_MARSHALLER);

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final SessionResolver sessions;

    Admission(SessionResolver sessions) {
        this.sessions = requireNonNull(sessions, "sessions is null");
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    Caller admit(Identity identity, MethodRule rule, Metadata headers) {
        if (!rule.getAllowList().contains(identity.path())) {
            throw new Failure(Reason.NOT_ALLOWED, "This process may not do this.");
        }
        if (rule.getAuth() == Auth.AUTH_NONE) {
            return new Caller.Service(identity.path());
        }
        var user = sessions.resolve(token(headers), identity.path())
                .orElseThrow(Admission::signInNeeded);
        // The resolver compares too; a token that wandered to another gateway must not
        // depend on one check.
        if (!user.identity().equals(identity.path())) {
            throw signInNeeded();
        }
        if (!user.may(rule.getPermission())) {
            throw new Failure(Reason.NOT_ALLOWED, "You may not do this.");
        }
        return user;
    }

    private static String token(Metadata headers) {
        var values = headers.getAll(SESSION);
        String token = null;
        if (values != null) {
            for (var value : values) {
                if (token != null) {
                    // Two tokens: somebody hopes that two readers take different ones.
                    throw signInNeeded();
                }
                token = value;
            }
        }
        if (token == null || !isToken(token)) {
            throw signInNeeded();
        }
        return token;
    }

    private static Failure signInNeeded() {
        return new Failure(Reason.SIGN_IN_NEEDED, "Please sign in.");
    }
}
