package org.almonry.wire;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;

import org.almonry.certs.CertificateTool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server with its own authority, and the clients that call it, all over real TLS on the
/// loopback.
final class WireWorld implements AutoCloseable {
    static final String DOMAIN = "almonry.test";
    static final String SERVER_NAME = "core.almonry.test";
    static final Duration RELOAD = Duration.ofMillis(50);

    record Audited(String actor, String method, String outcome, String detail) {}

    final Path authority;
    final Path out;
    final CertificateTool tool;
    final List<Audited> audited = new CopyOnWriteArrayList<>();
    final WireServer server;
    private final List<AutoCloseable> open = new ArrayList<>();

    WireWorld(Path directory, BindableService... services) {
        authority = directory.resolve("authority");
        out = directory.resolve("out");
        tool = CertificateTool.init(authority, DOMAIN, Clock.systemUTC());
        var tls = tool.issue(Identity.CORE, List.of(SERVER_NAME), out);
        server = new WireServer(
                new InetSocketAddress("127.0.0.1", 0),
                tls,
                WireWorld::session,
                (caller, method, outcome, detail) ->
                        audited.add(new Audited(caller.actor(), method, outcome, detail)),
                List.of(services),
                Clock.systemUTC(),
                RELOAD);
        server.start();
    }

    /// Tokens of this world: `<identity with a dash>.<permission>`, so
    /// "admin-admin_ledger-read" is a session of admin.
    private static Optional<Caller.User> session(String token, String identity) {
        var parts = token.split("_", -1);
        if (parts.length != 2 || !parts[0].replace('-', '/').equals(identity)) {
            return Optional.empty();
        }
        return Optional.of(
                new Caller.User("usr_1", "ses_1", identity, Set.of(parts[1].replace('-', '.'))));
    }

    TlsFiles files(String identity) {
        return tool.issue(
                identity, identity.equals(Identity.CORE) ? List.of(SERVER_NAME) : List.of(), out);
    }

    ManagedChannel client(String identity) {
        return client(files(identity));
    }

    ManagedChannel client(TlsFiles files) {
        return client(files, SERVER_NAME);
    }

    ManagedChannel client(TlsFiles files, String serverName) {
        var client = new WireClient(
                "127.0.0.1", server.port(), serverName, files, Duration.ofSeconds(5), RELOAD);
        open.add(client);
        return client.channel();
    }

    /// A channel without our client's own checks, as an attacker would bring one.
    ManagedChannel foreign(TlsFiles files) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder()
                .keyManager(files.certificate().toFile(), files.key().toFile())
                .trustManager(authority.resolve("root.crt").toFile())
                .build();
        var channel = Grpc.newChannelBuilderForAddress("127.0.0.1", server.port(), credentials)
                .overrideAuthority(SERVER_NAME)
                .build();
        open.add(channel::shutdownNow);
        return channel;
    }

    @Override
    public void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        server.close();
    }
}
