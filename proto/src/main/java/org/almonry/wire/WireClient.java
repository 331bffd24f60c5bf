package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A process's way to the core: one channel over mutual TLS that believes only the identity
/// `core/core`, with the deadline of each method set from its rule.
public final class WireClient implements AutoCloseable {
    /// A dead connection is noticed after this and the timeout below; the server permits no
    /// more often.
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(10);

    /// After a failed connection gRPC would wait up to two minutes before the next try, and
    /// fail what comes meanwhile. Here a call makes it try again, but not more often than
    /// this.
    private static final Duration RECONNECT_LEAST = Duration.ofSeconds(1);

    /// A call that meets a failed connection waits so long for the next one.
    private static final Duration RECONNECT_PATIENCE = Duration.ofSeconds(2);

    /// Running calls get this long when the client closes.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final MutualTls tls;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ManagedChannel channel;

    /// Connects when first used. The server name is the DNS name in the server's
    /// certificate, whatever address is dialled; a connection that is not there after the
    /// timeout counts as failed.
    public WireClient(
            String host, int port, String serverName, TlsFiles tls, Duration connectTimeout) {
        this(host, port, serverName, tls, connectTimeout, MutualTls.RELOAD_EVERY);
    }

    WireClient(
            String host,
            int port,
            String serverName,
            TlsFiles tls,
            Duration connectTimeout,
            Duration reloadEvery) {
        requireNonNull(serverName, "serverName is null");
        this.tls = MutualTls.client(tls, Identity.CORE, reloadEvery);
        var rules = new RuleDeadlines();
        channel = NettyChannelBuilder.forAddress(host, port)
                .overrideAuthority(serverName)
                .sslContext(this.tls.clientContext())
                .executor(executor)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(connectTimeout.toMillis()))
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMetadataSize(WireServer.METADATA_BYTES_MAX)
                .intercept(rules)
                .build();
        rules.channel = channel;
    }

    /// The channel for the generated stubs.
    public ManagedChannel channel() {
        return channel;
    }

    /// The stub with a person's session. A text that cannot be a token is left out: the
    /// core answers SIGN_IN_NEEDED.
    public static <S extends AbstractStub<S>> S withSession(S stub, String token) {
        if (!Admission.isToken(token)) {
            return stub;
        }
        var headers = new Metadata();
        headers.put(Admission.SESSION, token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
        tls.close();
    }

    /// Gives every call the deadline of its method, or the shorter one that the caller set.
    private static final class RuleDeadlines implements ClientInterceptor {
        private final Map<String, Integer> deadlines = new ConcurrentHashMap<>();
        private final AtomicLong lastReconnect =
                new AtomicLong(System.nanoTime() - RECONNECT_LEAST.toNanos());
        private volatile @org.jspecify.annotations.Nullable ManagedChannel channel;

        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(
                MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            int longest = deadlines.computeIfAbsent(
                    method.getFullMethodName(),
                    _ -> MethodRules.find(method)
                            .orElseThrow(() -> new IllegalStateException(
                                    "no rule for " + method.getFullMethodName()))
                            .getDeadlineMs());
            var timed = options.withDeadlineAfter(longest, TimeUnit.MILLISECONDS);
            var given = options.getDeadline();
            var deadline = timed.getDeadline();
            if (given != null && deadline != null && given.isBefore(deadline)) {
                timed = options;
            }
            if (isBroken()) {
                reconnectSoon();
                timed = patient(timed);
            }
            return new SimpleForwardingClientCall<>(next.newCall(method, timed)) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    super.onClose(
                                            isBroken() ? unreached(status) : status, trailers);
                                }
                            },
                            headers);
                }
            };
        }

        private boolean isBroken() {
            var target = channel;
            return target != null && target.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
        }

        /// The same call, but it waits for the connection that is tried now.
        private static CallOptions patient(CallOptions options) {
            var soon = options.withWaitForReady()
                    .withDeadlineAfter(RECONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            var given = options.getDeadline();
            var deadline = soon.getDeadline();
            return given != null && deadline != null && given.isBefore(deadline)
                    ? options.withWaitForReady()
                    : soon;
        }

        /// What ran out of time without a connection was never sent.
        private static Status unreached(Status status) {
            return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                    ? Status.UNAVAILABLE.withDescription(status.getDescription())
                    : status;
        }

        private void reconnectSoon() {
            long now = System.nanoTime();
            long last = lastReconnect.get();
            var target = channel;
            if (target != null
                    && now - last >= RECONNECT_LEAST.toNanos()
                    && lastReconnect.compareAndSet(last, now)) {
                target.resetConnectBackoff();
            }
        }
    }
}
