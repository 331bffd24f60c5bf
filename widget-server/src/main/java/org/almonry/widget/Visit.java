package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.webserver.http.ServerRequest;

import org.almonry.webkit.Languages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a reader came: language, whether inside a frame, and under which site. It travels in
/// the query of every link and form, because there is no session and no cookie to keep it.
///
/// @param locale language of the answer
/// @param asked whether the language was asked for, so that links repeat it
/// @param inline shown inside a frame, without bars around
/// @param claimed origin that the framing page says it has; not checked yet
record Visit(Locale locale, boolean asked, boolean inline, String claimed) {

    private static final int ORIGIN_MAX = 300;

    Visit {
        requireNonNull(locale, "locale is null");
        requireNonNull(claimed, "claimed is null");
    }

    static Visit of(ServerRequest request, Languages languages) {
        var query = request.query();
        Locale locale = languages.choose(request);
        boolean asked = query.first("lang").orElse("").equalsIgnoreCase(locale.toLanguageTag());
        boolean inline = query.first("view").orElse("").equals("inline");
        String claimed = query.first("origin").orElse("");
        boolean usable = inline && claimed.length() <= ORIGIN_MAX;
        return new Visit(locale, asked, inline, usable ? claimed : "");
    }

    /// The path with this visit's query.
    String link(String path) {
        return link(path, asked ? locale.toLanguageTag() : "");
    }

    /// The path with this visit's query and another language.
    String link(String path, String lang) {
        List<String> parts = new ArrayList<>();
        if (!lang.isEmpty()) {
            parts.add("lang=" + lang);
        }
        if (inline) {
            parts.add("view=inline");
        }
        if (!claimed.isEmpty()) {
            parts.add("origin=" + URLEncoder.encode(claimed, StandardCharsets.UTF_8));
        }
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }
}
