package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Config;
import org.almonry.wire.TlsFiles;
import org.almonry.wire.WireClient;

import java.time.Duration;

/// Where the core is, and with which certificate this process goes there.
///
/// @param host address to dial
/// @param port its port
/// @param name DNS name in the core's certificate
/// @param tls this process's identity
public record CoreAddress(String host, int port, String name, TlsFiles tls) {

    /// A core that does not answer the connection within this is down for the reader who
    /// waits.
    private static final Duration CONNECT = Duration.ofSeconds(2);

    public CoreAddress {
        requireNonNull(host, "host is null");
        requireNonNull(name, "name is null");
        requireNonNull(tls, "tls is null");
    }

    /// From the keys `core.host`, `core.port`, `core.name` (default: the host, or
    /// `localhost` when the host is a number) and `tls.`. The key `trust-domain` is known
    /// to all processes; here the certificate itself says it.
    public static CoreAddress from(Config config) {
        String host = config.text("core.host");
        boolean isNumber = host.matches("[0-9.]+") || host.indexOf(':') >= 0;
        config.text("trust-domain", "");
        return new CoreAddress(
                host,
                config.number("core.port"),
                config.text("core.name", isNumber ? "localhost" : host),
                TlsFiles.from(config));
    }

    /// Opens the channel; it connects when first used.
    public WireClient open() {
        return new WireClient(host, port, name, tls, CONNECT);
    }
}
