package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.almonry.error.v1.Reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The one exception that crosses a process boundary: a closed reason and a text that is
/// safe to show.
///
/// Outcomes that a caller is expected to handle are no failures; they are part of the
/// response of their method.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Violations that are told at once; more would not fit into the trailers of a call.
    private static final int VIOLATIONS_MAX = FieldRules.VIOLATIONS_MAX;

    /// A field that breaks its rule, by its path in the request:
    /// `items[2].amount.currency`.
    public record Violation(String field, String text) implements java.io.Serializable {
        public Violation {
            requireNonNull(field, "field is null");
            requireNonNull(text, "text is null");
        }
    }

    private final Reason reason;
    private final List<Violation> violations;
    private final String incident;

    public Failure(Reason reason, String safeText) {
        this(reason, safeText, List.of());
    }

    public Failure(Reason reason, String safeText, List<Violation> violations) {
        this(reason, safeText, violations, "");
    }

    Failure(Reason reason, String safeText, List<Violation> violations, String incident) {
        super(requireNonNull(safeText, "safeText is null"));
        if (reason == Reason.UNRECOGNIZED || reason == Reason.REASON_UNSPECIFIED) {
            throw new IllegalArgumentException("a failure needs a reason");
        }
        this.reason = requireNonNull(reason, "reason is null");
        this.violations =
                List.copyOf(violations.subList(0, Math.min(violations.size(), VIOLATIONS_MAX)));
        this.incident = requireNonNull(incident, "incident is null");
    }

    /// One field is at fault, by its path in the request. The phrase ("the coin is closed")
    /// stands beside the field, and as a sentence for the whole.
    public static Failure invalid(String field, String phrase) {
        return new Failure(
                Reason.INVALID_ARGUMENT,
                Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1) + ".",
                List.of(new Violation(field, phrase)));
    }

    public Reason reason() {
        return reason;
    }

    /// What may be shown to whoever made the call.
    public String safeText() {
        return requireNonNull(getMessage());
    }

    /// The fields at fault; only with INVALID_ARGUMENT.
    public List<Violation> violations() {
        return violations;
    }

    /// The id that finds the fault in the other side's log; only with INTERNAL.
    public Optional<String> incident() {
        return incident.isEmpty() ? Optional.empty() : Optional.of(incident);
    }

    /// Whether the same call, sent again unchanged, can succeed.
    public boolean isRetryable() {
        return reason == Reason.UNAVAILABLE || reason == Reason.TOO_LATE;
    }

    /// What a call that failed means. Statuses that carry no reason of ours (the connection
    /// broke, the deadline passed here) become the reason that fits, so that a caller has
    /// one thing to switch on.
    public static Failure from(StatusRuntimeException thrown) {
        Status status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            return plain(thrown);
        }
        var violations = new ArrayList<Violation>();
        Reason reason = null;
        String incident = "";
        for (var detail : status.getDetailsList()) {
            try {
                if (detail.is(ErrorInfo.class)) {
                    var info = detail.unpack(ErrorInfo.class);
                    if (info.getDomain().equals(FailureStatus.DOMAIN)) {
                        reason = FailureStatus.reason(info.getReason());
                        incident = info.getMetadataOrDefault(FailureStatus.INCIDENT, "");
                    }
                } else if (detail.is(BadRequest.class)) {
                    for (var each : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                        violations.add(new Violation(each.getField(), each.getDescription()));
                    }
                }
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                return plain(thrown);
            }
        }
        if (reason == null) {
            return plain(thrown);
        }
        var failure = new Failure(reason, status.getMessage(), violations, incident);
        failure.initCause(thrown);
        return failure;
    }

    private static Failure plain(StatusRuntimeException thrown) {
        var reason = FailureStatus.reason(thrown.getStatus().getCode());
        var failure = new Failure(reason, FailureStatus.text(reason), List.of(), "");
        failure.initCause(thrown);
        return failure;
    }
}
