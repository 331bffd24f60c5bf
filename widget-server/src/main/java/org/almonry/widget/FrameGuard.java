package org.almonry.widget;

import org.almonry.webkit.Csp;

import java.util.List;
import java.util.regex.Pattern;

/// Who may frame the pages of a nonprofit: its registered sites and nobody else. What is
/// not plainly an origin is dropped here once more, so that no registered text can add a
/// directive.
final class FrameGuard {

    private static final Pattern ORIGIN =
            Pattern.compile("https://[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?"
                    + "|http://([a-z0-9-]+\\.)*localhost(:[0-9]{1,5})?"
                    + "|http://127\\.0\\.0\\.[0-9]{1,3}(:[0-9]{1,5})?");

    private FrameGuard() {}

    /// The policy of a page of a nonprofit with these sites.
    static Csp csp(List<String> sites) {
        return Csp.strict().framedBy(origins(sites));
    }

    /// The sites that are origins.
    static List<String> origins(List<String> sites) {
        return sites.stream().filter(site -> ORIGIN.matcher(site).matches()).toList();
    }

    /// The origin that a framing page claims to have, if it is registered; empty otherwise.
    /// The messages of the frame go there and nowhere else.
    static String registered(List<String> sites, String claimed) {
        return origins(sites).contains(claimed) ? claimed : "";
    }
}
