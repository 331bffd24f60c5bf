package org.almonry.webkit;

import io.helidon.http.Header;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/// Counts the headers of a request, whatever the protocol: the server's own limit for
/// HTTP/2 lets twice as much through as it says.
record RequestLimits(int headersMax) implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long bytes = 0;
        for (Header header : request.headers()) {
            for (String value : header.allValues()) {
                bytes += header.name().length() + value.length() + 4L;
            }
        }
        if (bytes > headersMax) {
            throw Problem.of(431, "headers-too-large");
        }
        chain.proceed();
    }
}
