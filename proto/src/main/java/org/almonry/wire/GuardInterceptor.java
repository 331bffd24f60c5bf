package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import org.almonry.error.v1.Reason;
import org.almonry.rule.v1.MethodRule;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Stands before every handler: who calls, may they, is there time, is the message small
/// enough. It sees messages as bytes, so that an oversized one is refused before it is
/// parsed.
final class GuardInterceptor implements ServerInterceptor {
    /// Who is at the other end of the connection, set once per connection from its
    /// certificate.
    static final Attributes.Key<Identity> IDENTITY = Attributes.Key.create("almonry-identity");

    /// Taken off the caller's deadline, so that our own "too late" still reaches it in
    /// time.
    static final long SHAVED_MS = 20;

    /// With less time than this nothing useful gets done; work that nobody waits for is not
    /// begun.
    static final long LEAST_MS = 100;

    private final MethodRules rules;
    private final Admission admission;
    private final AuditSink audit;
    private final IdSource ids;
    private final ScheduledExecutorService timer;
    private final Executor executor;

    GuardInterceptor(
            MethodRules rules,
            Admission admission,
            AuditSink audit,
            IdSource ids,
            ScheduledExecutorService timer,
            Executor executor) {
        this.rules = requireNonNull(rules, "rules is null");
        this.admission = requireNonNull(admission, "admission is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var rule = rules.of(call.getMethodDescriptor());
        var guarded = new GuardedCall<>(call, rule, audit, ids);
        Context.CancellableContext context = null;
        try {
            var identity = call.getAttributes().get(IDENTITY);
            if (identity == null) {
                throw new Failure(Reason.NOT_ALLOWED, "This connection has no identity.");
            }
            guarded.caller(new Caller.Service(identity.path()));
            var deadline = deadline(Context.current().getDeadline(), rule);
            var caller = admission.admit(identity, rule, headers);
            guarded.caller(caller);
            context = Caller.context(caller).withDeadline(deadline, timer);
            context.addListener(
                    ended -> {
                        if (ended.cancellationCause() instanceof TimeoutException) {
                            guarded.fail(new Failure(Reason.TOO_LATE, "This took too long."));
                        }
                    },
                    executor);
            var listener = Contexts.interceptCall(context, guarded, headers, next);
            return new GuardedListener<>(listener, guarded, rule.getMaxRequestBytes(), context);
        } catch (RuntimeException | Error e) {
            if (context != null) {
                context.cancel(null);
            }
            guarded.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    private static Deadline deadline(@Nullable Deadline wanted, MethodRule rule) {
        var longest = Deadline.after(rule.getDeadlineMs(), TimeUnit.MILLISECONDS);
        if (wanted == null) {
            return longest;
        }
        if (wanted.timeRemaining(TimeUnit.MILLISECONDS) < LEAST_MS) {
            throw new Failure(Reason.TOO_LATE, "Too little time is left for this.");
        }
        return wanted.offset(-SHAVED_MS, TimeUnit.MILLISECONDS).minimum(longest);
    }

    /// Hands the events of one call to its handler and turns what it throws into the end of
    /// the call.
    private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final GuardedCall<Q, ?> call;
        private final int bytesMax;
        private final Context.CancellableContext context;

        GuardedListener(
                ServerCall.Listener<Q> listener,
                GuardedCall<Q, ?> call,
                int bytesMax,
                Context.CancellableContext context) {
            super(listener);
            this.call = call;
            this.bytesMax = bytesMax;
            this.context = context;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> {
                if (size(message) > bytesMax) {
                    throw new Failure(
                            Reason.LIMIT_REACHED,
                            "The request is larger than " + bytesMax + " bytes.");
                }
                super.onMessage(message);
            });
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        @Override
        public void onCancel() {
            try {
                super.onCancel();
            } finally {
                context.cancel(null);
            }
        }

        @Override
        public void onComplete() {
            try {
                if (call.isFailedByGuard()) {
                    // To the handler the call broke off; a half-received upload must be
                    // thrown away.
                    super.onCancel();
                } else {
                    super.onComplete();
                }
            } finally {
                context.cancel(null);
            }
        }

        private void guard(Runnable step) {
            if (call.hasEnded()) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                call.fail(e);
            }
        }

        private static int size(Object message) {
            if (!(message instanceof InputStream stream) || !(message instanceof KnownLength)) {
                throw new IllegalStateException("the size of a message is not known");
            }
            try {
                return stream.available();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
