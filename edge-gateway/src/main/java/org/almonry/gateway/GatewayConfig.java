package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

import org.almonry.webkit.CoreAddress;
import org.almonry.webkit.Languages;
import org.almonry.webkit.ListenConfig;
import org.almonry.wire.Config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/// The configuration of a gateway: `role`, `listen.*`, `core.*`, `tls.*`, `time-zone`,
/// `currency`, `languages`.
///
/// @param core where the core answers, and who this gateway is there
/// @param zone where days begin on pages
/// @param currency proposed where a form asks for an amount without a currency
/// @param languages what it speaks, the fallback first
public record GatewayConfig(
        Role role,
        ListenConfig listen,
        CoreAddress core,
        ZoneId zone,
        String currency,
        Languages languages) {

    /// The statement upload of the admin role takes 256 MiB and the form around it.
    public static final long UPLOAD_MAX = 257L * 1024 * 1024;

    public GatewayConfig {
        requireNonNull(role, "role is null");
        requireNonNull(listen, "listen is null");
        requireNonNull(core, "core is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(languages, "languages is null");
    }

    /// Reads all keys and refuses those that nobody knows.
    public static GatewayConfig from(Config config) {
        Role role = Role.from(config);
        ListenConfig listen = ListenConfig.from(config);
        List<String> languages = config.list("languages");
        // Known to all processes of an edge; here it is not needed, the core makes the
        // links.
        config.text("public-url", "");
        var result = new GatewayConfig(
                role,
                role == Role.ADMIN ? listen.withBodyMax(UPLOAD_MAX) : listen,
                CoreAddress.from(config),
                zone(config),
                config.text("currency", "EUR"),
                Languages.of(languages.isEmpty() ? List.of("en", "de") : languages));
        config.refuseUnknown();
        return result;
    }

    private static ZoneId zone(Config config) {
        try {
            return ZoneId.of(config.text("time-zone", "Europe/Berlin"));
        } catch (DateTimeException unknown) {
            throw config.refused("time-zone", "is no time zone such as Europe/Berlin");
        }
    }
}
