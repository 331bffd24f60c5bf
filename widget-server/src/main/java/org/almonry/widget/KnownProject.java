package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.webkit.Format;
import org.almonry.widgets.v1.GetProjectResponse;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A project as the core last described it, with what the pages show of it written out once
/// per language. It lives as long as it is fresh, so the words never outlive the numbers.
final class KnownProject {

    private final GetProjectResponse response;
    private final Map<Locale, Shown> shown = new ConcurrentHashMap<>();

    /// A project in the words of one language.
    record Shown(ProjectView project, Activity activity) {}

    KnownProject(GetProjectResponse response) {
        this.response = requireNonNull(response, "response is null");
    }

    String nonprofit() {
        return response.getProject().getNonprofitSlug();
    }

    List<String> sites() {
        return response.getSitesList();
    }

    Shown in(Format format) {
        return shown.computeIfAbsent(
                format.locale(),
                unused -> new Shown(
                        ProjectView.of(response.getProject(), format),
                        Activity.of(response.getWeeksList(), format)));
    }
}
