package org.almonry.webkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A content security policy. It starts at "nothing", and a page widens it here in code,
/// never in a template.
public final class Csp {

    private static final Csp STRICT = new Csp(directives());

    private final Map<String, String> directives;
    private final String text;

    private Csp(Map<String, String> directives) {
        this.directives = directives;
        this.text = directives.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty()
                        ? entry.getKey()
                        : entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    /// Own scripts, styles and pictures alone; nobody frames it; scripts may build markup
    /// only through the policy named almonry.
    public static Csp strict() {
        return STRICT;
    }

    /// The same policy, but these origins may frame the page. No origin at all means
    /// nobody.
    public Csp framedBy(List<String> origins) {
        return with("frame-ancestors", origins.isEmpty() ? "'none'" : String.join(" ", origins));
    }

    /// The same policy with one directive replaced.
    public Csp with(String directive, String value) {
        if (value.indexOf(';') >= 0 || value.indexOf(',') >= 0) {
            throw new IllegalArgumentException("a directive's value holds ; or ,: " + value);
        }
        var changed = new LinkedHashMap<>(directives);
        changed.put(directive, value);
        return new Csp(changed);
    }

    /// The value of the header.
    public String text() {
        return text;
    }

    private static Map<String, String> directives() {
        var directives = new LinkedHashMap<String, String>();
        directives.put("default-src", "'none'");
        directives.put("script-src", "'self'");
        directives.put("style-src", "'self'");
        directives.put("img-src", "'self'");
        directives.put("font-src", "'self'");
        directives.put("connect-src", "'self'");
        directives.put("form-action", "'self'");
        directives.put("base-uri", "'none'");
        directives.put("frame-ancestors", "'none'");
        directives.put("require-trusted-types-for", "'script'");
        directives.put("trusted-types", "almonry");
        return directives;
    }
}
