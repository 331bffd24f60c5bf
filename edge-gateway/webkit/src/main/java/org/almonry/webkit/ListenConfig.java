package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Config;

import java.nio.file.Path;
import java.util.Optional;

/// Where a process listens and how much it takes in at once.
///
/// @param host name or number of the address to bind
/// @param port 0 means any free port (tests)
/// @param tls certificate chain and key; without them only a loopback address is accepted
/// @param bodyMax greatest request body in bytes
/// @param requestsMax requests worked on at once; twice as many wait for at most two
///     seconds
public record ListenConfig(
        String host, int port, Optional<Tls> tls, long bodyMax, int requestsMax) {

    /// An ordinary form is far below 64 KiB; only the statement upload needs a wider
    /// listener.
    public static final long FORM_MAX = 64 * 1024;

    /// Far above what 50 clients keep busy, and few enough that memory stays bounded.
    public static final int REQUESTS_MAX = 256;

    public ListenConfig {
        requireNonNull(host, "host is null");
        requireNonNull(tls, "tls is null");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        if (bodyMax < 1 || requestsMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /// From the keys `listen.host`, `listen.port` and, outside loopback,
    /// `listen.certificate` and `listen.key`. The files under `tls.` are the process's
    /// identity towards the core and never shown to readers.
    public static ListenConfig from(Config config) {
        Optional<Tls> tls = config.has("listen.certificate")
                ? Optional.of(new Tls(config.path("listen.certificate"), config.path("listen.key")))
                : Optional.empty();
        return new ListenConfig(
                config.text("listen.host"),
                config.number("listen.port"),
                tls,
                FORM_MAX,
                config.number("listen.requests-max", REQUESTS_MAX));
    }

    /// A plain listener with the usual limits, for loopback.
    public static ListenConfig plain(String host, int port) {
        return new ListenConfig(host, port, Optional.empty(), FORM_MAX, REQUESTS_MAX);
    }

    /// The same listener with another limit for bodies.
    public ListenConfig withBodyMax(long bytes) {
        return new ListenConfig(host, port, tls, bytes, requestsMax);
    }

    /// PEM files of the listener: the chain with the leaf first, and its PKCS#8 key.
    public record Tls(Path certificate, Path key) {
        public Tls {
            requireNonNull(certificate, "certificate is null");
            requireNonNull(key, "key is null");
        }
    }
}
