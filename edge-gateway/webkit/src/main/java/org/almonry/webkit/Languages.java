package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.util.List;
import java.util.Locale;

/// The languages that an instance offers, best first. `?lang=` wins over the browser's
/// wish.
///
/// @param offered what there is a catalogue for; the first is the fallback
public record Languages(List<Locale> offered) {

    /// Longer wishes are not read: no browser sends them.
    private static final int WISH_MAX = 200;

    public Languages {
        offered = List.copyOf(requireNonNull(offered, "offered is null"));
        if (offered.isEmpty()) {
            throw new IllegalArgumentException("no language is offered");
        }
    }

    /// Offers the languages of these BCP 47 tags.
    public static Languages of(List<String> tags) {
        return new Languages(tags.stream().map(Locale::forLanguageTag).toList());
    }

    /// The language of the answer to a request.
    public Locale choose(ServerRequest request) {
        String asked = request.query().first("lang").orElse("");
        for (Locale locale : offered) {
            if (locale.toLanguageTag().equalsIgnoreCase(asked)) {
                return locale;
            }
        }
        return fromWish(request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
    }

    /// The language of an account or a form field; the fallback when it is not offered.
    public Locale byTag(String tag) {
        for (Locale locale : offered) {
            if (locale.toLanguageTag().equalsIgnoreCase(tag)) {
                return locale;
            }
        }
        return offered.getFirst();
    }

    Locale fromWish(String wish) {
        if (!wish.isBlank() && wish.length() <= WISH_MAX) {
            try {
                Locale found = Locale.lookup(Locale.LanguageRange.parse(wish), offered);
                if (found != null) {
                    return found;
                }
            } catch (IllegalArgumentException malformed) {
                return offered.getFirst();
            }
        }
        return offered.getFirst();
    }
}
