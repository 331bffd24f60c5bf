package org.almonry.webkit;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// One line per request: method, the pattern of the route, status and milliseconds.
///
/// By promise it holds nothing about the reader (C-041): no address, no agent, no referrer,
/// no query. The pattern stands in for the path, because a path may carry the secret of a
/// pledge.
final class AccessLog implements Filter {

    static final String LOGGER = "org.almonry.access";

    private static final Logger LOG = System.getLogger(LOGGER);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            if (LOG.isLoggable(Level.INFO)) {
                long millis = (System.nanoTime() - started) / 1_000_000;
                LOG.log(
                        Level.INFO,
                        "{0} {1} {2} {3} ms",
                        request.prologue().method().text(),
                        request.matchingPattern().filter(p -> !p.isEmpty()).orElse("-"),
                        Integer.toString(response.status().code()),
                        Long.toString(millis));
            }
        }
    }
}
