package org.almonry.gateway.testing;

import io.grpc.BindableService;

import org.almonry.certs.CertificateTool;
import org.almonry.wire.Caller;
import org.almonry.wire.TlsFiles;
import org.almonry.wire.WireServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A core: the real [WireServer] over mutual TLS, with its rules, in front of services in
/// memory.
public final class CoreFixture implements AutoCloseable {

    public static final String ADMIN = "session-of-the-admin-0123456789abcdef";
    public static final String ACCOUNTANT = "session-of-the-accountant-0123456789";
    public static final String MEMBER = "session-of-the-member-0123456789abcde";

    private static final Set<String> READS = Set.of(
            "session.own",
            "accounting.read",
            "accounting.fetch",
            "accounting.import",
            "accounting.book",
            "accounting.export",
            "directory.read",
            "ledger.read",
            "request.read",
            "commission.read",
            "audit.read",
            "users.read");

    private static final Map<String, Caller.User> SESSIONS = Map.of(
            ADMIN,
            new Caller.User(
                    "usr_1",
                    "ses_1",
                    "admin/admin",
                    plus(
                            READS,
                            "directory.manage",
                            "users.manage",
                            "request.create",
                            "request.approve",
                            "commission.write",
                            "ledger.halt",
                            "ledger.close")),
            ACCOUNTANT,
            new Caller.User("usr_2", "ses_2", "admin/admin", READS),
            MEMBER,
            new Caller.User("usr_3", "ses_3", "edge/public", Set.of("session.own", "project.own")));

    public final FakeAccounting accounting = new FakeAccounting();
    public final FakeMembers members = new FakeMembers();
    public final FakeDirectory directory = new FakeDirectory();
    public final FakeIdentity identity = new FakeIdentity();
    public final FakeLedger ledger = new FakeLedger();
    public final FakeProof proof = new FakeProof();
    public final FakeRequests requests = new FakeRequests();
    public final FakeCommissions commissions = new FakeCommissions();
    public final FakeCheck check = new FakeCheck();
    public final FakePeriods periods = new FakePeriods();

    private final Path out;
    private final CertificateTool tool;
    private final TlsFiles own;
    private WireServer server;

    public CoreFixture() {
        try {
            Path directory = Files.createTempDirectory("gateway-certs");
            out = directory.resolve("out");
            tool = CertificateTool.init(directory.resolve("ca"), "almonry.test", Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own = tool.issue("core/core", List.of("core"), out);
        server = start(0);
    }

    private WireServer start(int port) {
        List<BindableService> services = List.of(
                accounting,
                members,
                directory,
                identity,
                identity.users(),
                ledger,
                proof,
                requests,
                commissions,
                check,
                periods,
                new FakeAudit());
        var made = new WireServer(
                new InetSocketAddress("127.0.0.1", port),
                own,
                (token, identity) -> Optional.ofNullable(SESSIONS.get(token))
                        .filter(user -> user.identity().equals(identity)),
                (caller, method, outcome, detail) -> {},
                services,
                Clock.systemUTC());
        made.start();
        return made;
    }

    private static Set<String> plus(Set<String> some, String... more) {
        var all = new java.util.HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    public int port() {
        return server.port();
    }

    /// A certificate of this core's authority.
    public TlsFiles issue(String identity) {
        return tool.issue(identity, List.of("localhost"), out);
    }

    /// Ends it, as a crash would; [#restart] brings it back on the same port.
    public int stop() {
        int port = server.port();
        server.close();
        return port;
    }

    public void restart(int port) {
        server = start(port);
    }

    @Override
    public void close() {
        server.close();
    }
}
