package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// The three PEM files of one process: its certificate chain, its private key, and the
/// authority that it trusts. They are read again when they change, so a renewed leaf needs
/// no restart.
public record TlsFiles(Path certificate, Path key, Path trust) {
    public TlsFiles {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
        requireNonNull(trust, "trust is null");
    }

    /// From the keys `tls.certificate`, `tls.key` and `tls.trust`.
    public static TlsFiles from(Config config) {
        return new TlsFiles(
                config.path("tls.certificate"), config.path("tls.key"), config.path("tls.trust"));
    }
}
