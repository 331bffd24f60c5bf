package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import org.almonry.certs.CertificateTool;
import org.almonry.certs.OddCertificates;
import org.almonry.error.v1.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Who gets through the door: group A of the security tests, over real TLS.
class MutualTlsTest {
    @TempDir
    Path directory;

    private WireWorld world;

    @BeforeEach
    void start() {
        world = new WireWorld(directory);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void everyKnownIdentityConnects() {
        for (var identity : Identity.KNOWN) {
            assertEquals(ServingStatus.SERVING, health(world.client(identity)));
        }
    }

    @Test
    void plaintextIsRefused() {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", world.server.port())
                .usePlaintext()
                .build();
        assertRefused(channel);
        channel.shutdownNow();
    }

    @Test
    void aClientWithoutCertificateIsRefused() throws Exception {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", world.server.port())
                .overrideAuthority(WireWorld.SERVER_NAME)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(world.authority.resolve("root.crt").toFile())
                        .build())
                .build();
        assertRefused(channel);
        channel.shutdownNow();
    }

    @Test
    void aForeignAuthorityIsRefusedEvenWithTheRightNames() throws Exception {
        var foreign = CertificateTool.init(
                directory.resolve("foreign"), WireWorld.DOMAIN, Clock.systemUTC());
        assertRefused(world.foreign(
                foreign.issue(Identity.ADMIN, List.of(), directory.resolve("foreign-out"))));
    }

    @Test
    void anotherTrustDomainIsRefused() throws Exception {
        // The name constraint of the intermediate already forbids what the identity check
        // would refuse too.
        var odd = OddCertificates.withUris(
                world.authority, world.out, "other", List.of("spiffe://almonry.other/admin/admin"));
        assertRefused(world.foreign(odd));
    }

    @Test
    void expiredCertificatesAreRefused() throws Exception {
        var past = Clock.fixed(
                Instant.now().minus(Duration.ofDays(30)), Clock.systemUTC().getZone());
        var expired = CertificateTool.open(world.authority, past)
                .issue(Identity.ADMIN, List.of(), directory.resolve("past"));
        assertRefused(world.foreign(expired));
    }

    @Test
    void twoUrisNoUriAndStrangeUrisAreRefused() throws Exception {
        var good = "spiffe://almonry.test/admin/admin";
        for (var uris : List.of(
                List.of(good, "spiffe://almonry.test/edge/public"),
                List.of(good, good),
                List.<String>of(),
                List.of("https://almonry.test/admin/admin"),
                List.of("spiffe://almonry.test/admin/admin/"),
                List.of("spiffe://almonry.test/admin/admin?x"),
                List.of("spiffe://almonry.test:443/admin/admin"),
                List.of("spiffe://user@almonry.test/admin/admin"),
                List.of("spiffe://almonry.test/admin%2Fadmin"),
                List.of("spiffe://almonry.test/edge/unheard-of"),
                List.of("spiffe://almonry.test.evil.example/admin/admin"))) {
            assertRefused(world.foreign(
                    OddCertificates.withUris(world.authority, world.out, "odd", uris)));
        }
        assertEquals(
                ServingStatus.SERVING,
                health(world.foreign(OddCertificates.withUris(
                        world.authority, world.out, "good", List.of(good)))));
    }

    @Test
    void anRsaKeyIsRefusedEvenFromOurAuthority() throws Exception {
        assertRefused(world.foreign(OddCertificates.withRsaKey(
                world.authority, world.out, "spiffe://almonry.test/admin/admin")));
    }

    @Test
    void tls12IsRefusedAndTls13IsNot() throws Exception {
        assertEquals("TLSv1.3", handshake("TLSv1.3"));
        assertThrows(SSLException.class, () -> handshake("TLSv1.2"));
    }

