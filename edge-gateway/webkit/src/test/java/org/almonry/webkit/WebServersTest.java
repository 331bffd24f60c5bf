package org.almonry.webkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.WebServer;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

class WebServersTest {
    private static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
            + " trusted-types almonry";

    private static WebServer server;
    private static HttpClient client;
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private static final Handler COLLECTOR = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            LINES.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeAll
    static void start() {
        Logger.getLogger(AccessLog.LOGGER).addHandler(COLLECTOR);
        Logger.getLogger(ProblemPages.class.getName()).setLevel(Level.OFF);
        var assets = new Assets();
        var number = new AtomicInteger();
        var problems = new ProblemPages(
                Languages.of(List.of("en", "de")), assets, p -> p + "_" + number.incrementAndGet());
        server = WebServers.start(ListenConfig.plain("127.0.0.1", 0), problems, routes -> {
            assets.route(routes);
            routes.get("/hello/{name}", (request, response) -> response.send("hello"));
            routes.get("/bug", (request, response) -> {
                throw new IllegalStateException("secret detail");
            });
            routes.get("/down", (request, response) -> {
                throw new Failure(Reason.UNAVAILABLE, "core text");
            });
            routes.post(
                    "/form",
                    (request, response) -> response.send(Forms.read(request).text("name")));
        });
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stop();
        Logger.getLogger(AccessLog.LOGGER).removeHandler(COLLECTOR);
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertHardened(HttpResponse<?> response) {
        var headers = response.headers();
        assertEquals(STRICT, headers.firstValue("content-security-policy").orElse(""));
        assertEquals("nosniff", headers.firstValue("x-content-type-options").orElse(""));
        assertEquals(
                "same-origin", headers.firstValue("cross-origin-opener-policy").orElse(""));
        assertTrue(headers.firstValue("permissions-policy").isPresent());
        assertTrue(headers.firstValue("referrer-policy").isPresent());
        assertTrue(headers.firstValue("set-cookie").isEmpty());
    }

    @Test
    void everyAnswerCarriesTheStrictHeaders() throws Exception {
        assertHardened(get("/hello/anna"));
        assertHardened(get("/nowhere"));
        assertHardened(get("/bug"));
        assertHardened(get("/down"));
        assertHardened(get("/hello/anna", "X-Large", "x".repeat(9000)));
    }

    @Test
    void whatNoRouteTakesIsAPageWithStatus404() throws Exception {
        var response = get("/nowhere", "Accept-Language", "de-AT,de;q=0.9");
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains("<html lang=\"de\" dir=\"ltr\">"), response.body());
        assertTrue(response.body().contains("Unter dieser Adresse"));
    }

    @Test
    void aFaultOfOursShowsAnIncidentAndNoDetail() throws Exception {
        var response = get("/bug");
        assertEquals(500, response.statusCode());
        assertTrue(response.body().contains("flt_"), response.body());
        assertFalse(response.body().contains("secret detail"));
    }

    @Test
    void aFailureOfTheCoreBecomesItsStatus() throws Exception {
        var response = get("/down");
        assertEquals(503, response.statusCode());
        assertTrue(response.headers().firstValue("retry-after").isPresent());
        assertTrue(response.body().contains("Nothing was recorded"), response.body());
    }

    @Test
    void everyReasonHasAStatusAndASentence() {
        for (Reason reason : Reason.values()) {
            if (reason == Reason.UNRECOGNIZED || reason == Reason.REASON_UNSPECIFIED) {
                continue;
            }
            var problem = Problem.of(new Failure(reason, "text"));
            assertTrue(problem.status() >= 400 && problem.status() < 600, reason.name());
            for (String tag : List.of("en", "de")) {
                var text = Messages.of("webkit", java.util.Locale.forLanguageTag(tag));
                assertFalse(text.text("problem." + problem.key()).isBlank());
            }
        }
    }

    @Test
    void tooLargeHeadersAreRefusedOverBothProtocols() throws Exception {
        for (var version : HttpClient.Version.values()) {
            if (version.name().equals("HTTP_3")) {
                continue;
            }
            var request = HttpRequest.newBuilder(at("/hello/anna"))
                    .version(version)
                    .header("X-Large", "x".repeat(9000))
                    .build();
            int status = client.send(request, BodyHandlers.ofString()).statusCode();
            assertTrue(status == 400 || status == 431, version + " gave " + status);
        }
    }

    @Test
    void tooLargeBodiesAreRefused() throws Exception {
        for (boolean chunked : new boolean[] {false, true}) {
            byte[] body = ("name=" + "x".repeat(70_000)).getBytes(StandardCharsets.US_ASCII);
            var publisher = chunked
                    ? BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))
                    : BodyPublishers.ofByteArray(body);
            var request = HttpRequest.newBuilder(at("/form"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(publisher)
                    .build();
            try {
                assertEquals(413, client.send(request, BodyHandlers.ofString()).statusCode());
            } catch (IOException closedWhileSending) {
                // The server may close before it has read all; that is a refusal too.
                assertTrue(closedWhileSending.getMessage() != null);
            }
        }
    }

    @Test
    void formsAreReadAsUtf8WithinLimits() throws Exception {
        var ok = post("name=+%C5%81ukasz%0D%0A+");
        assertEquals("Łukasz", ok.body());
        assertEquals(400, post("name=%00").statusCode());
        assertEquals(400, post("name=%FF").statusCode());
        assertEquals(400, post("name=%4").statusCode());
        assertEquals(413, post("a=1&".repeat(300)).statusCode());
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at("/form"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void assetsAreServedUnderTheirHashForEver() throws Exception {
        var url = new Assets().url("css/almonry.css");
        var response = get(url);
        assertEquals(200, response.statusCode());
        assertEquals(
                "public, max-age=31536000, immutable",
                response.headers().firstValue("cache-control").orElse(""));
        assertTrue(response.body().contains("--accent"));
        assertEquals(404, get("/assets/0000000000000000/css/almonry.css").statusCode());
        assertEquals(
                404,
                get("/assets/0000000000000000/../../i18n/webkit_en.properties").statusCode());
    }

    /// C-041: no address, no query, no name out of the path.
    @Test
    void theAccessLogHoldsNothingAboutTheReader() throws Exception {
        LINES.clear();
        get("/hello/anna-secret?token=abc", "User-Agent", "special-agent");
        get("/nowhere/anna-secret");
        var seen = seen(2);
        assertTrue(
                seen.stream().anyMatch(line -> line.matches("GET /hello/\\{name} 200 \\d+ ms")),
                seen.toString());
        String all = String.join("\n", seen);
        assertFalse(all.contains("127.0.0.1") || all.contains("localhost"), all);
        assertFalse(all.contains("secret") || all.contains("agent") || all.contains("abc"), all);
        assertTrue(all.contains("GET - 404 "), all);
    }

    /// The line is written after the answer has gone out.
    private static List<String> seen(int least) throws InterruptedException {
        for (int i = 0; i < 100 && LINES.size() < least; i++) {
            Thread.sleep(20);
        }
        return new ArrayList<>(LINES);
    }

    @Test
    void garbageInsteadOfARequestGetsAHardenedRefusal() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            assertTrue(answer.contains(STRICT), answer);
        }
    }

    @Test
    void aPlainListenerOutsideLoopbackRefusesToStart() {
        var config = ListenConfig.plain("0.0.0.0", 0);
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> WebServers.refusePlainOutsideLoopback(config));
        assertTrue(refused.getMessage().contains("without TLS"), refused.getMessage());
    }
}
