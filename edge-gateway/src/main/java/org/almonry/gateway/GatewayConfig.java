package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.almonry.webkit.ListenConfig;
import org.almonry.wire.Config;
import org.almonry.wire.TlsFiles;

/// The configuration of a gateway: `role`, `listen.*`, `core.*`, `tls.*`, `time-zone`, `currency`.
///
/// @param core where the core answers
/// @param zone where days begin on pages
/// @param currency proposed where a form asks for an amount without a currency
public record GatewayConfig(
        Role role, ListenConfig listen, CoreAddress core, TlsFiles tls, ZoneId zone, String currency) {

    /// The statement upload of the admin role takes 256 MiB and the form around it.
    static final long UPLOAD_MAX = 257L * 1024 * 1024;

    public GatewayConfig {
        requireNonNull(role, "role is null");
        requireNonNull(listen, "listen is null");
        requireNonNull(core, "core is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(currency, "currency is null");
    }

    /// Where the core answers, and the name that its certificate must bear.
    public record CoreAddress(String host, int port, String serverName, Duration connectTimeout) {
        public CoreAddress {
            requireNonNull(host, "host is null");
            requireNonNull(serverName, "serverName is null");
            requireNonNull(connectTimeout, "connectTimeout is null");
        }
    }

    /// Reads all keys and refuses those that nobody knows.
    public static GatewayConfig from(Config config) {
        Role role = Role.from(config);
        ListenConfig listen = ListenConfig.from(config);
        var core = new CoreAddress(
                config.text("core.host"),
                config.number("core.port"),
                config.text("core.server-name", "core"),
                config.duration("core.connect-timeout", Duration.ofSeconds(2)));
        // Known to every process of an instance, so that one set of keys can be shared; the gateway
        // needs neither of them: links are made in the core, and the identity is in the certificate.
        config.text("public-url", "");
        config.text("trust-domain", "");
        var result = new GatewayConfig(
                role,
                role == Role.ADMIN ? listen.withBodyMax(UPLOAD_MAX) : listen,
                core,
                TlsFiles.from(config),
                zone(config),
                config.text("currency", "EUR"));
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