    @Test
    void theClientBelievesOnlyTheCore() throws Exception {
        // A stolen edge key, with the core's host name in its certificate, must not be able
        // to play the core.
        var tls = world.tool.issue(
                Identity.EDGE_PUBLIC, List.of(WireWorld.SERVER_NAME), directory.resolve("thief"));
        try (var thief = new WireServer(
                new java.net.InetSocketAddress("127.0.0.1", 0),
                tls,
                (_, _) -> java.util.Optional.empty(),
                (_, _, _, _) -> {},
                List.of(),
                Clock.systemUTC())) {
            thief.start();
            try (var client = new WireClient(
                    "127.0.0.1",
                    thief.port(),
                    WireWorld.SERVER_NAME,
                    world.files(Identity.ADMIN),
                    Duration.ofSeconds(5))) {
                assertRefused(client.channel());
            }
        }
    }

    /// A client that found the core away calls again at once when it is there, however often
    /// it failed before.
    @Test
    void theFirstCallAfterTheCoreIsBackGoesThrough() {
        var files = world.files(Identity.ADMIN);
        int port = world.server.port();
        world.server.close();
        try (var client = new WireClient(
                "127.0.0.1", port, WireWorld.SERVER_NAME, files, Duration.ofSeconds(5))) {
            for (int i = 0; i < 3; i++) {
                assertRefused(client.channel());
            }
            try (var back = new WireServer(
                    new java.net.InetSocketAddress("127.0.0.1", port),
                    world.files(Identity.CORE),
                    (_, _) -> java.util.Optional.empty(),
                    (_, _, _, _) -> {},
                    List.of(),
                    Clock.systemUTC())) {
                back.start();
                assertEquals(ServingStatus.SERVING, health(client.channel()));
            }
        }
    }

    @Test
    void theClientChecksTheHostName() {
        assertRefused(world.client(world.files(Identity.ADMIN), "elsewhere.almonry.test"));
    }

    @Test
    void aRenewedCertificateIsUsedWithoutRestart() throws Exception {
        var before = serial();
        var later = Clock.fixed(
                Instant.now().plus(Duration.ofDays(4)), Clock.systemUTC().getZone());
        var channel = world.client(Identity.ADMIN);
        assertEquals(ServingStatus.SERVING, health(channel));
        var renewed = CertificateTool.open(world.authority, later).renew(world.out);
        assertTrue(renewed.contains(Identity.CORE), renewed.toString());
        // The new leaf starts in the future of this machine, so a handshake with it must
        // fail: proof that it is used.
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (serial().equals(before) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertTrue(!serial().equals(before), "the old certificate is still shown");
        assertEquals(
                ServingStatus.SERVING,
                health(channel),
                "an open connection lives through the renewal");
    }

    @Test
    void aHalfWrittenRenewalLeavesTheOldCertificateInUse() throws Exception {
        var before = serial();
        Files.writeString(world.out.resolve("core-core.crt"), "-----BEGIN CERTIFICATE-----\nMIIB");
        Thread.sleep(WireWorld.RELOAD.toMillis() * 6);
        assertEquals(before, serial());
        assertEquals(ServingStatus.SERVING, health(world.client(Identity.ADMIN)));
    }

    @Test
    void aKeyThatAnybodyMayReadIsNotUsed() throws Exception {
        var files = world.files(Identity.ADMIN);
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(ConfigRefused.class, () -> world.client(files));
    }

    @Test
    void aKeyOfAnotherCertificateIsNotUsed() {
        var admin = world.files(Identity.ADMIN);
        var widgets = world.files(Identity.EDGE_WIDGETS);
        var mixed = new TlsFiles(admin.certificate(), widgets.key(), admin.trust());
        assertThrows(ConfigRefused.class, () -> world.client(mixed));
    }

    private static ServingStatus health(Channel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static void assertRefused(Channel channel) {
        var thrown = assertThrows(StatusRuntimeException.class, () -> health(channel));
        assertEquals(Reason.UNAVAILABLE, Failure.from(thrown).reason(), thrown.toString());
    }

    /// The serial number of the certificate that the server shows, and the protocol that it
    /// agrees to.
    private String serial() throws Exception {
        try (var socket = socket("TLSv1.3")) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString();
        }
    }

    private String handshake(String protocol) throws Exception {
        try (var socket = socket(protocol)) {
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private SSLSocket socket(String protocol) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        var socket = (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", world.server.port());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /// Only looks at what the server shows; nothing is believed.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
