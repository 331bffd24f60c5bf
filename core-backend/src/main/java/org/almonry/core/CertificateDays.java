package org.almonry.core;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;

/// Whole days until the core's own certificate ends, read anew each time: it is renewed
/// while the core runs.
final class CertificateDays implements IntSupplier {
    private final Path certificate;
    private final Clock clock;

    CertificateDays(Path certificate, Clock clock) {
        this.certificate = requireNonNull(certificate, "certificate is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public int getAsInt() {
        try (var in = Files.newInputStream(certificate)) {
            // The first of the chain is our own.
            var own = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Math.toIntExact(
                    Duration.between(clock.instant(), own.getNotAfter().toInstant())
                            .toDays());
        } catch (IOException e) {
            throw new UncheckedIOException("the core's certificate cannot be read", e);
        } catch (CertificateException e) {
            throw new IllegalStateException("the core's certificate is none", e);
        }
    }
}
