package org.almonry.wire;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.almonry.error.v1.Reason;
import org.jspecify.annotations.Nullable;

/// Failures as `google.rpc.Status` with `ErrorInfo`, the way AIP-193 writes them, and back.
final class FailureStatus {
    static final String DOMAIN = "almonry";
    static final String INCIDENT = "incident";

    private FailureStatus() {}

    static StatusRuntimeException exception(Failure failure) {
        var info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(failure.reason().name());
        failure.incident().ifPresent(id -> info.putMetadata(INCIDENT, id));
        var status = com.google.rpc.Status.newBuilder()
                .setCode(code(failure.reason()).value())
                .setMessage(failure.safeText())
                .addDetails(Any.pack(info.build()));
        if (!failure.violations().isEmpty()) {
            var bad = BadRequest.newBuilder();
            for (var violation : failure.violations()) {
                bad.addFieldViolationsBuilder()
                        .setField(violation.field())
                        .setDescription(violation.text());
            }
            status.addDetails(Any.pack(bad.build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    static Status.Code code(Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case NOT_ALLOWED -> Status.Code.PERMISSION_DENIED;
            case SIGN_IN_NEEDED -> Status.Code.UNAUTHENTICATED;
            case IDEMPOTENCY_CONFLICT -> Status.Code.ALREADY_EXISTS;
            case STALE -> Status.Code.ABORTED;
            case WRONG_STATE -> Status.Code.FAILED_PRECONDITION;
            case LIMIT_REACHED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case TOO_LATE -> Status.Code.DEADLINE_EXCEEDED;
            case INTERNAL, REASON_UNSPECIFIED, UNRECOGNIZED -> Status.Code.INTERNAL;
        };
    }

    static Reason reason(Status.Code code) {
        return switch (code) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> Reason.INVALID_ARGUMENT;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case PERMISSION_DENIED -> Reason.NOT_ALLOWED;
            case UNAUTHENTICATED -> Reason.SIGN_IN_NEEDED;
            case ALREADY_EXISTS -> Reason.IDEMPOTENCY_CONFLICT;
            case ABORTED -> Reason.STALE;
            case FAILED_PRECONDITION -> Reason.WRONG_STATE;
            case RESOURCE_EXHAUSTED -> Reason.LIMIT_REACHED;
            case UNAVAILABLE -> Reason.UNAVAILABLE;
            case DEADLINE_EXCEEDED, CANCELLED -> Reason.TOO_LATE;
            case OK, UNKNOWN, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> Reason.INTERNAL;
        };
    }

    /// The reason of this name, or null for one that a newer peer knows and we do not.
    static @Nullable Reason reason(String name) {
        for (var reason : Reason.values()) {
            if (reason.name().equals(name)
                    && reason != Reason.UNRECOGNIZED
                    && reason != Reason.REASON_UNSPECIFIED) {
                return reason;
            }
        }
        return null;
    }

    /// Words for a status that came without any that are ours, and may therefore not be
    /// shown.
    static String text(Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENT -> "The request is not valid.";
            case NOT_FOUND -> "There is no such thing.";
            case NOT_ALLOWED -> "This is not allowed.";
            case SIGN_IN_NEEDED -> "Please sign in.";
            case IDEMPOTENCY_CONFLICT -> "The same key was used for something else.";
            case STALE -> "This changed in the meantime.";
            case WRONG_STATE -> "This is not possible now.";
            case LIMIT_REACHED -> "A limit is reached.";
            case UNAVAILABLE -> "The other side cannot be reached.";
            case TOO_LATE -> "This took too long.";
            case INTERNAL, REASON_UNSPECIFIED, UNRECOGNIZED -> "Something went wrong.";
        };
    }
}
