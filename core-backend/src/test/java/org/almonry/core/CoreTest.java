package org.almonry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;

import org.almonry.certs.CertificateTool;
import org.almonry.testing.TestCore;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

class CoreTest {
    @TempDir
    Path directory;

    @Test
    void aStartedCoreServesIsReadyAndMeasuresItself() throws Exception {
        try (var core = TestCore.start(directory, Map.of());
                var http = HttpClient.newHttpClient()) {
            var health = HealthGrpc.newBlockingStub(core.channel(Identity.ADMIN))
                    .check(HealthCheckRequest.getDefaultInstance());
            assertEquals(ServingStatus.SERVING, health.getStatus());
            assertEquals("alive\n", get(http, core, "/livez").body());
            assertEquals("ready\n", get(http, core, "/readyz").body());
            var metrics = get(http, core, "/metrics").body();
            assertTrue(metrics.contains("jvm_memory_used_bytes"), metrics);
            assertTrue(metrics.contains("hikaricp_connections"), metrics);
            assertTrue(metrics.contains("almonry_ledger_halted 0.0"), metrics);
            assertTrue(metrics.contains("almonry_ledger_check_age_seconds"), metrics);
            assertEquals(404, get(http, core, "/livez/deeper").statusCode());
            assertEquals(404, get(http, core, "/").statusCode());
        }
    }

    @Test
    void aCoreStartsAgainOnTheDatabasesItLeft() {
        try (var database = TestDatabase.fresh()) {
            for (int i = 0; i < 2; i++) {
                Core.start(config(database, Map.of()), Clock.systemUTC()).close();
            }
        }
    }

    @Test
    void anUnknownKeyOrAForeignCertificateIsRefused() {
        try (var database = TestDatabase.fresh()) {
            var misspelt = config(database, Map.of("listen.prot", "1"));
            assertThrows(ConfigRefused.class, () -> Core.start(misspelt, Clock.systemUTC()));
            var foreign = config(database, Map.of("trust-domain", "almonry.other"));
            assertThrows(ConfigRefused.class, () -> Core.start(foreign, Clock.systemUTC()));
            var files = CertificateTool.open(directory.resolve("authority"), Clock.systemUTC())
                    .issue(
                            Identity.ADMIN,
                            List.of(TestCore.SERVER_NAME),
                            directory.resolve("certificates"));
            var admin = config(
                    database,
                    Map.of(
                            "tls.certificate", files.certificate().toString(),
                            "tls.key", files.key().toString()));
            assertThrows(ConfigRefused.class, () -> Core.start(admin, Clock.systemUTC()));
        }
    }

    private CoreConfig config(TestDatabase database, Map<String, String> more) {
        var certificates = CertificateTool.init(
                directory.resolve("authority"), TestCore.TRUST_DOMAIN, Clock.systemUTC());
        return CoreConfig.from(
                Config.of(TestCore.settings(directory, database, certificates, more)));
    }

    private static HttpResponse<String> get(HttpClient http, TestCore core, String path)
            throws Exception {
        var uri = URI.create("http://127.0.0.1:" + core.core().managementPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
