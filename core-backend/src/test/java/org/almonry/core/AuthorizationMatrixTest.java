package org.almonry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Empty;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.MetadataUtils;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.ProjectServiceGrpc;
import org.almonry.audit.v1.AuditServiceGrpc;
import org.almonry.certs.CertificateTool;
import org.almonry.directory.v1.DirectoryServiceGrpc;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.Role;
import org.almonry.identity.v1.SignInServiceGrpc;
import org.almonry.identity.v1.UserServiceGrpc;
import org.almonry.ledger.v1.LedgerCheckServiceGrpc;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc;
import org.almonry.ledger.v1.LedgerProofReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerProofServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.process.v1.CommissionServiceGrpc;
import org.almonry.process.v1.RequestServiceGrpc;
import org.almonry.rule.v1.Auth;
import org.almonry.rule.v1.MethodRule;
import org.almonry.rule.v1.Rule;
import org.almonry.testing.SignedIn;
import org.almonry.testing.TestCore;
import org.almonry.widgets.v1.WidgetServiceGrpc;
import org.almonry.wire.Identity;
import org.almonry.wire.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Every method of the contract, called by everybody there is: only the declared cells
/// answer.
///
/// The table is compared twice: with the rules of the contract and the roles below, and, so
/// that no change of either goes unseen, with the table in `authorization-matrix.txt`. The
/// table of this run is in `target/`.
class AuthorizationMatrixTest {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            AccountingServiceGrpc.getServiceDescriptor(),
            ProjectServiceGrpc.getServiceDescriptor(),
            AuditServiceGrpc.getServiceDescriptor(),
            DirectoryServiceGrpc.getServiceDescriptor(),
            SignInServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            LedgerCheckServiceGrpc.getServiceDescriptor(),
            LedgerPeriodServiceGrpc.getServiceDescriptor(),
            LedgerProofReaderServiceGrpc.getServiceDescriptor(),
            LedgerProofServiceGrpc.getServiceDescriptor(),
            LedgerReadServiceGrpc.getServiceDescriptor(),
            LedgerReaderServiceGrpc.getServiceDescriptor(),
            LedgerServiceGrpc.getServiceDescriptor(),
            CommissionServiceGrpc.getServiceDescriptor(),
            RequestServiceGrpc.getServiceDescriptor(),
            WidgetServiceGrpc.getServiceDescriptor());

    private static final Set<String> USER = Set.of("session.own", "project.own");
    private static final Set<String> ACCOUNTANT = Set.of(
            "session.own",
            "project.own",
            "accounting.read",
            "accounting.fetch",
            "accounting.import",
            "accounting.book",
            "accounting.export",
            "ledger.read",
            "ledger.close",
            "request.read",
            "request.create",
            "request.approve",
            "commission.read",
            "directory.read");
    private static final Set<String> ADMIN = Set.of(
            "session.own",
            "project.own",
            "accounting.read",
            "accounting.fetch",
            "accounting.import",
            "accounting.book",
            "accounting.export",
            "ledger.read",
            "ledger.close",
            "ledger.halt",
            "request.read",
            "request.create",
            "request.approve",
            "commission.read",
            "commission.write",
            "directory.read",
            "directory.manage",
            "users.read",
            "users.manage",
            "audit.read");

    /// No call of an empty request takes longer; one that does counts as answered.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /// What a call came to. `+` answered (whatever it said), `s` sign-in needed, `-` not
    /// allowed, `x` no connection.
    private enum Cell {
        ANSWERED('+'),
        SIGN_IN_NEEDED('s'),
        NOT_ALLOWED('-'),
        NO_CONNECTION('x');

        private final char letter;

        Cell(char letter) {
            this.letter = letter;
        }
    }

    /// A column of the table: how somebody connects, with whose session, and what that
    /// should be worth.
    private record Visitor(
            String name, Channel channel, String identity, String token, Set<String> permissions) {}

    @Test
    void onlyDeclaredCellsAnswer() throws Exception {
        try (var core = TestCore.start(directory, Map.of())) {
            var visitors = visitors(core);
            var expected = new LinkedHashMap<String, String>();
            var actual = new LinkedHashMap<String, String>();
            for (var method : methods()) {
                var rule = rule(method);
                var wanted = new StringBuilder();
                var got = new StringBuilder();
                for (var visitor : visitors) {
                    wanted.append(expected(visitor, rule).letter).append(' ');
                    got.append(call(visitor, method).letter).append(' ');
                }
                var name = method.getFullMethodName().replaceFirst("^almonry\\.", "");
                expected.put(name, wanted.toString().strip());
                actual.put(name, got.toString().strip());
            }
            var table = table(visitors, actual);
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target", "authorization-matrix.txt"), table);
            assertEquals(
                    table(visitors, expected),
                    table,
                    "the rules of the contract are not what is enforced");
            assertEquals(
                    declared(), table, "the table changed: review it, then copy it from target/");
        }
    }

    private List<Visitor> visitors(TestCore core) throws Exception {
        var visitors = new ArrayList<Visitor>();
        for (var identity : List.of(
                "core/core",
                "edge/public",
                "edge/widgets",
                "admin/admin",
                "edge/hook",
                "sign/sign",
                "ledger/writer",
                "ledger/reader")) {
            visitors.add(new Visitor(identity, core.channel(identity), identity, "", Set.of()));
        }
        var admin = SignedIn.at(core, Identity.ADMIN, TestCore.ADMIN);
        var user = invite(core, admin, "user@almonry.test", Role.ROLE_USER);
        var accountant = invite(core, admin, "accountant@almonry.test", Role.ROLE_ACCOUNTANT);
        var atPublic = SignedIn.at(core, Identity.EDGE_PUBLIC, user);
        visitors.add(session(core, "edge/public, user", Identity.EDGE_PUBLIC, atPublic, USER));
        visitors.add(session(
                core,
                "edge/public, accountant",
                Identity.EDGE_PUBLIC,
                SignedIn.at(core, Identity.EDGE_PUBLIC, accountant),
                USER));
        visitors.add(session(
                core,
                "edge/public, admin",
                Identity.EDGE_PUBLIC,
                SignedIn.at(core, Identity.EDGE_PUBLIC, TestCore.ADMIN),
                USER));
        var accounting = SignedIn.at(core, Identity.ADMIN, accountant);
        visitors.add(
                session(core, "admin/admin, accountant", Identity.ADMIN, accounting, ACCOUNTANT));
        visitors.add(session(core, "admin/admin, admin", Identity.ADMIN, admin, ADMIN));
        assertTrue(
                SignedIn.mailed(core, Identity.ADMIN, user).isEmpty(),
                "a plain user got a link to the back office");
        // Stolen: a session of one gateway shown by another, or by a process that has no
        // people at all.
        visitors.add(session(
                core, "admin/admin, session of edge/public", Identity.ADMIN, atPublic, Set.of()));
        visitors.add(session(
                core,
                "edge/public, session of admin/admin",
                Identity.EDGE_PUBLIC,
                admin,
                Set.of()));
        visitors.add(session(
                core,
                "edge/widgets, session of admin/admin",
                Identity.EDGE_WIDGETS,
                admin,
                Set.of()));
        visitors.addAll(Strangers.of(core, directory).entrySet().stream()
                .map(each -> new Visitor(each.getKey(), each.getValue(), "", admin, Set.of()))
                .toList());
        return visitors;
    }

    private static Visitor session(
            TestCore core, String name, String identity, String token, Set<String> permissions) {
        return new Visitor(name, core.channel(identity), identity, token, permissions);
    }

    private static String invite(TestCore core, String admin, String email, Role role) {
        WireClient.withSession(UserServiceGrpc.newBlockingStub(core.channel(Identity.ADMIN)), admin)
                .inviteUser(InviteUserRequest.newBuilder()
                        .setIdempotencyKey("invite-" + email)
                        .setEmail(email)
                        .setDisplayName("Somebody")
                        .setRole(role)
                        .build());
        return email;
    }

    private static Cell expected(Visitor visitor, MethodRule rule) {
        if (visitor.identity().isEmpty()) {
            return Cell.NO_CONNECTION;
        }
        if (!rule.getAllowList().contains(visitor.identity())) {
            return Cell.NOT_ALLOWED;
        }
        if (rule.getAuth() == Auth.AUTH_NONE) {
            return Cell.ANSWERED;
        }
        if (visitor.permissions().isEmpty()) {
            return Cell.SIGN_IN_NEEDED;
        }
        return visitor.permissions().contains(rule.getPermission())
                ? Cell.ANSWERED
                : Cell.NOT_ALLOWED;
    }

    /// Sends one empty request, whatever the shape of the method, and waits for the status.
    private static Cell call(Visitor visitor, MethodDescriptor<?, ?> method) throws Exception {
        var channel = visitor.channel();
        if (!visitor.token().isEmpty()) {
            var headers = new Metadata();
            headers.put(
                    Metadata.Key.of("almonry-session", Metadata.ASCII_STRING_MARSHALLER),
                    visitor.token());
            channel = ClientInterceptors.intercept(
                    channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        var empty = ProtoUtils.marshaller(Empty.getDefaultInstance());
        var call = channel.newCall(method.toBuilder(empty, empty).build(), CallOptions.DEFAULT);
        var ended = new CompletableFuture<Status>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(Empty message) {
                        ended.complete(Status.OK);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(Empty.getDefaultInstance());
        call.halfClose();
        var status = ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        call.cancel("seen enough", null);
        return switch (status.getCode()) {
            case PERMISSION_DENIED -> Cell.NOT_ALLOWED;
            case UNAUTHENTICATED -> Cell.SIGN_IN_NEEDED;
            case UNAVAILABLE -> Cell.NO_CONNECTION;
            case UNIMPLEMENTED ->
                throw new AssertionError(method.getFullMethodName() + " is not served");
            default -> Cell.ANSWERED;
        };
    }

    /// All methods; the one that ends the session that the others need comes last.
    private static List<MethodDescriptor<?, ?>> methods() {
        var methods = new ArrayList<MethodDescriptor<?, ?>>();
        SERVICES.forEach(service -> methods.addAll(service.getMethods()));
        methods.sort(Comparator.comparing((MethodDescriptor<?, ?> method) ->
                        method.getFullMethodName().endsWith("/EndSession"))
                .thenComparing(MethodDescriptor::getFullMethodName));
        return methods;
    }

    private static MethodRule rule(MethodDescriptor<?, ?> method) {
        var schema = (ProtoMethodDescriptorSupplier) method.getSchemaDescriptor();
        return schema.getMethodDescriptor().getOptions().getExtension(Rule.method);
    }

    private static String table(List<Visitor> visitors, Map<String, String> rows) {
        var text = new StringBuilder("""
                Who may call what: each line is a method, each column a caller, numbered below.
                + answered   s sign-in needed   - not allowed   x no connection

                """);
        for (int i = 0; i < visitors.size(); i++) {
            text.append("%2d %s%n".formatted(i + 1, visitors.get(i).name()));
        }
        text.append('\n');
        rows.forEach((method, cells) -> text.append("%s  %s%n".formatted(cells, method)));
        return text.toString();
    }

    private static String declared() throws Exception {
        try (var file =
                AuthorizationMatrixTest.class.getResourceAsStream("/authorization-matrix.txt")) {
            return file == null ? "" : new String(file.readAllBytes(), UTF_8);
        }
    }

    /// Those who should not get a connection at all.
    private static final class Strangers {
        static Map<String, Channel> of(TestCore core, Path directory) throws Exception {
            var foreign = CertificateTool.init(
                            directory.resolve("foreign"), TestCore.TRUST_DOMAIN, Clock.systemUTC())
                    .issue(Identity.ADMIN, List.of(), directory.resolve("foreign-out"));
            var past = Clock.fixed(
                    Instant.now().minus(Duration.ofDays(30)), Clock.systemUTC().getZone());
            var expired = CertificateTool.open(core.authority(), past)
                    .issue(Identity.ADMIN, List.of(), directory.resolve("expired"));
            var strangers = new LinkedHashMap<String, Channel>();
            strangers.put("no certificate", core.stranger(null));
            strangers.put("plaintext", core.plaintext());
            strangers.put("admin/admin by a foreign authority", core.stranger(foreign));
            strangers.put("admin/admin, expired", core.stranger(expired));
            return strangers;
        }
    }
}
