package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.accounting.v1.UploadHeader;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.error.v1.Reason;
import org.almonry.type.v1.Money;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.GetProfileRequest;
import org.almonry.widgets.v1.PledgeItem;
import org.almonry.widgets.v1.WidgetServiceGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What the guard lets through to a handler and what becomes of the handler's answer.
class WireServerTest {
    @TempDir
    Path directory;

    private WireWorld world;
    private final AccountingDouble accounting = new AccountingDouble();

    @BeforeEach
    void start() {
        world = new WireWorld(directory, new WidgetsDouble(), accounting);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void theHandlerKnowsTheCallingProcess() {
        var profile = widgets("edge/widgets").getProfile(slug("who"));
        assertEquals("service:edge/widgets", profile.getProfile().getName());
    }

    @Test
    void theHandlerKnowsTheSignedInPerson() {
        var stub = providers("admin/admin", "admin-admin_accounting-read");
        assertEquals(
                "usr_1",
                stub.listProviders(ListProvidersRequest.getDefaultInstance())
                        .getProviders(0)
                        .getName());
    }

    @Test
    void onlyDeclaredIdentitiesMayCall() {
        for (var identity : Identity.KNOWN) {
            if (!identity.equals("edge/widgets")) {
                assertFails(Reason.NOT_ALLOWED, () -> widgets(identity).getProfile(slug("who")));
            }
        }
    }

    @Test
    void withoutOneLiveSessionOfThisGatewaySignInIsNeeded() {
        var request = ListProvidersRequest.getDefaultInstance();
        assertFails(
                Reason.SIGN_IN_NEEDED, () -> providers("admin/admin", "").listProviders(request));
        assertFails(
                Reason.SIGN_IN_NEEDED,
                () -> providers("admin/admin", "unknown").listProviders(request));
        assertFails(
                Reason.SIGN_IN_NEEDED,
                () -> providers("admin/admin", "no token at all!").listProviders(request));
        assertFails(
                Reason.SIGN_IN_NEEDED,
                () -> providers("admin/admin", "edge-public_accounting-read")
                        .listProviders(request));
        var twice = WireClient.withSession(
                providers("admin/admin", "admin-admin_accounting-read"),
                "admin-admin_accounting-read");
        assertFails(Reason.SIGN_IN_NEEDED, () -> twice.listProviders(request));
    }

    @Test
    void aSessionWithoutThePermissionIsNotEnough() {
        var request = ListProvidersRequest.getDefaultInstance();
        assertFails(
                Reason.NOT_ALLOWED,
                () -> providers("admin/admin", "admin-admin_ledger-read").listProviders(request));
    }

    @Test
    void metadataThatClaimsAnIdentityChangesNothing() {
        var headers = new Metadata();
        for (var name : List.of("x-forwarded-client-cert", "almonry-identity", "user-id")) {
            headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), "admin/admin");
        }
        var stub = widgets("edge/widgets")
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        assertEquals(
                "service:edge/widgets",
                stub.getProfile(slug("who")).getProfile().getName());
    }

    @Test
    void tooMuchMetadataIsRefused() {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("x-much", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(64 * 1024));
        var stub = widgets("edge/widgets")
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        assertThrows(StatusRuntimeException.class, () -> stub.getProfile(slug("who")));
        assertEquals(
                "ok",
                widgets("edge/widgets").getProfile(slug("ok")).getProfile().getName());
    }

    @Test
    void compressedRequestsAreRefused() {
        var thrown = assertThrows(
                StatusRuntimeException.class,
                () -> widgets("edge/widgets").withCompression("gzip").getProfile(slug("ok")));
        assertEquals(io.grpc.Status.Code.UNIMPLEMENTED, thrown.getStatus().getCode());
    }

    @Test
    void fieldRulesHoldForNestedAndRepeatedFields() {
        var failure = assertFails(
                Reason.INVALID_ARGUMENT,
                () -> widgets("edge/widgets")
                        .createPledge(CreatePledgeRequest.newBuilder()
                                .setIdempotencyKey("short")
                                .setNonprofit("river-trust")
                                .setEmail("nobody")
                                .addItems(PledgeItem.newBuilder()
                                        .setProject("otter")
                                        .setAmount(Money.newBuilder().setCurrency("eur")))
                                .addItems(PledgeItem.newBuilder().setProject("o\0tter"))
                                .build()));
        var fields = failure.violations().stream().map(Failure.Violation::field).toList();
        assertEquals(
                List.of(
                        "idempotency_key",
                        "items[0].amount.currency",
                        "items[1].project",
                        "items[1].amount",
                        "email"),
                fields);
    }

    @Test
    void houseLimitsHoldWhereTheContractSaysNothing() {
        var items = CreatePledgeRequest.newBuilder()
                .setIdempotencyKey("0123456789abcdef")
                .setNonprofit("river-trust");
        for (int i = 0; i < 21; i++) {
            items.addItems(PledgeItem.newBuilder().setProject("p").setAmount(eur()));
        }
        var failure = assertFails(
                Reason.INVALID_ARGUMENT, () -> widgets("edge/widgets").createPledge(items.build()));
        assertEquals("items", failure.violations().getFirst().field());
    }

    @Test
    void aRequestLargerThanItsMethodAllowsIsRefusedAndTheConnectionLives() {
        var stub = widgets("edge/widgets");
        assertFails(Reason.LIMIT_REACHED, () -> stub.getProfile(slug("x".repeat(2000))));
        assertFails(Reason.LIMIT_REACHED, () -> stub.getProfile(slug("x".repeat(2_000_000))));
        assertEquals("ok", stub.getProfile(slug("ok")).getProfile().getName());
    }

    @Test
    void deadlinesAreClampedToTheRuleAndShaved() {
        assertTrue(remaining(widgets("edge/widgets")) <= 2000);
        assertTrue(
                remaining(widgets("edge/widgets").withDeadlineAfter(365, TimeUnit.DAYS)) <= 2000);
        var connected = widgets("edge/widgets");
        remaining(connected);
        long shaved = remaining(connected.withDeadlineAfter(1500, TimeUnit.MILLISECONDS));
        assertTrue(shaved <= 1480 && shaved > 0, "remaining " + shaved);
    }

    @Test
    void aCallThatCannotBeDoneInTimeIsNotBegun() {
        assertFails(
                Reason.TOO_LATE,
                () -> widgets("edge/widgets")
                        .withDeadlineAfter(90, TimeUnit.MILLISECONDS)
                        .createPledge(pledge()));
        assertEquals(
                List.of(),
                world.audited.stream()
                        .filter(each -> each.outcome().equals("ok"))
                        .toList());
    }

    @Test
    void aHandlerThatOutlivesItsDeadlineIsToldAndTheCallerToo() throws Exception {
        // The rule says 2 s; the caller without a deadline of its own waits for the
        // server's word.
        assertFails(
                Reason.TOO_LATE,
                () -> WidgetServiceGrpc.newBlockingStub(raw("edge/widgets"))
                        .getProfile(slug("slow")));
        assertEquals(true, WidgetsDouble.CANCELLED.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void aFailureReachesTheCallerWithItsReason() {
        var failure = assertFails(
                Reason.NOT_FOUND, () -> widgets("edge/widgets").getProfile(slug("missing")));
        assertEquals("There is no such nonprofit.", failure.safeText());
        assertEquals(
                Reason.WRONG_STATE,
                assertFails(
                                Reason.WRONG_STATE,
                                () -> widgets("edge/widgets").getProfile(slug("by-observer")))
                        .reason());
    }

    @Test
    void aBugIsInternalWithAnIncidentAndTellsNothingElse() {
        for (var slug : List.of("bug", "assertion", "bug-by-observer", "foreign-status")) {
            var failure = assertFails(
                    Reason.INTERNAL, () -> widgets("edge/widgets").getProfile(slug(slug)));
            assertTrue(failure.incident().orElseThrow().matches("err_[0-9a-f]{32}"));
            assertFalse(failure.toString().contains("secret"), failure.toString());
        }
    }

    @Test
    void auditedMethodsLeaveOneRowEachWhateverBecomesOfThem() {
        widgets("edge/widgets").createPledge(pledge());
        assertFails(
                Reason.INVALID_ARGUMENT,
                () -> widgets("edge/widgets")
                        .createPledge(CreatePledgeRequest.getDefaultInstance()));
        assertFails(Reason.NOT_ALLOWED, () -> widgets("edge/public").createPledge(pledge()));
        widgets("edge/widgets").getProfile(slug("ok"));
        var method = "almonry.widgets.v1.WidgetService/CreatePledge";
        assertEquals(
                List.of(
                        new WireWorld.Audited("service:edge/widgets", method, "ok", ""),
                        new WireWorld.Audited(
                                "service:edge/widgets", method, "INVALID_ARGUMENT", ""),
                        new WireWorld.Audited("service:edge/public", method, "NOT_ALLOWED", "")),
                world.audited);
    }

    @Test
    void eachChunkOfAStreamIsCheckedAndABrokenStreamIsThrownAway() throws Exception {
        var outcome = new LinkedBlockingQueue<Object>();
        var stub = WireClient.withSession(
                AccountingServiceGrpc.newStub(world.client("admin/admin")),
                "admin-admin_accounting-import");
        var upload = stub.uploadStatement(new Ends<>(outcome));
        upload.onNext(UploadStatementRequest.newBuilder()
                .setHeader(UploadHeader.newBuilder().setIdempotencyKey("k").setFilename("f.xml"))
                .build());
        upload.onNext(chunk(262_144));
        upload.onNext(chunk(262_145));
        var failure = Failure.from((StatusRuntimeException) outcome.poll(5, TimeUnit.SECONDS));
        assertEquals(Reason.INVALID_ARGUMENT, failure.reason());
        assertEquals("chunk", failure.violations().getFirst().field());
        assertEquals("broken off after 2", accounting.uploads.poll(5, TimeUnit.SECONDS));
    }

    private static UploadStatementRequest chunk(int bytes) {
        return UploadStatementRequest.newBuilder()
                .setChunk(ByteString.copyFrom(new byte[bytes]))
                .build();
    }

    private static Failure assertFails(
            Reason reason, org.junit.jupiter.api.function.Executable call) {
        var failure = Failure.from(assertThrows(StatusRuntimeException.class, call));
        assertEquals(reason, failure.reason(), failure.toString());
        return failure;
    }

    private static long remaining(WidgetServiceGrpc.WidgetServiceBlockingStub stub) {
        return Long.parseLong(stub.getProfile(slug("deadline")).getProfile().getName());
    }

    private static GetProfileRequest slug(String slug) {
        return GetProfileRequest.newBuilder().setSlug(slug).build();
    }

    private static Money eur() {
        return Money.newBuilder().setCurrency("EUR").setMinor(100).build();
    }

    private static CreatePledgeRequest pledge() {
        return CreatePledgeRequest.newBuilder()
                .setIdempotencyKey("0123456789abcdef")
                .setNonprofit("river-trust")
                .addItems(PledgeItem.newBuilder().setProject("otter").setAmount(eur()))
                .build();
    }

    private WidgetServiceGrpc.WidgetServiceBlockingStub widgets(String identity) {
        return WidgetServiceGrpc.newBlockingStub(world.client(identity));
    }

    /// Not our client, so no deadline is set on the way out.
    private ManagedChannel raw(String identity) throws java.io.IOException {
        return world.foreign(world.files(identity));
    }

    private AccountingServiceGrpc.AccountingServiceBlockingStub providers(
            String identity, String token) {
        return WireClient.withSession(
                AccountingServiceGrpc.newBlockingStub(world.client(identity)), token);
    }

    private record Ends<T>(BlockingQueue<Object> outcome) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {}

        @Override
        public void onError(Throwable thrown) {
            outcome.add(thrown);
        }

        @Override
        public void onCompleted() {
            outcome.add("completed");
        }
    }
}
