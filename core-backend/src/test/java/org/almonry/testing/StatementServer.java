package org.almonry.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.almonry.certs.CertificateTool;
import org.almonry.wire.TlsFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A bank that serves statement files over real HTTPS as the demo bank does, and fails on
/// demand.
public final class StatementServer implements AutoCloseable {
    /// What goes wrong, once each.
    public enum Fault {
        /// The list is answered with 503.
        UNAVAILABLE,
        /// The list never comes.
        SILENCE,
        /// A file ends before its announced end.
        HALF_A_PAGE,
        /// A file is whole as a transfer and cut as a document.
        HALF_A_DOCUMENT
    }

    private final HttpsServer server;
    private final TlsFiles files;
    private final List<String> pages = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile int listings;

    public StatementServer(Path folder) {
        files = CertificateTool.init(
                        folder.resolve("bank-authority"), "bank.test", Clock.systemUTC())
                .issue("core/core", List.of("localhost"), folder.resolve("bank-certificate"));
        try {
            server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(files)));
            server.createContext("/", this::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /// The only certificate that proves this bank.
    public Path trust() {
        return files.trust();
    }

    public synchronized void add(String page) {
        pages.add(page);
    }

    public synchronized void fail(Fault fault) {
        faults.add(fault);
    }

    /// Lists wait until the returned latch is counted down.
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /// How often the list was asked for.
    public int listings() {
        return listings;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/v1/pages/")) {
                file(exchange, Integer.parseInt(path.substring("/v1/pages/".length())));
            } else {
                list(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(HttpExchange exchange) throws IOException, InterruptedException {
        listings++;
        gate.await();
        if (next(Fault.UNAVAILABLE)) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        if (next(Fault.SILENCE)) {
            closed.await();
            return;
        }
        String after = exchange.getRequestURI().getQuery().replaceAll(".*after=([0-9]*).*", "$1");
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int to = Math.min(size(), from + 1);
        String listed =
                to > from ? "{\"id\":\"p%d\",\"href\":\"/v1/pages/%d\"}".formatted(from, from) : "";
        String body =
                "{\"pages\":[%s],\"next\":\"%d\",\"more\":%s}".formatted(listed, to, to < size());
        send(exchange, "application/json", body.getBytes(UTF_8), 0);
    }

    private void file(HttpExchange exchange, int number) throws IOException {
        byte[] whole = page(number).getBytes(UTF_8);
        if (next(Fault.HALF_A_DOCUMENT)) {
            whole = java.util.Arrays.copyOf(whole, whole.length / 2);
        }
        send(exchange, "application/xml", whole, next(Fault.HALF_A_PAGE) ? whole.length / 2 : 0);
    }

    private static void send(HttpExchange exchange, String type, byte[] body, int missing)
            throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length - missing);
        exchange.getResponseBody().flush();
    }

    private synchronized int size() {
        return pages.size();
    }

    private synchronized String page(int number) {
        return pages.get(number);
    }

    private synchronized boolean next(Fault fault) {
        return faults.remove(fault);
    }

    private static SSLContext context(TlsFiles files) {
        try (var chain = Files.newInputStream(files.certificate())) {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(chain)
                    .toArray(Certificate[]::new);
            String pem = Files.readString(files.key())
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("bank", key, new char[0], certificates);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        gate.countDown();
        server.stop(0);
    }
}
