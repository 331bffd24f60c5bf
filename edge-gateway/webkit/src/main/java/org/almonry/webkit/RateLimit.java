package org.almonry.webkit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.helidon.webserver.http.ServerRequest;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// So many actions per time and key, such as pledges from one address. The keys live in
/// memory only, are never logged, and the oldest are forgotten when there are too many.
public final class RateLimit {

    /// About 10 MB at most; an attacker with more addresses than this meets the other
    /// limits.
    private static final int KEYS_MAX = 50_000;

    private final Bandwidth bandwidth;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEYS_MAX;
        }
    };

    /// @param burst actions that may come at once
    /// @param per time in which as many again are earned
    public RateLimit(int burst, Duration per) {
        this.bandwidth =
                Bandwidth.builder().capacity(burst).refillGreedy(burst, per).build();
    }

    /// Takes one action of the key, or throws a 429.
    public void take(String key) {
        Bucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(
                    key, unused -> Bucket.builder().addLimit(bandwidth).build());
        }
        if (!bucket.tryConsume(1)) {
            throw Problem.of(429, "limit-reached");
        }
    }

    /// The socket address of the other side, as a key. An IPv6 reader owns a /64, so that
    /// is the key.
    public static String peer(ServerRequest request) {
        if (request.remotePeer().address() instanceof InetSocketAddress socket
                && socket.getAddress() != null) {
            byte[] bytes = socket.getAddress().getAddress();
            int used = bytes.length == 16 ? 8 : bytes.length;
            return java.util.HexFormat.of().formatHex(bytes, 0, used);
        }
        return "unknown";
    }
}
