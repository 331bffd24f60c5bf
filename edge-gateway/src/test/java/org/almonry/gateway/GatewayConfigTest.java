package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// What a gateway accepts as its configuration.
class GatewayConfigTest {

    private static Config with(String... pairs) {
        var values = new HashMap<>(Map.of(
                "role", "admin",
                "listen.host", "127.0.0.2",
                "listen.port", "0",
                "core.host", "127.0.0.1",
                "core.port", "8443",
                "tls.certificate", "a.crt",
                "tls.key", "a.key",
                "tls.trust", "trust.crt"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return Config.of(values);
    }

    @Test
    void theRolesThatExistStart() {
        assertEquals(Role.ADMIN, GatewayConfig.from(with()).role());
        assertEquals(Role.PUBLIC, GatewayConfig.from(with("role", "public")).role());
        assertEquals(
                64 * 1024, GatewayConfig.from(with("role", "public")).listen().bodyMax());
    }

    @Test
    void rolesToComeAreRefusedInWords() {
        for (String role : new String[] {"hook", "sign"}) {
            var refused =
                    assertThrows(ConfigRefused.class, () -> GatewayConfig.from(with("role", role)));
            assertTrue(refused.getMessage().contains("does not have yet"), refused.getMessage());
        }
        assertThrows(ConfigRefused.class, () -> GatewayConfig.from(with("role", "everything")));
    }

    @Test
    void unknownKeysAndZonesAreRefused() {
        assertThrows(ConfigRefused.class, () -> GatewayConfig.from(with("listen.prot", "1")));
        assertThrows(ConfigRefused.class, () -> GatewayConfig.from(with("time-zone", "Mars/Base")));
    }

    /// Outside loopback a listener without TLS does not start; nothing else is opened
    /// before that is known.
    @Test
    void aPlainListenerOutsideLoopbackIsRefused() {
        var config = GatewayConfig.from(with("listen.host", "0.0.0.0"));
        assertThrows(
                RuntimeException.class,
                () -> Gateway.start(config, Clock.systemUTC()).close());
    }
}
