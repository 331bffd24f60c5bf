package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// TLS 1.3 with certificates on both sides, from files that may change while the process
/// runs.
///
/// A peer must chain to the trust file, be within its dates, hold a P-256 key and carry
/// exactly one identity of our own trust domain that the other end expects; all of that is
/// checked in the handshake, before one byte of HTTP is read. Session tickets stay off, so
/// every connection shows its certificate.
final class MutualTls implements AutoCloseable {
    /// A renewed certificate is used this soon. Leaves live for days, and a look at three
    /// files costs nothing.
    static final Duration RELOAD_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(MutualTls.class.getName());
    private static final String PROTOCOL = "TLSv1.3";

    private final TlsFiles files;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trust;
    private final Identity identity;
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "tls-reload");
                thread.setDaemon(true);
                return thread;
            });
    private List<FileTime> seen;

    private MutualTls(
            TlsFiles files,
            Verification verification,
            Predicate<String> peers,
            Duration reloadEvery) {
        this.files = requireNonNull(files, "files is null");
        try {
            seen = times();
            var credentials = Credentials.read(files);
            identity = credentials.identity();
            trust = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(verification)
                    .setSslSocketAndEnginePeerVerifier(
                            new PeerVerifier(identity.trustDomain(), peers))
                    .build();
            use(credentials);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigRefused("TLS cannot be set up: " + e.getMessage(), e);
        }
        watcher.scheduleWithFixedDelay(
                this::reload,
                reloadEvery.toMillis(),
                reloadEvery.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// For a server that any known process may connect to; what it may call is decided per
    /// method.
    static MutualTls server(TlsFiles files, Duration reloadEvery) {
        return new MutualTls(
                files,
                Verification.CERTIFICATE_ONLY_VERIFICATION,
                Identity.KNOWN::contains,
                reloadEvery);
    }

    /// For a client that speaks to one process only.
    static MutualTls client(TlsFiles files, String server, Duration reloadEvery) {
        return new MutualTls(
                files,
                Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION,
                server::equals,
                reloadEvery);
    }

    /// Who this process is.
    Identity identity() {
        return identity;
    }

    SslContext serverContext() {
        return context(SslContextBuilder.forServer(keys).clientAuth(ClientAuth.REQUIRE));
    }

    SslContext clientContext() {
        return context(SslContextBuilder.forClient().keyManager(keys));
    }

    private SslContext context(SslContextBuilder builder) {
        try {
            return GrpcSslContexts.configure(builder, provider())
                    .trustManager(trust)
                    .protocols(PROTOCOL)
                    .build();
        } catch (SSLException e) {
            throw new ConfigRefused("TLS cannot be set up", e);
        }
    }

    /// The JDK's TLS does the same at a third of the speed, for machines that the native
    /// library was not built for.
    private static SslProvider provider() {
        if (OpenSsl.isAvailable()) {
            return SslProvider.OPENSSL;
        }
        LOG.log(Level.INFO, "native TLS is not available, the TLS of the JDK is used");
        return SslProvider.JDK;
    }

    /// Looks at the files and takes what is new. A half-written set is left alone and tried
    /// again next time; what is in use stays in use.
    private void reload() {
        try {
            var now = times();
            if (now.equals(seen)) {
                return;
            }
            var credentials = Credentials.read(files);
            if (!credentials.identity().equals(identity)) {
                throw new GeneralSecurityException(
                        "the certificate is now of " + credentials.identity());
            }
            use(credentials);
            seen = now;
            LOG.log(
                    Level.INFO,
                    "certificate of {0} renewed, valid until {1}",
                    identity,
                    credentials.chain().getFirst().getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.log(Level.WARNING, "changed TLS files are not usable yet: " + e.getMessage());
        }
    }

    private void use(Credentials credentials) throws IOException, GeneralSecurityException {
        keys.updateIdentityCredentials(credentials.chainArray(), credentials.key());
        trust.updateTrustCredentials(credentials.trustArray());
    }

    private List<FileTime> times() throws IOException {
        var times = new ArrayList<FileTime>();
        for (Path file : List.of(files.certificate(), files.key(), files.trust())) {
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }

    /// What we ask of a peer beyond a valid chain.
    private record PeerVerifier(String trustDomain, Predicate<String> peers)
            implements SslSocketAndEnginePeerVerifier {
        @Override
        public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            verify(chain);
        }

        @Override
        public void verifyPeerCertificate(
                X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            verify(chain);
        }

        private void verify(X509Certificate[] chain) throws CertificateException {
            var peer = Identity.of(chain[0]);
            if (!peer.trustDomain().equals(trustDomain) || !peers.test(peer.path())) {
                throw new CertificateException("not an expected peer: " + peer.uri());
            }
        }
    }
}
