package org.almonry.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.webkit.Languages;

import java.util.Locale;

/// The reader's language: the address, then the choice made before, then the browser's
/// wish. The choice is kept in the browser, in a cookie that says nothing but a language.
final class LanguageChoice {

    private static final String NAME = "__Host-language";

    private LanguageChoice() {}

    static Locale of(ServerRequest request, Languages languages) {
        if (request.query().first("lang").isPresent()) {
            return languages.choose(request);
        }
        for (String header : request.headers().values(HeaderNames.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(NAME + "=")) {
                    String tag = cookie.substring(NAME.length() + 1);
                    for (Locale offered : languages.offered()) {
                        if (offered.toLanguageTag().equals(tag)) {
                            return offered;
                        }
                    }
                }
            }
        }
        return languages.choose(request);
    }

    /// Remembers the language when the reader chose it on this very page.
    static void keep(ServerRequest request, ServerResponse response, Locale locale) {
        if (request.query().first("lang").isPresent()) {
            response.headers()
                    .add(
                            HeaderNames.SET_COOKIE,
                            NAME + "=" + locale.toLanguageTag()
                                    + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000");
        }
    }
}
