package org.almonry.testing;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;

import org.almonry.certs.CertificateTool;
import org.almonry.core.Core;
import org.almonry.core.CoreConfig;
import org.almonry.wire.Config;
import org.almonry.wire.Identity;
import org.almonry.wire.TlsFiles;
import org.almonry.wire.WireClient;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole core on the loopback: its own databases, its own authority, real TLS. Clients of
/// any identity connect to it as gateways do.
public final class TestCore implements AutoCloseable {
    public static final String TRUST_DOMAIN = "almonry.test";
    public static final String SERVER_NAME = "core.almonry.test";

    public static final String ADMIN = "admin@almonry.test";

    private final Path directory;
    private final TestDatabase database;
    private final CertificateTool certificates;
    private final Core core;
    private final List<WireClient> clients = new ArrayList<>();
    private final List<ManagedChannel> strangers = new ArrayList<>();

    private TestCore(Path directory, TestDatabase database, Map<String, String> more) {
        this.directory = directory;
        this.database = database;
        certificates = CertificateTool.init(authority(), TRUST_DOMAIN, Clock.systemUTC());
        core = Core.start(
                CoreConfig.from(Config.of(settings(directory, database, certificates, more))),
                Clock.systemUTC());
    }

    /// Starts one in this (temporary) directory.
    public static TestCore start(Path directory, Map<String, String> more) {
        return new TestCore(directory, TestDatabase.fresh(), more);
    }

    public Core core() {
        return core;
    }

    public TestDatabase database() {
        return database;
    }

    /// Where the authority of this core lives, for certificates that are not as they should
    /// be.
    public Path authority() {
        return directory.resolve("authority");
    }

    public TlsFiles files(String identity) {
        return certificates.issue(
                identity,
                identity.equals(Identity.CORE) ? List.of(SERVER_NAME) : List.of(),
                directory.resolve("certificates"));
    }

    /// A channel as the process of this identity has it.
    public Channel channel(String identity) {
        var client = new WireClient(
                "127.0.0.1", core.port(), SERVER_NAME, files(identity), Duration.ofSeconds(5));
        clients.add(client);
        return client.channel();
    }

    /// A channel that lacks what the core asks for: a certificate of its own authority. It
    /// believes the core.
    public Channel stranger(@Nullable TlsFiles files) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(authority().resolve("root.crt").toFile());
        if (files != null) {
            credentials.keyManager(files.certificate().toFile(), files.key().toFile());
        }
        return foreign(credentials.build());
    }

    /// A channel without TLS.
    public Channel plaintext() {
        return foreign(InsecureChannelCredentials.create());
    }

    private Channel foreign(ChannelCredentials credentials) {
        var channel = Grpc.newChannelBuilderForAddress("127.0.0.1", core.port(), credentials)
                .overrideAuthority(SERVER_NAME)
                .build();
        strangers.add(channel);
        return channel;
    }

    @Override
    public void close() {
        strangers.forEach(ManagedChannel::shutdownNow);
        clients.forEach(WireClient::close);
        core.close();
        database.close();
    }

    /// The configuration of such a core, before anything was changed.
    public static Map<String, String> settings(
            Path directory,
            TestDatabase database,
            CertificateTool certificates,
            Map<String, String> more) {
        var tls = certificates.issue(
                Identity.CORE, List.of(SERVER_NAME), directory.resolve("certificates"));
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen.host", "127.0.0.1");
        settings.put("listen.port", "0");
        settings.put("trust-domain", TRUST_DOMAIN);
        settings.put("tls.certificate", tls.certificate().toString());
        settings.put("tls.key", tls.key().toString());
        settings.put("tls.trust", tls.trust().toString());
        settings.put("accounting.url", database.accountingUrl());
        settings.put("accounting.user", "accounting_app");
        settings.put("accounting.password-file", secret(directory, "accounting-password"));
        settings.put("identity.url", database.identityUrl());
        settings.put("identity.user", "identity_app");
        settings.put("identity.password-file", secret(directory, "identity-password"));
        settings.put("spool", directory.resolve("spool").toString());
        settings.put("giving.secret-file", secret(directory, "giving-secret"));
        settings.put("smtp.host", "127.0.0.1");
        // The discard port: nothing answers there, so mail stays in the queue where a test
        // can read it.
        settings.put("smtp.port", "9");
        settings.put("smtp.from", "Almonry <no-reply@almonry.test>");
        settings.put("links.public", "https://my.almonry.test");
        settings.put("links.admin", "https://admin.almonry.test");
        settings.put("admin.email", ADMIN);
        settings.putAll(more);
        return settings;
    }

    private static String secret(Path directory, String name) {
        try {
            var file = directory.resolve(name);
            Files.writeString(file, "0123456789abcdef0123456789abcdef");
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
