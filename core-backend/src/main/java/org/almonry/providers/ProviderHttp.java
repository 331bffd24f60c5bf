package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Secret;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// The only client that speaks to the outside: one host, certificates of one pinned file,
/// no redirects, and a limit on every wait and every size.
///
/// Whatever goes wrong is a [ProviderFailure] that says in words what an admin can look at.
public final class ProviderHttp implements AutoCloseable {
    /// The same limit as for an uploaded statement.
    private static final long FILE_MAX = 256L * 1024 * 1024;

    /// Lists of pages are some kilobytes.
    private static final int TEXT_MAX = 1024 * 1024;

    private static final int CHUNK_SIZE = 64 * 1024;

    private final URI base;
    private final Secret token;
    private final Duration timeout;
    private final HttpClient client;

    /// A client of the host of `base`. `trust` holds the only certificates that are
    /// believed; `timeout` bounds the wait for a connection, for an answer, and for each
    /// further byte.
    public ProviderHttp(URI base, Path trust, Secret token, Duration timeout) {
        this.base = requireNonNull(base, "base is null");
        this.token = requireNonNull(token, "token is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        if (!"https".equals(base.getScheme()) || base.getHost() == null) {
            throw new ConfigRefused("a provider is reached by https:// only: " + base);
        }
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trusting(trust))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /// Gets a small text.
    public byte[] get(String path) throws ProviderFailure {
        var response = send(path);
        var stalled = new AtomicBoolean();
        try (var body = response.body();
                var watch = new Watch(body, stalled)) {
            var bytes = body.readNBytes(TEXT_MAX + 1);
            watch.progress(bytes.length);
            if (stalled.get()) {
                throw slow(null);
            }
            if (bytes.length > TEXT_MAX) {
                throw new ProviderFailure(
                        false, "The provider's answer is larger than any list should be.");
            }
            return bytes;
        } catch (IOException e) {
            throw stalled.get() ? slow(e) : cut(e);
        }
    }

    /// Gets a file. It is complete, or it is deleted and the call fails.
    public void download(String path, Path target) throws ProviderFailure {
        boolean whole = false;
        var response = send(path);
        var stalled = new AtomicBoolean();
        try (var body = response.body();
                var watch = new Watch(body, stalled);
                var out = Files.newOutputStream(target)) {
            var chunk = new byte[CHUNK_SIZE];
            long size = 0;
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                size += read;
                watch.progress(size);
                if (size > FILE_MAX) {
                    throw new ProviderFailure(
                            false, "The provider sends a statement larger than 256 MiB.");
                }
                out.write(chunk, 0, read);
            }
            if (stalled.get()) {
                throw slow(null);
            }
            whole = true;
        } catch (IOException e) {
            throw stalled.get() ? slow(e) : cut(e);
        } finally {
            if (!whole) {
                delete(target);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpResponse<InputStream> send(String path) throws ProviderFailure {
        var target = base.resolve(path);
        if (!base.getScheme().equals(target.getScheme())
                || !base.getHost().equals(target.getHost())
                || base.getPort() != target.getPort()) {
            throw new ProviderFailure(
                    false, "The provider's answer leads to another host, which is not followed.");
        }
        var request = HttpRequest.newBuilder(target)
                .timeout(timeout)
                .header("Authorization", "Bearer " + token.reveal())
                .GET()
                .build();
        try {
            return checked(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (HttpTimeoutException e) {
            throw slow(e);
        } catch (SSLException e) {
            throw new ProviderFailure(
                    true,
                    "The provider's certificate is not the one that we trust. It may have been"
                            + " renewed (then its new one belongs into the trust file), or somebody"
                            + " stands between.",
                    e);
        } catch (ConnectException e) {
            throw new ProviderFailure(
                    true,
                    "The provider cannot be reached at " + base.getHost() + "; it may be down.",
                    e);
        } catch (IOException e) {
            throw cut(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderFailure(true, "The fetch was interrupted.", e);
        }
    }

    private static HttpResponse<InputStream> checked(HttpResponse<InputStream> response)
            throws ProviderFailure {
        int status = response.statusCode();
        if (status == 200) {
            return response;
        }
        try (var unread = response.body()) {
            throw switch (status) {
                case 401, 403 ->
                    new ProviderFailure(
                            false,
                            "The provider refuses our token (" + status
                                    + "); renew it in the token file.");
                case 404, 410 ->
                    new ProviderFailure(
                            false, "The provider does not know this account (" + status + ").");
                case 429 -> new ProviderFailure(true, "The provider asks us to wait (429).");
                default ->
                    new ProviderFailure(
                            status >= 500, "The provider answers with an error (" + status + ").");
            };
        } catch (IOException e) {
            throw cut(e);
        }
    }

    private ProviderFailure slow(@Nullable IOException e) {
        return new ProviderFailure(
                true, "The provider did not answer within " + timeout.toSeconds() + " seconds.", e);
    }

    private static ProviderFailure cut(IOException e) {
        return new ProviderFailure(
                true,
                "The connection broke in the middle of a page; nothing of that page was used.",
                e);
    }

    private static void delete(Path target) throws ProviderFailure {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new ProviderFailure(
                    true, "A half file cannot be removed from the spool folder.", e);
        }
    }

    private static SSLContext trusting(Path trust) {
        try (var in = Files.newInputStream(trust)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trust-" + number++, each);
            }
            if (number == 0) {
                throw new ConfigRefused("trust file holds no certificate: " + trust);
            }
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigRefused("trust file cannot be read: " + trust, e);
        }
    }

    /// Closes a body that has stopped to come: the client's own timeout ends with the
    /// headers.
    private final class Watch implements AutoCloseable {
        private final AtomicLong seen = new AtomicLong();
        private final Thread thread;

        Watch(InputStream body, AtomicBoolean stalled) {
            thread = Thread.ofVirtual()
                    .name("provider-http-watch")
                    .start(() -> watch(body, stalled));
        }

        void progress(long bytes) {
            seen.set(bytes);
        }

        private void watch(InputStream body, AtomicBoolean stalled) {
            long before = -1;
            try {
                while (seen.get() != before) {
                    before = seen.get();
                    Thread.sleep(timeout);
                }
                stalled.set(true);
                body.close();
            } catch (InterruptedException e) {
                // The body has come to its end.
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // Closing was all that could be done; the reader sees the flag.
                stalled.set(true);
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
