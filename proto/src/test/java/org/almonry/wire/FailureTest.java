package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;

import org.almonry.error.v1.Reason;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class FailureTest {
    @Test
    void reasonTextViolationsAndIncidentSurviveTheWire() {
        for (var reason : Reason.values()) {
            if (reason == Reason.REASON_UNSPECIFIED || reason == Reason.UNRECOGNIZED) {
                continue;
            }
            var sent = new Failure(
                    reason,
                    "So it is.",
                    List.of(new Failure.Violation("items[2].amount", "is missing")),
                    "inc-1");
            var got = Failure.from(FailureStatus.exception(sent));
            assertEquals(reason, got.reason());
            assertEquals("So it is.", got.safeText());
            assertEquals(sent.violations(), got.violations());
            assertEquals(Optional.of("inc-1"), got.incident());
        }
    }

    @Test
    void aStatusWithoutOurReasonGetsTheOneThatFitsAndNoForeignText() {
        var broken = Status.UNAVAILABLE
                .withDescription("io exception at 10.30.0.10")
                .asRuntimeException();
        assertEquals(Reason.UNAVAILABLE, Failure.from(broken).reason());
        assertTrue(Failure.from(broken).isRetryable());
        assertTrue(!Failure.from(broken).safeText().contains("10.30"));
        assertEquals(
                Reason.TOO_LATE,
                Failure.from(Status.DEADLINE_EXCEEDED.asRuntimeException()).reason());
        assertEquals(
                Reason.INTERNAL,
                Failure.from(Status.UNIMPLEMENTED.asRuntimeException()).reason());
    }

    @Test
    void aFailureNeedsAReason() {
        assertThrows(IllegalArgumentException.class, () -> new Failure(Reason.UNRECOGNIZED, "?"));
    }

    @Test
    void moneyOfAnUnknownCurrencyIsAnInvalidArgument() {
        var money = org.almonry.type.v1.Money.newBuilder().setCurrency("ZZZ").build();
        assertEquals(
                Reason.INVALID_ARGUMENT,
                assertThrows(Failure.class, () -> MoneyCodec.fromProto(money)).reason());
    }
}
