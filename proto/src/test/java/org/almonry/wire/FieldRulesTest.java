package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import org.almonry.accounting.v1.ListIncomingRequest;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.directory.v1.CreateNonprofitRequest;
import org.almonry.directory.v1.SetOverheadRequest;
import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.Role;
import org.almonry.type.v1.PageRequest;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Each rule of `rule.proto`, on messages of the contract.
class FieldRulesTest {
    @Test
    void aGoodRequestHasNoViolation() {
        assertViolations(invite().build());
        assertViolations(ListIncomingRequest.getDefaultInstance());
    }

    @Test
    void requiredTextsAndEnumsMustBeThere() {
        assertViolations(
                InviteUserRequest.getDefaultInstance(),
                "idempotency_key",
                "email",
                "display_name",
                "role");
    }

    @Test
    void aValueThatTheContractDoesNotKnowIsRefused() {
        assertViolations(invite().setRoleValue(99).build(), "role");
    }

    @Test
    void lengthsCountCodePointsAndTheirLimitIsInclusive() {
        assertViolations(invite().setDisplayName("🦦".repeat(100)).build());
        assertViolations(invite().setDisplayName("🦦".repeat(101)).build(), "display_name");
        assertViolations(BeginSignInRequest.newBuilder().setEmail("@").build(), "email");
    }

    @Test
    void aPatternMustMatchTheWholeText() {
        assertViolations(invite().setEmail("a@b").build());
        for (var email : List.of("a@b c", "x a@b", "a@b\n", "a@b@c", "@b", "a@")) {
            assertViolations(invite().setEmail(email).build(), "email");
        }
    }

    @Test
    void numbersStayInTheirRange() {
        for (int good : List.of(0, 10_000)) {
            assertViolations(overhead(good));
        }
        for (int bad : List.of(-1, 10_001, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            assertViolations(overhead(bad), "overhead_basis_points");
        }
    }

    @Test
    void nestedMessagesAreCheckedUnderTheirPath() {
        var request = ListIncomingRequest.newBuilder()
                .setPage(PageRequest.newBuilder().setSize(201))
                .build();
        assertViolations(request, "page.size");
    }

    @Test
    void eachItemOfAListIsCheckedAndTheListHasALimit() {
        var request = CreateNonprofitRequest.newBuilder()
                .setIdempotencyKey("key")
                .setSlug("river-trust")
                .setName("River Trust")
                .setAccountHolder("River Trust");
        assertViolations(
                request.addSites("https://a.example")
                        .addSites("https://b.example/path")
                        .build(),
                "sites[1]");
        for (int i = 0; i < 20; i++) {
            request.addSites("https://c.example");
        }
        assertViolations(request.build(), "sites");
    }

    @Test
    void bytesCountBytes() {
        assertViolations(chunk(262_144));
        assertViolations(chunk(262_145), "chunk");
    }

    @Test
    void aNulIsNoText() {
        assertViolations(invite().setDisplayName("a\0b").build(), "display_name");
    }

    @Test
    void notMoreViolationsAreToldThanATrailerHolds() {
        var request = CreateNonprofitRequest.newBuilder();
        for (int i = 0; i < 20; i++) {
            request.addSites("not a site");
        }
        var violations = FieldRules.check(request.build());
        assertTrue(violations.size() <= FieldRules.VIOLATIONS_MAX, "told " + violations.size());
    }

    private static InviteUserRequest.Builder invite() {
        return InviteUserRequest.newBuilder()
                .setIdempotencyKey("key")
                .setEmail("noor@almonry.example")
                .setDisplayName("Noor")
                .setRole(Role.ROLE_ACCOUNTANT);
    }

    private static SetOverheadRequest overhead(int basisPoints) {
        return SetOverheadRequest.newBuilder()
                .setIdempotencyKey("key")
                .setProjectId("prj_1")
                .setOverheadBasisPoints(basisPoints)
                .build();
    }

    private static UploadStatementRequest chunk(int bytes) {
        return UploadStatementRequest.newBuilder()
                .setChunk(ByteString.copyFrom(new byte[bytes]))
                .build();
    }

    private static void assertViolations(Message request, String... fields) {
        var found =
                FieldRules.check(request).stream().map(Failure.Violation::field).toList();
        assertEquals(List.of(fields), found);
    }
}
