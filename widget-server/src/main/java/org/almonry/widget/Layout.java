package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.webkit.Assets;
import org.almonry.webkit.Format;
import org.almonry.webkit.Languages;
import org.almonry.webkit.Messages;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/// What the frame of every page needs.
///
/// @param text the texts in the reader's language
/// @param format money and dates in that language
/// @param assets addresses of styles and scripts
/// @param title title of the document
/// @param inline shown inside a frame, without bars around
/// @param parent registered origin of the framing page, or empty
/// @param event what the frame tells its parent beside its height: `opened`, `completed` or
///     nothing
/// @param languages links to the same page in each language
public record Layout(
        Messages text,
        Format format,
        Assets assets,
        String title,
        boolean inline,
        String parent,
        String event,
        List<LanguageLink> languages) {

    public Layout {
        requireNonNull(text, "text is null");
        requireNonNull(title, "title is null");
        languages = List.copyOf(languages);
    }

    /// The same page in another language.
    public record LanguageLink(String tag, String name, String url, boolean current) {}

    static Layout of(
            Visit visit, Languages offered, Assets assets, List<String> sites, String path) {
        var text = Messages.of("widget", visit.locale());
        var links = offered.offered().stream()
                .map(locale -> link(visit, path, locale))
                .toList();
        return new Layout(
                text,
                // Only days appear on these pages, and those come as days.
                new Format(visit.locale(), ZoneOffset.UTC),
                assets,
                "",
                visit.inline(),
                FrameGuard.registered(sites, visit.claimed()),
                "",
                links);
    }

    Layout titled(String newTitle) {
        return new Layout(text, format, assets, newTitle, inline, parent, event, languages);
    }

    Layout telling(String newEvent) {
        return new Layout(text, format, assets, title, inline, parent, newEvent, languages);
    }

    private static LanguageLink link(Visit visit, String path, Locale locale) {
        String tag = locale.toLanguageTag();
        String name = locale.getDisplayLanguage(locale);
        return new LanguageLink(tag, name, visit.link(path, tag), locale.equals(visit.locale()));
    }
}
