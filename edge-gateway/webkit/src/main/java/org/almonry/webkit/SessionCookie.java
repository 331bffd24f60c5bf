package org.almonry.webkit;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.util.Optional;

/// The one cookie of a gateway: the reference token of a session, which the core made and
/// alone can read. Bound to host and secure transport by its name; scripts cannot see it.
///
/// @param sameSite `Lax` for readers who come by a mailed link, `Strict` for the admin
/// pages
public record SessionCookie(SameSite sameSite) {

    /// The name; the prefix makes browsers refuse it without Secure, with a domain or
    /// another path.
    public static final String NAME = "__Host-almonry";

    private static final int TOKEN_MAX = 200;

    /// When browsers send the cookie along.
    public enum SameSite {
        LAX("Lax"),
        STRICT("Strict");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    /// The token that came with the request, if it looks like one.
    public Optional<String> read(ServerRequest request) {
        for (String header : request.headers().values(HeaderNames.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(NAME + "=")) {
                    String token = cookie.substring(NAME.length() + 1);
                    return isToken(token) ? Optional.of(token) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// Sets the cookie until the browser closes; the core ends the session earlier.
    public void set(ServerResponse response, String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("not a token");
        }
        response.headers().add(HeaderNames.SET_COOKIE, NAME + "=" + token + attributes());
    }

    /// Takes the cookie away.
    public void clear(ServerResponse response) {
        response.headers().add(HeaderNames.SET_COOKIE, NAME + "=" + attributes() + "; Max-Age=0");
    }

    private String attributes() {
        return "; Path=/; Secure; HttpOnly; SameSite=" + sameSite.text;
    }

    private static boolean isToken(String token) {
        return !token.isEmpty()
                && token.length() <= TOKEN_MAX
                && token.chars()
                        .allMatch(c -> c < 128
                                && (Character.isLetterOrDigit(c)
                                        || c == '-'
                                        || c == '_'
                                        || c == '.'));
    }
}
