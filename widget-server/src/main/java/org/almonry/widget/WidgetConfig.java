package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.webkit.CoreAddress;
import org.almonry.webkit.Languages;
import org.almonry.webkit.ListenConfig;
import org.almonry.wire.Config;

import java.net.URI;
import java.util.List;

/// What a widget server needs to know.
///
/// @param listen where it serves
/// @param core the core and the identity to show it
/// @param publicUrl its address as givers see it, without a slash at the end
/// @param languages what it speaks, the fallback first
/// @param demoBankUrl page of a demo bank where a transfer can be played, or empty
/// @param pledgesPerAddress pledges that one address may make in ten minutes
public record WidgetConfig(
        ListenConfig listen,
        CoreAddress core,
        String publicUrl,
        Languages languages,
        String demoBankUrl,
        int pledgesPerAddress) {

    /// A family behind one address gives a few times; a script that fills the core gets not
    /// far.
    private static final int PLEDGES_PER_ADDRESS = 60;

    public WidgetConfig {
        requireNonNull(listen, "listen is null");
        requireNonNull(core, "core is null");
        requireNonNull(publicUrl, "publicUrl is null");
        requireNonNull(languages, "languages is null");
        requireNonNull(demoBankUrl, "demoBankUrl is null");
        if (publicUrl.endsWith("/") || !isWeb(publicUrl)) {
            throw new IllegalArgumentException(
                    "public-url must be http(s):// without a slash at the end");
        }
        if (!demoBankUrl.isEmpty() && !isWeb(demoBankUrl)) {
            throw new IllegalArgumentException("demo-bank-url must be http(s)://");
        }
        if (pledgesPerAddress < 1) {
            throw new IllegalArgumentException("pledges-per-address must be positive");
        }
    }

    /// Reads the keys and refuses a file with others.
    public static WidgetConfig from(Config config) {
        List<String> languages = config.list("languages");
        var read = new WidgetConfig(
                ListenConfig.from(config),
                CoreAddress.from(config),
                config.text("public-url"),
                Languages.of(languages.isEmpty() ? List.of("en", "de") : languages),
                config.text("demo-bank-url", ""),
                config.number("pledges-per-address", PLEDGES_PER_ADDRESS));
        config.refuseUnknown();
        return read;
    }

    private static boolean isWeb(String url) {
        String scheme = URI.create(url).getScheme();
        return "http".equals(scheme) || "https".equals(scheme);
    }
}
