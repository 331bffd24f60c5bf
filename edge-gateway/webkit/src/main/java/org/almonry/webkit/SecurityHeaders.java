package org.almonry.webkit;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;

import java.util.List;

/// The headers of every answer. A handler may set its own value of one before it sends;
/// what it leaves open is set here.
final class SecurityHeaders implements Filter {

    static final HeaderName CSP = HeaderNames.create("Content-Security-Policy");
    static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");

    private static final Header HSTS = HeaderValues.createCached(
            "Strict-Transport-Security", "max-age=63072000; includeSubDomains");

    private static final List<Header> BASE = List.of(
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("Referrer-Policy", "strict-origin-when-cross-origin"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
            HeaderValues.createCached(
                    "Permissions-Policy",
                    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
                            + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()"),
            HeaderValues.createCached("Cache-Control", "no-store"));

    private static final Header STRICT_CSP =
            HeaderValues.createCached(CSP, Csp.strict().text());

    static List<Header> base() {
        return BASE;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        apply(response, request.isSecure());
        chain.proceed();
    }

    /// Also used for error pages: the server empties the headers when a handler has thrown.
    static void apply(ServerResponse response, boolean secure) {
        BASE.forEach(response.headers()::set);
        response.headers().set(STRICT_CSP);
        if (secure) {
            response.headers().set(HSTS);
        }
    }
}
