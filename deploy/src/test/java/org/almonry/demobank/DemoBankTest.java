package org.almonry.demobank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.certs.CertificateTool;
import org.almonry.money.Money;
import org.almonry.providers.Cursor;
import org.almonry.providers.FetchPage;
import org.almonry.providers.ProviderFailure;
import org.almonry.providers.ProviderHttp;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementSink;
import org.almonry.providers.bank.StatementReader;
import org.almonry.providers.sandbox.SandboxProvider;
import org.almonry.wire.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The demo bank and the provider that fetches from it, over real TLS. C-010, C-015, C-017.
class DemoBankTest {
    private static final String IBAN = "DE27999000030000471100";
    private static final String TOKEN = "test-token";

    @TempDir
    Path folder;

    private DemoBank bank;
    private Path spool;
    private final List<SandboxProvider> providers = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        CertificateTool.init(folder.resolve("authority"), "bank.demo", Clock.systemUTC())
                .issue("bank/api", List.of("localhost"), folder.resolve("tls"));
        spool = Files.createDirectories(folder.resolve("spool"));
        bank = DemoBank.start(settings());
    }

    @AfterEach
    void close() {
        providers.forEach(SandboxProvider::close);
        bank.close();
    }

    @Test
    void whatAPersonPaysIsOnTheNextPage() throws Exception {
        pay("25.00", "Mia Test", "CCT-471100-5");
        var page = provider().fetch(Cursor.START, spool);
        var lines = lines(page);
        assertEquals(1, lines.size());
        assertEquals(Money.of(2500, "EUR"), lines.getFirst().amount());
        assertEquals("Mia Test", lines.getFirst().counterpartyName());
        assertEquals("CCT-471100-5", lines.getFirst().remittance());
        assertFalse(page.more());
        assertEquals(0, provider().fetch(page.next(), spool).files().size());
    }

    @Test
    void thePageIsAFormThatIsFilledInByItsAddress() throws Exception {
        var html = page("/?iban=" + IBAN + "&amount=12.50&name=A%26B&reference=%3Cscript%3E");
        assertTrue(html.contains("value=\"12.50\""), html);
        assertTrue(html.contains("A&amp;B"), html);
        assertFalse(html.contains("<script>"), html);
    }

    @Test
    void restartedItStillKnowsItsEntries() throws Exception {
        pay("25.00", "Mia Test", "one");
        bank.close();
        bank = DemoBank.start(settings());
        pay("1.00", "Mia Test", "two");
        assertEquals(2, lines(provider().fetch(Cursor.START, spool)).size());
    }

    @Test
    void aBankThatFailsOnceIsAskedAgain() throws Exception {
        pay("1.00", "Mia", "FAIL-ONCE");
        var failure =
                assertThrows(ProviderFailure.class, () -> provider().fetch(Cursor.START, spool));
        assertTrue(failure.retryable());
        assertTrue(failure.safeText().contains("503"), failure.safeText());
        assertEquals(1, lines(provider().fetch(Cursor.START, spool)).size());
    }

    @Test
    void aBankThatIsTooSlowIsAskedAgain() throws Exception {
        pay("1.00", "Mia", "TIMEOUT-ONCE");
        var failure =
                assertThrows(ProviderFailure.class, () -> provider().fetch(Cursor.START, spool));
        assertTrue(failure.retryable());
        assertTrue(failure.safeText().contains("did not answer"), failure.safeText());
        assertEquals(1, lines(provider().fetch(Cursor.START, spool)).size());
    }

    @Test
    void halfAPageIsNoPage() throws Exception {
        pay("1.00", "Mia", "PARTIAL");
        var failure =
                assertThrows(ProviderFailure.class, () -> provider().fetch(Cursor.START, spool));
        assertTrue(failure.retryable());
        assertEquals(0, count(spool), "half a file was left");
        assertEquals(1, lines(provider().fetch(Cursor.START, spool)).size());
    }

    @Test
    void repeatedAndOverlappingPagesAreHandedOverAsTheyCome() throws Exception {
        pay("1.00", "Mia", "first");
        var first = provider().fetch(Cursor.START, spool);
        pay("2.00", "Mia", "REPEAT");
        pay("3.00", "Mia", "OVERLAP");
        var page = provider().fetch(first.next(), spool);
        assertEquals(2, page.files().size());
        assertEquals(6, lines(page).size());
    }

    @Test
    void twoIdenticalPaymentsHaveNoReferenceToTellThemApart() throws Exception {
        pay("5.00", "Mia", "TWICE");
        var lines = lines(provider().fetch(Cursor.START, spool));
        assertEquals(2, lines.size());
        assertEquals("", lines.getFirst().entryReference());
        assertEquals(lines.getFirst().raw(), lines.getLast().raw());
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotBelieved() throws Exception {
        CertificateTool.init(folder.resolve("other"), "bank.demo", Clock.systemUTC())
                .issue("bank/api", List.of("localhost"), folder.resolve("other-tls"));
        var provider = provider("localhost", folder.resolve("other-tls/trust.crt"), TOKEN);
        var failure =
                assertThrows(ProviderFailure.class, () -> provider.fetch(Cursor.START, spool));
        assertTrue(failure.safeText().contains("certificate"), failure.safeText());
    }

    @Test
    void aCertificateForAnotherNameIsNotBelieved() {
        var provider = provider("127.0.0.1", folder.resolve("tls/trust.crt"), TOKEN);
        var failure =
                assertThrows(ProviderFailure.class, () -> provider.fetch(Cursor.START, spool));
        assertTrue(failure.safeText().contains("certificate"), failure.safeText());
    }

    @Test
    void aWrongTokenIsNotRetried() {
        var provider = provider("localhost", folder.resolve("tls/trust.crt"), "wrong");
        var failure =
                assertThrows(ProviderFailure.class, () -> provider.fetch(Cursor.START, spool));
        assertFalse(failure.retryable());
        assertTrue(failure.safeText().contains("token"), failure.safeText());
    }

    @Test
    void aBankThatIsDownIsSaidToBeDown() {
        var provider = provider();
        bank.close();
        var failure =
                assertThrows(ProviderFailure.class, () -> provider.fetch(Cursor.START, spool));
        assertTrue(failure.retryable());
        assertTrue(failure.safeText().contains("cannot be reached"), failure.safeText());
    }

    private DemoBank.Settings settings() {
        return new DemoBank.Settings(
                "127.0.0.1",
                0,
                0,
                TOKEN,
                folder.resolve("tls/bank-api.crt"),
                folder.resolve("tls/bank-api.key"),
                folder.resolve("bank"),
                "TESTDEFF",
                "Demo Commons",
                Map.of(IBAN, "EUR"));
    }

    private SandboxProvider provider() {
        return provider("localhost", folder.resolve("tls/trust.crt"), TOKEN);
    }

    private SandboxProvider provider(String host, Path trust, String token) {
        var http = new ProviderHttp(
                URI.create("https://" + host + ":" + bank.apiPort()),
                trust,
                Secret.of(token),
                Duration.ofSeconds(3));
        var provider = new SandboxProvider("demo-bank", List.of(IBAN), http);
        providers.add(provider);
        return provider;
    }

    private void pay(String amount, String name, String reference) throws Exception {
        var body = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "iban", IBAN, "amount", amount, "name", name, "reference", reference));
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(at("/api/pay"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(201, response.statusCode(), response::body);
        }
    }

    private String page(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(at(path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + bank.pagePort() + path);
    }

    private static List<StatementLine> lines(FetchPage page) throws Exception {
        var lines = new ArrayList<StatementLine>();
        var sink = new StatementSink() {
            @Override
            public void begin(StatementHeader header) {}

            @Override
            public void line(StatementLine line) {
                lines.add(line);
            }

            @Override
            public void end(StatementFooter footer) {}
        };
        for (var file : page.files()) {
            new StatementReader().read(file, null, sink);
        }
        return lines;
    }

    private static long count(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }
}
