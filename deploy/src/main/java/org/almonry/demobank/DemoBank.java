package org.almonry.demobank;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A running demo bank: its API on HTTPS, its page on plain HTTP.
public final class DemoBank implements AutoCloseable {

    private final HttpsServer api;
    private final HttpServer page;

    private DemoBank(HttpsServer api, HttpServer page) {
        this.api = api;
        this.page = page;
    }

    /// Where the bank listens, who may fetch, and which accounts it keeps (IBAN to
    /// currency).
    public record Settings(
            String host,
            int apiPort,
            int pagePort,
            String token,
            Path certificate,
            Path key,
            Path folder,
            String bic,
            String holder,
            Map<String, String> accounts) {

        public Settings {
            requireNonNull(host, "host is null");
            requireNonNull(token, "token is null");
            requireNonNull(certificate, "certificate is null");
            requireNonNull(key, "key is null");
            requireNonNull(folder, "folder is null");
            requireNonNull(bic, "bic is null");
            requireNonNull(holder, "holder is null");
            accounts = Map.copyOf(accounts);
        }
    }

    /// Opens both listeners; a port of 0 is chosen freely.
    public static DemoBank start(Settings settings) throws IOException {
        var clock = Clock.systemUTC();
        var book = new BankBook(settings.folder().resolve("entries.jsonl"), settings.accounts());
        var api = HttpsServer.create(new InetSocketAddress(settings.host(), settings.apiPort()), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(context(settings)));
        api.createContext("/", new BankApi(book, settings, clock)::handle);
        api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var page =
                HttpServer.create(new InetSocketAddress(settings.host(), settings.pagePort()), 0);
        page.createContext("/", new BankPages(book, settings, clock)::handle);
        page.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        api.start();
        page.start();
        return new DemoBank(api, page);
    }

    /// Port of the API.
    public int apiPort() {
        return api.getAddress().getPort();
    }

    /// Port of the page.
    public int pagePort() {
        return page.getAddress().getPort();
    }

    private static SSLContext context(Settings settings) throws IOException {
        try (InputStream chain = Files.newInputStream(settings.certificate())) {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(chain)
                    .toArray(Certificate[]::new);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("bank", key(settings.key()), new char[0], certificates);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the demo bank's certificate cannot be used", e);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var pem = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    @Override
    public void close() {
        api.stop(0);
        page.stop(0);
    }
}
