package org.almonry.wire;

import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.rule.v1.MethodRule;
import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// A call that ends exactly once, with a status of ours, and leaves its audit row before it
/// ends.
///
/// The deadline may end it while the handler still works; what the handler sends after that
/// is dropped.
final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private static final Logger LOG = System.getLogger(GuardedCall.class.getName());

    private final MethodRule rule;
    private final AuditSink audit;
    private final IdSource ids;
    private volatile @Nullable Caller caller;
    private boolean ended;
    private volatile boolean failedByGuard;

    GuardedCall(ServerCall<Q, R> call, MethodRule rule, AuditSink audit, IdSource ids) {
        super(call);
        this.rule = rule;
        this.audit = audit;
        this.ids = ids;
    }

    /// Who calls, as far as it is known by now.
    void caller(Caller known) {
        caller = known;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /// Whether the guard ended the call and the handler does not know it yet.
    boolean isFailedByGuard() {
        return failedByGuard;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!ended) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(R message) {
        if (!ended) {
            super.sendMessage(message);
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (!end()) {
            return;
        }
        if (!status.isOk()) {
            finish(failure(status));
            return;
        }
        try {
            record("ok", "");
        } catch (RuntimeException e) {
            finish(internal(e));
            return;
        }
        super.close(status, trailers);
    }

    /// Ends the call from outside the handler.
    void fail(Throwable thrown) {
        if (end()) {
            failedByGuard = true;
            finish(failure(Status.fromThrowable(thrown)));
        }
    }

    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private void finish(Failure failure) {
        var told = failure;
        try {
            record(failure.reason().name(), failure.incident().orElse(""));
        } catch (RuntimeException e) {
            told = internal(e);
        }
        if (told.reason() == Reason.NOT_ALLOWED) {
            LOG.log(
                    Level.WARNING,
                    "refused {0} to {1}",
                    getMethodDescriptor().getFullMethodName(),
                    actor());
        }
        var exception = FailureStatus.exception(told);
        var trailers = exception.getTrailers();
        super.close(exception.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private void record(String outcome, String detail) {
        var known = caller;
        if (rule.getAudit() && known != null) {
            audit.record(known, getMethodDescriptor().getFullMethodName(), outcome, detail);
        }
    }

    /// What a status that is not OK tells the caller: a failure of ours if there is one in
    /// it, else a fault.
    private Failure failure(Status status) {
        for (var cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            if (cause instanceof InvalidProtocolBufferException) {
                return new Failure(Reason.INVALID_ARGUMENT, "The request cannot be read.");
            }
        }
        if (status.getCode() == Status.Code.CANCELLED) {
            return new Failure(Reason.TOO_LATE, "The call was cancelled.");
        }
        var cause = status.getCause();
        return internal(cause == null ? new StatusRuntimeException(status) : cause);
    }

    private Failure internal(Throwable cause) {
        var incident = ids.next("err");
        LOG.log(
                Level.ERROR,
                incident + " in " + getMethodDescriptor().getFullMethodName() + " for " + actor(),
                cause);
        return new Failure(Reason.INTERNAL, "Something went wrong.", List.of(), incident);
    }

    private String actor() {
        var known = caller;
        return known == null ? "nobody" : known.actor();
    }
}
