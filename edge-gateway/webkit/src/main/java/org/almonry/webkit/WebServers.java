package org.almonry.webkit;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Starts the listener of a web-facing process with the limits, the order of filters and
/// the headers that no page may forget.
///
/// Traps of the server that are dealt with here and nowhere else: without TCP_NODELAY each
/// small answer waits 40 ms; `maxConcurrentRequests` silently switches `concurrencyLimit`
/// off; over HTTP/2 large headers come through its own limit, so a filter counts them.
public final class WebServers {

    /// Browsers stay below 4 KB; what is larger is an attack or a broken proxy.
    static final int HEADERS_MAX = 8192;

    private static final int CONNECTIONS_MAX = 2048;

    private WebServers() {}

    /// Binds and serves at once. The consumer adds the routes; errors that they throw
    /// become pages of the given problem pages, and what no route takes is a 404 of them.
    public static WebServer start(
            ListenConfig config, ProblemPages problems, Consumer<HttpRouting.Builder> routes) {
        refusePlainOutsideLoopback(config);
        var builder = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .maxPayloadSize(config.bodyMax())
                .maxTcpConnections(CONNECTIONS_MAX)
                .idleConnectionTimeout(Duration.ofMinutes(2))
                .shutdownGracePeriod(Duration.ofMillis(500))
                .concurrencyLimit(FixedLimit.create(limit -> limit.permits(config.requestsMax())
                        .queueLength(2 * config.requestsMax())
                        .queueTimeout(Duration.ofSeconds(2))))
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(HEADERS_MAX)
                        .maxPrologueLength(4096)
                        .build())
                .addProtocol(Http2Config.builder()
                        .maxHeaderListSize(HEADERS_MAX)
                        .maxConcurrentStreams(128)
                        .build())
                .directHandlers(direct(problems))
                .routing(routing -> {
                    routing.error(RuntimeException.class, problems::answer);
                    routing.addFilter(new AccessLog());
                    routing.addFilter(problems);
                    routing.addFilter(new RequestLimits(HEADERS_MAX));
                    routing.addFilter(new SecurityHeaders());
                    routes.accept(routing);
                    routing.any((request, response) -> {
                        throw Problem.notFound();
                    });
                });
        config.tls().ifPresent(files -> builder.tls(Pem.serverTls(files)));
        return builder.build().start();
    }

    /// A plain listener is for loopback alone: everywhere else the pages would be readable
    /// on the way, and a `__Host-` cookie would not come back.
    static void refusePlainOutsideLoopback(ListenConfig config) {
        if (config.tls().isPresent()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(config.host())) {
                if (!address.isLoopbackAddress()) {
                    throw new IllegalArgumentException("refusing to listen on " + config.host()
                            + " without TLS: outside loopback set listen.certificate and"
                            + " listen.key");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resolve listen.host " + config.host(), e);
        }
    }

    /// Requests that fail before any filter ran: no page can be rendered, but the headers
    /// hold.
    private static DirectHandlers direct(ProblemPages problems) {
        DirectHandler handler = (request, type, status, headers, message) -> {
            var text = problems.plain(status.code());
            var answer = DirectHandler.TransportResponse.builder()
                    .status(status)
                    .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .entity(text.getBytes(StandardCharsets.UTF_8));
            SecurityHeaders.base().forEach(answer::header);
            answer.header(SecurityHeaders.CSP, Csp.strict().text());
            if (status.code() == Status.SERVICE_UNAVAILABLE_503.code()) {
                answer.header(HeaderNames.RETRY_AFTER, "2");
            }
            answer.keepAlive(false);
            return answer.build();
        };
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }
}
