package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLPeerUnverifiedException;

/// The one port of a core: gRPC over mutual TLS, each method behind its rule. Constructing
/// it checks the whole contract, so a server whose rules have a hole never listens.
public final class WireServer implements AutoCloseable {
    /// Connections are renewed this often, so that changed certificates and rules bite soon
    /// (with the 10 minutes of grace that the longest call may take).
    static final Duration CONNECTION_AGE_MAX = Duration.ofMinutes(5);

    /// A peer that opened a connection has this long to show its certificate.
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    /// Room for a session token and the deadline, not for anything else.
    static final int METADATA_BYTES_MAX = 8192;

    /// Per connection; a gateway serves some dozens of people at the same moment, the core
    /// some dozens of statements.
    static final int CONCURRENT_CALLS_MAX = 256;

    /// Streams that a peer may open and reset within ten seconds before it is cut off
    /// (rapid reset).
    static final int RESETS_MAX = 200;

    private static final int RESET_WINDOW_SECONDS = 10;

    /// A client may ask whether an idle connection lives; more often is noise.
    static final Duration KEEP_ALIVE_LEAST = Duration.ofSeconds(30);

    /// Running calls get this long when the server stops.
    static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(WireServer.class.getName());

    private final MutualTls tls;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "wire-deadlines");
                thread.setDaemon(true);
                return thread;
            });
    private final Server server;

    public WireServer(
            InetSocketAddress address,
            TlsFiles tls,
            SessionResolver sessions,
            AuditSink audit,
            List<BindableService> services,
            Clock clock) {
        this(address, tls, sessions, audit, services, clock, MutualTls.RELOAD_EVERY);
    }

    WireServer(
            InetSocketAddress address,
            TlsFiles tls,
            SessionResolver sessions,
            AuditSink audit,
            List<BindableService> services,
            Clock clock,
            Duration reloadEvery) {
        requireNonNull(address, "address is null");
        var definitions = new ArrayList<ServerServiceDefinition>();
        services.forEach(service -> definitions.add(service.bindService()));
        definitions.add(health.getHealthService().bindService());
        var rules = MethodRules.of(definitions.stream()
                .map(ServerServiceDefinition::getServiceDescriptor)
                .toList());
        this.tls = MutualTls.server(tls, reloadEvery);
        var guard = new GuardInterceptor(
                rules, new Admission(sessions), audit, new Ids(clock), timer, executor);
        var builder = NettyServerBuilder.forAddress(address)
                .sslContext(this.tls.serverContext())
                .executor(executor)
                .addTransportFilter(new PeerFilter())
                // Nothing of ours compresses, and what cannot be inflated cannot be a bomb.
                .decompressorRegistry(
                        DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, true))
                .maxInboundMessageSize(rules.requestBytesMax())
                .maxInboundMetadataSize(METADATA_BYTES_MAX)
                .maxConcurrentCallsPerConnection(CONCURRENT_CALLS_MAX)
                .maxRstFramesPerWindow(RESETS_MAX, RESET_WINDOW_SECONDS)
                .handshakeTimeout(HANDSHAKE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(KEEP_ALIVE_LEAST.toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAge(CONNECTION_AGE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(MethodRules.DEADLINE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        for (var definition : definitions) {
            builder.addService(guarded(definition, guard));
        }
        server = builder.build();
    }

    /// Listens from now on.
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
        }
    }

    /// The port that it listens on, also when port 0 was asked for.
    public int port() {
        return server.getPort();
    }

    /// Who this server is.
    public Identity identity() {
        return tls.identity();
    }

    /// Waits until the server has been closed; its threads alone do not keep a process
    /// alive.
    public void await() throws InterruptedException {
        server.awaitTermination();
    }

    /// Stops listening, lets running calls finish for a moment, then ends them.
    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
        timer.shutdownNow();
        tls.close();
    }

    /// Field rules see parsed messages, the guard around them sees bytes.
    private static ServerServiceDefinition guarded(
            ServerServiceDefinition definition, GuardInterceptor guard) {
        var checked = ServerInterceptors.intercept(definition, new RuleInterceptor());
        return ServerInterceptors.intercept(
                ServerInterceptors.useMarshalledMessages(checked, new Bytes()), guard);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }

    /// Reads the identity once per connection. The handshake refused strangers already;
    /// this only remembers the answer.
    private static final class PeerFilter extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes attributes) {
            var session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            try {
                if (session != null
                        && session.getPeerCertificates()[0] instanceof X509Certificate leaf) {
                    return attributes.toBuilder()
                            .set(GuardInterceptor.IDENTITY, Identity.of(leaf))
                            .build();
                }
            } catch (SSLPeerUnverifiedException | CertificateException e) {
                LOG.log(Level.WARNING, "connection without identity: " + e.getMessage());
            }
            return attributes;
        }
    }
}
